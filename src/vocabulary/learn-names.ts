// The short names of a client's objects, read once before a case needs them: by then the line is as the case was given it.
import { newLedger } from '../client/ledger.ts'
import type { Given } from '../engine/vocabulary.ts'
import type { Bench } from './bench.ts'
import { clientBy, deviceBy } from './declared.ts'
import { conversed } from './steps/conversation.ts'

/** The connection over which names are read. */
const LEARNING = 'short-names'

/** No object is called so: the list is read to look for it, and nothing after it. */
const NO_OBJECT = { 'class-id': 0, 'instance-id': '0.0.0.0.0.0', 'attribute-id': 1 }

/** Where they cannot be read the case goes on without: it says itself what it then lacks. */
export async function learnNames(bench: Bench, { rung, client: name, device: of }: Given): Promise<void> {
  const client = clientBy(bench.declared, name)
  const device = client && deviceBy(bench.declared, client, of)
  if (client?.context !== 'sn' || device === undefined || (rung !== 'link' && rung !== 'association')) return
  if (!bench.learned.triesNames({ client, device })) return
  const climbed = await bench.climb(LEARNING, { rung: 'association', client: client.name, device: device.name })
  const connection = bench.connections.get(LEARNING)
  if (connection === undefined) return
  if (climbed.is === 'up') {
    const window = bench.answerWindow()
    await conversed(
      { bench, connection, args: {}, window, ledger: newLedger() },
      (services) => services.get({ attribute: NO_OBJECT }),
      {},
      () => ({ names: {} }),
    )
  }
  await bench.connections.drop(connection)
}
