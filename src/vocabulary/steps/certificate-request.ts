// key-pair.generate and certificate.request: the server makes a new key pair, and asks for a certificate of it (IEC 62056-6-2, class 64).
import { hex } from '../../codec/value.ts'
import { CERTIFICATE_TYPE } from '../../protocol/security/security-setup.ts'
import { serverKeyOf } from '../server-keys.ts'
import { invokeSetup, METHODS, octetsIn, returnedOctets, setupOf, told } from './certificate-store.ts'
import { KEY_PAIRS, keyPairIn } from './key-pairs.ts'
import { isRefusal, OCTETS, within, type Word } from './word.ts'

const KEY_OF = { 'digital-signature': 'signing-key', 'key-agreement': 'agreement-key' } as const

const generate: Word = {
  says: 'have a key pair made',
  properties: { keyPair: { enum: KEY_PAIRS } },
  outcomes: ['success', 'refused'],
  alive: true,
  async run(doing) {
    const setup = setupOf(doing.connection.client)
    if (typeof setup !== 'string') return setup
    return invokeSetup(within(doing), setup, METHODS.generate, CERTIFICATE_TYPE[keyPairIn(doing.args)])
  },
}

/** `request`: PKCS #10, in DER. `unlike`: public keys of pairs that must not come again. */
const request: Word = {
  says: 'ask for a certificate request',
  properties: { keyPair: { enum: KEY_PAIRS }, unlike: { type: 'array', items: OCTETS } },
  outcomes: ['success', 'refused', 'wrong-request', 'repeated'],
  saves: ['request', 'publicKey'],
  alive: true,
  async run(doing) {
    const { readRequest, systemTitleIn } = await import('../certificates/making.ts')
    const { security, client } = doing.connection
    const setup = setupOf(client)
    if (typeof setup !== 'string') return setup
    if (security === undefined) return { refusal: 'the client has no security' }
    const came = await invokeSetup(within(doing), setup, METHODS.request, CERTIFICATE_TYPE[keyPairIn(doing.args)])
    if (isRefusal(came) || !('success' in came.outcome.names)) return came
    const octets = returnedOctets(came)
    if (octets === undefined) return told(doing, 'wrong-request', 'no octet-string')
    const read = readRequest(octets)
    if (!read.ok) return told(doing, 'wrong-request', read.failure)
    const { curve, subject, publicKey } = read.value
    if (curve !== security.ring.curve) return told(doing, 'wrong-request', `a key of ${curve}`)
    const inUse = serverKeyOf(client, KEY_OF[keyPairIn(doing.args)], doing.bench.setup)
    if (inUse !== undefined && Buffer.compare(publicKey, inUse) === 0)
      return told(doing, 'wrong-request', 'the key that is in use, not the one that was made')
    const title = systemTitleIn(subject)
    if (title === undefined || Buffer.compare(title, security.serverTitle) !== 0)
      return told(doing, 'wrong-request', `the common name ${subject.commonName ?? 'of nobody'}`)
    if (octetsIn(doing.args['unlike']).some((each) => Buffer.compare(each, publicKey) === 0))
      return told(doing, 'repeated', 'the key pair that was made before')
    return { ...came, saves: { request: hex(octets), publicKey: hex(publicKey) } }
  },
}

export const certificateRequestWords: Readonly<Record<string, Word>> = {
  'key-pair.generate': generate,
  'certificate.request': request,
}
