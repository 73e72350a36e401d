// sample.signatures: signatures of the meter with what they sign, one after the other.
import { getRequest } from '../../client/services.ts'
import { hex, type Value } from '../../codec/value.ts'
import { hlsEcdsaMessage } from '../../protocol/security/hls.ts'
import { signedOctets } from '../../protocol/security/general-signing.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import type { Came } from '../evidence.ts'
import { proofOn, replyToHls, returnedProof } from '../handshake.ts'
import { notReached } from './link.ts'
import { attributeOf } from './objects.ts'
import { serve } from './service.ts'
import { COUNT, FIELDS, numberArg, success, within, type Doing, type Word } from './word.ts'

interface Sample {
  readonly message: string
  readonly signature: string
}

/** A sample, or what came in its place. */
type Sampled = Sample | Came

/** Of an answer in general-signing. */
async function answered(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Sampled> {
  const { connection } = doing
  const asked = getRequest(connection.nextInvokeId(), attribute)
  const { outcome, opened } = await serve(within(doing), asked, { signed: true })
  const { apdu: signed, input } = opened?.signed ?? {}
  if (signed === undefined && 'executed' in outcome.names)
    return { outcome: { ...outcome, broken: [], names: { unsigned: true }, text: 'an answer that is not signed' } }
  return signed === undefined
    ? { outcome }
    : { message: hex(signedOctets(signed.header, signed.content, input)), signature: hex(signed.signature) }
}

/** Of pass 4 of mechanism 7. */
async function proved(doing: Doing): Promise<Sampled> {
  const { bench } = doing
  const { name, given } = doing.connection
  const climbed = await bench.climb(name, { ...given, rung: 'pending' }, given)
  const connection = bench.connections.get(name)
  const stoc = connection?.association?.pending
  if (climbed.is !== 'up' || connection === undefined || stoc === undefined)
    return { outcome: { ...notReached(climbed), broken: [] } }
  const { security, challenge: ctos = NOTHING } = connection
  const proof = proofOn(bench, connection)
  if (!proof.ok || security === undefined) return { outcome: { ...notReached(climbed), broken: [] } }
  const { outcome, answer } = await serve({ ...within(doing), connection }, replyToHls(connection, proof.value))
  const signature = answer && returnedProof(answer)
  if (signature === undefined) return { outcome }
  const message = hlsEcdsaMessage({
    prover: { title: security.serverTitle, challenge: stoc },
    checker: { title: security.material.title, challenge: ctos },
  })
  return { message: hex(message), signature: hex(signature) }
}

const NOTHING = new Uint8Array(0)

/** `attribute`: it is read in general-signing; without, each signature is that of pass 4 of an association of its own. */
const signatures: Word = {
  says: 'collect signatures of the meter',
  properties: { times: COUNT, attribute: FIELDS },
  required: ['times'],
  outcomes: ['success', 'refused', 'unsigned'],
  saves: ['signatures'],
  alive: true,
  async run(doing) {
    const { args, bench } = doing
    const { name, client } = doing.connection
    const attribute = attributeOf(args['attribute'])
    if (attribute === undefined && client.mechanism !== 'hls-ecdsa')
      return { refusal: 'without "attribute" the signatures are those of hls-ecdsa' }
    const times = numberArg(args, 'times') ?? 1
    const collected: Value[] = []
    while (collected.length < times) {
      const sampled = attribute === undefined ? await proved(doing) : await answered(doing, attribute)
      if ('outcome' in sampled) return sampled
      collected.push({ ...sampled })
    }
    const connection = bench.connections.get(name) ?? doing.connection
    return {
      outcome: success({ ...within(doing), connection }, `${times} signatures were collected`),
      saves: { signatures: collected },
    }
  },
}

export const signatureWords: Readonly<Record<string, Word>> = { 'sample.signatures': signatures }
