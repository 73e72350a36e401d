// secret.change: a new HLS secret for the client itself, which is noted before it is sent; the old one goes back afterwards (IEC 62056-6-2, change_HLS_secret).
import type { Refusal } from '../../engine/vocabulary.ts'
import { declaredKey } from '../changed-keys.ts'
import type { Came } from '../evidence.ts'
import { invokeMethod } from './attribute-services.ts'
import { BLOCKS, mannerOf } from './manner.ts'
import type { Manner } from './conversation.ts'
import { remembered } from './journal.ts'
import { keyEntry, oldKey } from './key-journal.ts'
import { isRefusal, numberArg, type Doing, type Word } from './word.ts'

const ASSOCIATION = { class: 15, name: '0.0.40.0.0.255' }
const CHANGE_HLS_SECRET = 2
const OCTETS = 16

/** Invokes change_HLS_secret of the current association. */
export async function sendSecret(doing: Doing, secret: Uint8Array, manner: Manner = {}): Promise<Came | Refusal> {
  const { bench, connection } = doing
  const method = { 'class-id': ASSOCIATION.class, 'instance-id': ASSOCIATION.name, 'method-id': CHANGE_HLS_SECRET }
  const came = await invokeMethod(doing, { method, parameter: { is: 'octet-string', value: secret } }, manner)
  if (!isRefusal(came) && 'success' in came.outcome.names)
    bench.changed.keep(connection.client, new Map([['hls-secret', secret]]))
  return came
}

const change: Word = {
  says: 'change the HLS secret',
  properties: { length: { type: 'integer', minimum: 0, maximum: 64 }, ...BLOCKS },
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const { bench, connection, args } = doing
    const { client, device } = connection
    const old = declaredKey(client, 'hls-secret')
    if (old === undefined || bench.secretOf(client) === undefined)
      return { refusal: `the HLS secret of ${client.name} is not known` }
    const secret = bench.setup.random.octets(numberArg(args, 'length') ?? OCTETS)
    bench.setup.keepSecret(secret)
    const object = ASSOCIATION.name
    const entry = keyEntry({
      client: client.name,
      device: device.name,
      object,
      name: 'hls-secret',
      new: { octets: secret },
    })
    if (bench.setup.journal.journal().some(({ key }) => key === entry.key))
      return {
        refusal: 'secret.change: a new secret is on its way already: another one belongs into a subtest of its own',
      }
    const unsafe = await remembered(doing, entry, () => Promise.resolve({ value: oldKey(old), text: '' }))
    return unsafe ?? sendSecret(doing, secret, mannerOf(args))
  },
}

export const secretWords: Readonly<Record<string, Word>> = { 'secret.change': change }
