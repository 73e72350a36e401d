// Which layers of protection a word of Data protection is to lay on or to ask for (IEC 62056-6-2, Data protection).
import { KEY_INFOS } from '../../client/content-keys.ts'
import type { Value } from '../../codec/value.ts'
import { isList } from '../../protocol/json.ts'
import type { Demand } from '../../protocol/security/policy.ts'
import type { Wanted } from './layers.ts'

const CIPHERING = { authenticated: 0, encrypted: 1, 'authenticated-encrypted': 2 } as const
type Kind = keyof typeof CIPHERING | 'signed'
const KINDS: readonly Kind[] = ['authenticated', 'encrypted', 'authenticated-encrypted', 'signed']
const BOTH: Kind = 'authenticated-encrypted'

/** By what required_protection of the object demands: just that, or a part of it. */
const MEASURES = ['as-required', 'less-than-required'] as const
export type Measure = (typeof MEASURES)[number]

const KIND: Value = { enum: [...KINDS] }
export const BY: Value = { anyOf: [KIND, { enum: [...MEASURES] }, { type: 'array', items: KIND, minItems: 1 }] }
/** Of every layer that ciphers. */
export const KEY: Value = { enum: [...KEY_INFOS] }

export const measureIn = (by: Value | undefined): Measure | undefined => MEASURES.find((each) => each === by)

/** `by`: one layer, or several, of which the first is the innermost. */
export const kindsIn = (by: Value | undefined): readonly Kind[] =>
  (by !== undefined && isList(by) ? by : [by]).map((said) => KINDS.find((each) => each === said) ?? BOTH)

/** Undefined: nothing is demanded. */
export function kindsOf(measure: Measure, demand: Demand): readonly Kind[] | undefined {
  const { authentication, encryption, signature } = demand
  if (!authentication && !encryption && !signature) return undefined
  const ciphering = authentication && encryption ? BOTH : encryption ? 'encrypted' : 'authenticated'
  const ciphers = authentication || encryption
  if (measure === 'as-required') return [...(signature ? (['signed'] as const) : []), ...(ciphers ? [ciphering] : [])]
  if (signature) return [ciphers ? ciphering : BOTH]
  return [encryption ? 'authenticated' : 'encrypted']
}

/** `key`: as key_info says it. */
export function layersOf(kinds: readonly Kind[], key: Value | undefined): readonly Wanted[] {
  const info = KEY_INFOS.find((each) => each === key) ?? 'identified-key'
  return kinds.map((kind) =>
    kind === 'signed' ? { is: 'signature' } : { is: 'ciphering', type: CIPHERING[kind], key: info },
  )
}
