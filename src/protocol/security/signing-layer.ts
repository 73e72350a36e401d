// general-signing as a layer of a stack: an APDU above it, the signed APDU below. What is wrong in it is signed properly; what is damaged, is damaged after.
import { toJson } from '../../codec/codec.ts'
import { hex, ok, unhex, type Result } from '../../codec/value.ts'
import { apdu } from '../apdu.ts'
import { isRecord, valueOf, wrongValue, type JsonRecord, type MessageFailure } from '../json.ts'
import type { StackLayer } from '../layer.ts'
import { messageOf, type Message } from '../messages.ts'
import { generalHeader, type GeneralHeader } from '../xdlms/ciphered.ts'
import { signature, type Curve, type KeyPair } from './curves.ts'
import { SIGNED_INPUTS, signedOctets, type SignedInput } from './general-signing.ts'
import type { Signer } from './nonce-signature.ts'
import { WRONG_SIGNATURES, wrongSignature } from './wrong-signatures.ts'

/** What signs an APDU. Keys by their names: a suite may ask for others, and never sees one. */
export interface SigningBy {
  readonly header: GeneralHeader
  readonly curve: Curve
  readonly key: string
  readonly pairOf: (name: string) => KeyPair | undefined
  readonly sign?: Signer
  readonly input: SignedInput
}

const NAME = 'general-signing'

/** `signature`: octets, or what is wrong with them; `signing-key` and `input` are not sent. */
export const SIGNING_FIELDS: readonly string[] = [
  'transaction-id',
  'originator-system-title',
  'recipient-system-title',
  'date-time',
  'other-information',
  'content',
  'signature',
  'signing-key',
  'input',
]

export const signingLayer = (by: SigningBy): StackLayer => ({
  name: NAME,
  aliases: ['signing'],
  message: signingMessage(by),
  records: (payload) => {
    const header = toJson(by.header)
    return [{ ...(isRecord(header) ? header : {}), content: hex(payload), 'signing-key': by.key, input: by.input }]
  },
})

const signingMessage = (by: SigningBy): Message => ({
  name: NAME,
  layer: 'apdu',
  codec: apdu.arms[NAME],
  fields: SIGNING_FIELDS,
  canonical: (said) => said,
  from: (said) => signed(by, said),
  to: messageOf(NAME)?.to ?? toJson,
  answers: [],
})

/** What is said of the signed APDU → the same as a value of its codec. */
function signed(
  { curve, pairOf, sign = signature, input: own }: SigningBy,
  said: JsonRecord,
): Result<unknown, MessageFailure> {
  const {
    content: contentSaid,
    signature: signatureSaid,
    'signing-key': name,
    input: inputSaid = own,
    ...fields
  } = said
  const header = valueOf(generalHeader, fields)
  if (!header.ok) return header
  const content = typeof contentSaid === 'string' ? unhex(contentSaid) : undefined
  if (content === undefined) return wrongValue('content', 'octets in hex', contentSaid ?? null)
  const given = typeof signatureSaid === 'string' ? unhex(signatureSaid) : undefined
  if (given !== undefined) return ok({ ...header.value, content, signature: given })
  const input = SIGNED_INPUTS.find((each) => each === inputSaid)
  if (input === undefined) return wrongValue('input', `one of ${SIGNED_INPUTS.join(', ')}`, inputSaid)
  const pair = typeof name === 'string' ? pairOf(name) : undefined
  if (pair === undefined) return wrongValue('signing-key', 'the name of a key that is declared', name ?? null)
  const right = sign(curve, pair, signedOctets(header.value, content, input))
  const wrong = WRONG_SIGNATURES.find((each) => each === signatureSaid)
  if (signatureSaid !== undefined && wrong === undefined)
    return wrongValue('signature', `octets in hex, or one of ${WRONG_SIGNATURES.join(', ')}`, signatureSaid)
  return ok({
    ...header.value,
    content,
    signature: wrong === undefined ? right : wrongSignature(wrong, curve, right),
  })
}
