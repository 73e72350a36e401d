import { unhex } from '../../codec/value.ts'
import { vectors, type Vector } from './load.ts'

/** A golden vector with the fields of its file, all texts. */
export type Texts = Vector & Readonly<Record<string, string>>
export const texts = (name: string): readonly Texts[] => vectors(name) as readonly Texts[]

/** Octets of hex that must be hex. */
export const octets = (text: string): Uint8Array => {
  const read = unhex(text)
  if (read === undefined) throw new TypeError(`not hex: ${text}`)
  return read
}

/** A field of a vector; none: no octets. */
export const given = (vector: Texts, name: string): Uint8Array => octets(vector[name] ?? '')

/** The vector of this id. */
export function textsOf(name: string, id: string): Texts {
  const found = texts(name).find((vector) => vector.id === id)
  if (found === undefined) throw new RangeError(`no vector ${id} in ${name}.json`)
  return found
}

export const curveOf = ({ curve }: Texts): 'P-256' | 'P-384' => (curve === 'P-384' ? 'P-384' : 'P-256')
