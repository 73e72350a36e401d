// association.impersonate: somebody with a key pair of which the server has no certificate asks for the association of a client with mechanism 7 (IEC 62056-5-3, High Level Security).
import { aarqFor } from '../../client/services.ts'
import { hex } from '../../codec/value.ts'
import type { Curve, KeyPair } from '../../protocol/security/curves.ts'
import type { Outcome, Refusal } from '../../engine/vocabulary.ts'
import { isPending } from '../associating.ts'
import type { Came } from '../evidence.ts'
import { isTaken, proofOn, replyToHls, returnedProof } from '../handshake.ts'
import { serve } from './service.ts'
import { within, type Doing, type Word } from './word.ts'

/** `title`: `another` is one that belongs to nobody. `certificate`: the AARQ brings one, which its owner has signed. The symmetric keys are the client's: nothing else is wrong. */
const impersonate: Word = {
  says: 'ask for the association as somebody without a certificate',
  properties: { title: { enum: ['own', 'another'] }, certificate: { type: 'boolean' } },
  required: ['title'],
  outcomes: ['refused', 'rejected', 'denied', 'told', 'opened'],
  alive: false,
  async run(doing) {
    const { connection, args } = doing
    const { security } = connection
    if (security === undefined || security.material.suite === 0) return { refusal: 'suite 0 has no signatures' }
    const own = security.material.title
    const title = args['title'] === 'another' ? own.map((octet, at) => (at < MANUFACTURER ? octet : octet ^ 0xff)) : own
    const pair = security.anotherPair()
    const certificate = args['certificate'] === true ? await selfSigned(security.ring.curve, title, pair) : undefined
    connection.security = security.impostor(title, pair)
    try {
      return await asked(doing, certificate)
    } finally {
      connection.security = security
    }
  },
}

/** Octets of a system title that name the manufacturer. */
const MANUFACTURER = 3

async function selfSigned(curve: Curve, title: Uint8Array, pair: KeyPair): Promise<Uint8Array> {
  const { issueCertificate } = await import('../../protocol/security/certificates/issue.ts')
  const { publicKey } = pair
  const [notBefore, notAfter] = [Date.UTC(2020, 0, 1), Date.UTC(2049, 11, 31)]
  return issueCertificate(
    {
      serialNumber: Uint8Array.of(1, ...title),
      subject: hex(title),
      purpose: 'digital-signature',
      curve,
      publicKey,
      notBefore,
      notAfter,
    },
    { name: hex(title), curve, pair },
  )
}

async function asked(doing: Doing, certificate: Uint8Array | undefined): Promise<Came | Refusal> {
  const { bench, connection } = doing
  const credentials = bench.credentials(connection)
  if (credentials === undefined) return { refusal: `the secret of the client ${connection.client.name} is not known` }
  const qualifier = certificate === undefined ? {} : { 'calling-AE-qualifier': certificate }
  const first = await serve(doing, { is: 'aarq', value: { ...aarqFor(credentials), ...qualifier } })
  if (connection.association === undefined)
    return { outcome: 'aare' in first.outcome.names ? named(first.outcome, 'rejected') : first.outcome }
  if (!isPending(connection)) return { outcome: named(first.outcome, 'opened') }
  const proof = proofOn(bench, connection)
  if (!proof.ok) return { refusal: proof.failure }
  const { outcome, answer } = await serve(within(doing), replyToHls(connection, proof.value))
  if (answer === undefined || !('pass-4' in outcome.names)) return { outcome }
  const name = isTaken(answer) ? 'opened' : returnedProof(answer) === undefined ? 'denied' : 'told'
  return { outcome: named(outcome, name) }
}

const TEXTS = {
  rejected: 'an AARE that rejects it',
  denied: 'a pass 3 that is not taken',
  told: 'f(CtoS), though its pass 3 is not taken',
  opened: 'an association that is open',
} as const

const named = (outcome: Outcome, name: keyof typeof TEXTS): Outcome => ({
  ...outcome,
  names: { [name]: true },
  text: TEXTS[name],
})

export const impersonateWords: Readonly<Record<string, Word>> = { 'association.impersonate': impersonate }
