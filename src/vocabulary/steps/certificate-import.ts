// certificate.import: a certificate that the declared authority has made, right or with one thing wrong; it is noted first, and removed afterwards.
import { hex, unhex, type Value } from '../../codec/value.ts'
import { agreedIn } from '../../client/association.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { recordAt } from '../declared.ts'
import type { Came } from '../evidence.ts'
import { CERTIFICATE_FAULTS, MALFORMED } from '../certificates/faults.ts'
import type * as making from '../certificates/making.ts'
import { renewServerKey } from '../server-keys.ts'
import { entryOf, importEntry, invokeSetup, listed, METHODS, setupOf } from './certificate-store.ts'
import type { Manner } from './conversation.ts'
import { remembered } from './journal.ts'
import { KEY_OF, KEY_PAIRS, keyPairIn } from './key-pairs.ts'
import { COUNT, isRefusal, numberArg, OCTETS, textArg, within, type Doing, type Word } from './word.ts'

type Making = Pick<typeof making, 'authorityOf' | 'made' | 'malformed' | 'readCertificate' | 'readRequest'>

/** Nobody's: of a client that there is not. */
const TITLE = 'TST'
const TITLE_OCTETS = 8
/** The octets of a certificate that no meter has to take. */
const LONGEST = 8192
/** An action-request around the octets, and room for blocks. */
const AROUND = 40

/** Undefined: it is declared, and its secrets are known. */
function authorityIn({ bench }: Doing, { authorityOf }: Making): making.Authority | Refusal {
  const { key, certificate } = recordAt(bench.setup.declaration, 'testing', 'certificateAuthority')
  const secret = (name: Value | undefined) => (typeof name === 'string' ? bench.setup.secret(name) : undefined)
  const [own, its] = [secret(key), secret(certificate)]
  if (own === undefined || its === undefined)
    return { refusal: 'the key or the certificate of testing.certificateAuthority is not known' }
  const authority = authorityOf(own, its)
  return authority.ok ? authority.value : { refusal: authority.failure }
}

/** How many octets can be sent, and how so many are. */
function roomOf({ connection }: Doing): { readonly most: number; readonly manner: (octets: number) => Manner } {
  const agreed = agreedIn(connection.association)
  const size = agreed?.serverMaxReceivePduSize ?? 0
  const room = size === 0 ? LONGEST : size - (connection.security?.overhead ?? 0) - AROUND
  const bits = agreed?.conformance ?? []
  const general = bits.includes('general-block-transfer')
  return {
    most: general || bits.includes('block-transfer-with-action') ? LONGEST : Math.min(LONGEST, room),
    manner: (octets) =>
      octets > room && general && !bits.includes('block-transfer-with-action') ? { windows: { window: 1 } } : {},
  }
}

/**
 * `request`: a request of the meter, to which the certificate answers: it is not removed, for the meter has a new key with it; `keyPair`: for what
 * that key is. `like`: another certificate, of which it has the serial number. `times`: so many of them, until one is refused.
 */
const importing: Word = {
  says: 'import a certificate',
  properties: {
    fault: { enum: [...CERTIFICATE_FAULTS, ...MALFORMED] },
    request: OCTETS,
    keyPair: { enum: KEY_PAIRS },
    like: OCTETS,
    times: COUNT,
  },
  outcomes: ['success', 'refused'],
  saves: ['certificate', 'certificates'],
  alive: true,
  async run(doing) {
    const { authorityOf, made, malformed, readCertificate, readRequest } = await import('../certificates/making.ts')
    const makers: Making = { authorityOf, made, malformed, readCertificate, readRequest }
    const { args, connection } = doing
    const setup = setupOf(connection.client)
    if (typeof setup !== 'string') return setup
    const authority = authorityIn(doing, makers)
    if ('refusal' in authority) return authority
    const request = textArg(args, 'request')
    if (request !== undefined) return answered(doing, makers, { setup, authority, request: unhex(request) })
    const taken: string[] = []
    for (let n = 0; ; n++) {
      const certificate = certificateFor(doing, makers, authority)
      const { octets } = certificate
      const came = await imported(doing, setup, certificate)
      const isTaken = !isRefusal(came) && 'success' in came.outcome.names
      if (isTaken) taken.push(hex(octets))
      if (isRefusal(came)) return came
      if (!isTaken || n + 1 >= (numberArg(args, 'times') ?? 1))
        return { ...came, saves: { certificate: hex(octets), certificates: taken } }
    }
  },
}

