// The invocation counter that a meter has seen last, asked before the first ciphered AARQ: another tool may have used the key since.
import { newLedger } from '../client/ledger.ts'
import type { Given } from '../engine/vocabulary.ts'
import type { Data } from '../protocol/data/data.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { clientBy, type DeclaredClient } from './declared.ts'
import { sawCounter, unicastKey } from './invocation-counters.ts'
import { conversed } from './steps/conversation.ts'
import { isRefusal } from './steps/word.ts'

/** The connection over which the counter is read. */
const LEARNING = 'invocation-counter'

/** Below these nothing is asked that a counter could stand in. */
const BELOW: readonly Given['rung'][] = ['closed', 'listen', 'sign-on']

/** Asks once for each client, where it is declared what tells it, on a real line. Where nothing tells it the case goes on without. */
export async function learnCounter(bench: Bench, { rung, client: name, over }: Given): Promise<void> {
  const client = clientBy(bench.declared, name)
  if (client === undefined || bench.declared.url === 'simulated' || BELOW.includes(rung)) return
  // A line that others are on is theirs.
  if (over !== undefined || (bench.lines.serial && bench.connections.values().length > 0)) return
  if (bench.learned.triesCounter(client)) await learnedCounter(bench, client)
}

/** Reads the declared object as the public client, on a connection of its own, and raises the counter of the client's unicast key above it. */
export async function learnedCounter(bench: Bench, client: DeclaredClient): Promise<void> {
  const { security } = client
  const key = security && unicastKey(security, bench.setup.secret)
  if (security?.counter === undefined || key === undefined) return
  const reader = clientBy(bench.declared, 'public')
  const object = `${security.counter['instance-id']}, which tells the invocation counter of ${client.name}`
  const say = (text: string): void => bench.setup.emit({ event: 'note', kind: 'other', text, at: bench.now() })
  if (reader?.mechanism !== 'lowest' || reader.ciphered) return say(`no public client is declared to read ${object}`)
  const climbed = await bench.climb(LEARNING, { rung: 'association', client: reader.name })
  const connection = bench.connections.get(LEARNING)
  const last = connection && climbed.is === 'up' ? await counterIn(bench, connection, security.counter) : undefined
  if (connection) await leave(bench, connection)
  if (last === undefined) return say(`nothing was read of ${object}`)
  const saw = sawCounter(bench.setup.counters, security, key, last)
  say(saw.ok ? `the meter has seen the invocation counter ${last} of ${client.name}` : `${object}: ${saw.failure}`)
}

async function counterIn(
  bench: Bench,
  connection: Connection,
  attribute: NonNullable<NonNullable<DeclaredClient['security']>['counter']>,
): Promise<number | undefined> {
  const window = bench.answerWindow()
  let data: Data | undefined
  const came = await conversed(
    { bench, connection, args: {}, window, ledger: newLedger() },
    (services) => services.get({ attribute }),
    {},
    (read) => {
      data = read
      return { names: {} }
    },
  )
  return isRefusal(came) || data?.is !== 'double-long-unsigned' ? undefined : data.value
}

/** The link of another client is closed before the case begins on its own: many meters have one at a time. */
async function leave(bench: Bench, connection: Connection): Promise<void> {
  const { link, port } = connection
  if (link && (link.mayBeOpen || link.state.mode === 'nrm') && port.isOpen && port.language === 'hdlc')
    await link.setMode(link.disc(), 2 * bench.declared.timing.responseMs, newLedger(), 1)
  await bench.connections.drop(connection)
}
