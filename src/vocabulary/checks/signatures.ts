// Signatures of a meter, several of them: what their nonces give away (FIPS 186-4, 4.5). What is not found here proves nothing.
import { hex, unhex, type Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { COORDINATE, type Curve } from '../../protocol/security/curves.ts'
import { guessedNonce, type Guess, type SignedMessage } from '../../protocol/security/guessed-nonce.ts'
import { fails, PASS } from './exchange.ts'

/** R is a coordinate long. */
const CURVES = ['P-256', 'P-384'] as const
const curveOf = ({ signature }: SignedMessage): Curve | undefined =>
  CURVES.find((curve) => signature.length === 2 * COORDINATE[curve])
const rOf = ({ signature }: SignedMessage): string => hex(signature.subarray(0, signature.length / 2))

/** Undefined: these are no samples. */
function samplesIn(value: Value | undefined): readonly SignedMessage[] | undefined {
  if (value === undefined || !isList(value)) return undefined
  const samples = value.flatMap((each) => {
    const { message: said, signature: made } = isRecord(each) ? each : {}
    const [message, signature] = [said, made].map((text) => (typeof text === 'string' ? unhex(text) : undefined))
    return message === undefined || signature === undefined ? [] : [{ message, signature }]
  })
  return samples.length === value.length && samples.length > 0 ? samples : undefined
}

const NO_SAMPLES = 'signatures with their messages, several of them'

/** No R comes again, but for a message that was signed before: then the nonce may follow from both (RFC 6979). `argument`: signatures from before. */
export function noncesUnlike(value: Value, argument: Value | undefined): Checked {
  const samples = samplesIn(value)
  if (samples === undefined) return fails(NO_SAMPLES, JSON.stringify(value).slice(0, 80))
  const seen = new Map<string, string>()
  for (const sample of [...(samplesIn(argument) ?? []), ...samples]) {
    const message = hex(sample.message)
    const before = seen.get(rOf(sample))
    if (before !== undefined && before !== message)
      return fails('another R for each message', `R ${rOf(sample)} once more: two such signatures give the private key`)
    seen.set(rOf(sample), message)
  }
  return PASS
}

const GENERATORS: Readonly<Record<Guess, string>> = {
  'small-number': 'a number of 16 bits',
  'shift-register': 'octets of a shift register of 16 bits',
}

/** The same of these signatures alone. */
export const noncesDifferent = (value: Value): Checked => noncesUnlike(value, undefined)

/** All nonces that a small generator gives are tried on two of the signatures. */
export function noncesUnguessed(value: Value): Checked {
  const samples = samplesIn(value)
  if (samples === undefined) return fails(NO_SAMPLES, JSON.stringify(value).slice(0, 80))
  const [one] = samples
  const other = one && samples.find((sample) => rOf(sample) !== rOf(one))
  const curve = one && curveOf(one)
  if (one === undefined || other === undefined || curve === undefined || curveOf(other) !== curve) return PASS
  const guess = guessedNonce(curve, one, other)
  return guess === undefined
    ? PASS
    : fails(
        'nonces that nobody can guess',
        `each nonce is ${GENERATORS[guess]}: any two signatures give the private key`,
      )
}