function certificateFor(
  doing: Doing,
  { made, malformed, readCertificate }: Making,
  authority: making.Authority,
): making.Made {
  const { args, bench, connection } = doing
  const random = (count: number): Uint8Array => bench.setup.random.octets(count)
  const title = Uint8Array.from([...Buffer.from(TITLE), ...random(TITLE_OCTETS - TITLE.length)])
  const like = readCertificate(unhex(textArg(args, 'like') ?? '') ?? new Uint8Array(0))
  const wanted = {
    curve: connection.security?.ring.curve ?? authority.issuer.curve,
    title,
    purpose: 'digital-signature',
    ...(like.ok ? { serialNumber: like.value.serialNumber } : {}),
  } as const
  const fault = CERTIFICATE_FAULTS.find((each) => each === args['fault'])
  const making = {
    random,
    serverTitle: connection.security?.serverTitle ?? new Uint8Array(0),
    most: roomOf(doing).most,
  }
  const right = made(authority, wanted, fault, making)
  const shape = MALFORMED.find((each) => each === args['fault'])
  return shape === undefined ? right : { ...right, octets: malformed(right.octets, shape) }
}

async function imported(doing: Doing, setup: string, { octets, serialNumber }: making.Made): Promise<Came | Refusal> {
  const unsafe = await noted(doing, setup, serialNumber)
  return unsafe ?? invokeSetup(within(doing), setup, METHODS.import, octets, roomOf(doing).manner(octets.length))
}

/** The value before: there was none of this serial number. */
const noted = (doing: Doing, setup: string, serialNumber: Uint8Array): Promise<Refusal | undefined> =>
  remembered(doing, importEntry(doing, setup, serialNumber), async () => {
    const { infos, text } = await listed(doing, setup)
    if (infos === undefined) return { value: undefined, text }
    return entryOf(infos, { serialNumber }) === undefined
      ? { value: 'none', text }
      : { value: undefined, text: 'one with this serial number is there already' }
  })

/** The tester knows the server by its new key from now on. */
async function answered(
  doing: Doing,
  { made, readRequest }: Making,
  { setup, authority, request }: { setup: string; authority: making.Authority; request: Uint8Array | undefined },
): Promise<Came | Refusal> {
  const { bench, connection } = doing
  const asked = readRequest(request ?? new Uint8Array(0))
  if (!asked.ok) return { refusal: `the request cannot be read: ${asked.failure}` }
  const { curve, publicKey } = asked.value
  const title = connection.security?.serverTitle ?? new Uint8Array(0)
  const random = (count: number): Uint8Array => bench.setup.random.octets(count)
  const purpose = keyPairIn(doing.args)
  const wanted = { curve, title, purpose, publicKey } as const
  const { octets } = made(authority, wanted, undefined, { random, serverTitle: title, most: LONGEST })
  const came = await invokeSetup(within(doing), setup, METHODS.import, octets, roomOf(doing).manner(octets.length))
  if (isRefusal(came) || !('success' in came.outcome.names)) return came
  const unnoted = renewServerKey(connection.client, KEY_OF[purpose], publicKey, bench.setup)
  if (unnoted !== undefined) return { refusal: unnoted }
  const text = `the ${KEY_OF[purpose]} of the server (${setup}) is another one for good: ${hex(publicKey)}`
  bench.setup.emit({ event: 'note', kind: 'journal', text, at: bench.now() })
  return { ...came, saves: { certificate: hex(octets), certificates: [hex(octets)] } }
}

export const certificateImportWords: Readonly<Record<string, Word>> = { 'certificate.import': importing }
