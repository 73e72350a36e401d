// The tester's side of one port: what the engine drives.
import { newLedger } from '../client/ledger.ts'
import { listen } from '../client/listening.ts'
import { type Evidence, type Given, type Outcome, type Refusal, type Tester, TesterGone } from '../engine/vocabulary.ts'
import { Interrupted } from '../world/real.ts'
import { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { evidenceOf } from './evidence.ts'
import { learnCounter } from './learned-counter.ts'
import { learnNames } from './learn-names.ts'
import { listenOnly, waitOnly } from './listen-step.ts'
import { readObjectList } from './object-list/read.ts'
import { send } from './send.ts'
import type { TesterSetup } from './setup.ts'
import { stepWords } from './steps/index.ts'
import { isRefusal } from './steps/word.ts'

export function createTester(setup: TesterSetup): Tester {
  const bench = new Bench(setup)
  return {
    climb: (connection, given) =>
      guarded(async () => {
        await learnCounter(bench, given)
        await learnNames(bench, given)
        return bench.climb(connection, given)
      }),
    send: (name, request, window) =>
      on(bench, name, (connection) => answering(connection, () => send(bench, connection, request, window))),
    perform: (name, word, args, window) =>
      on(bench, name, async (connection): Promise<Evidence | Refusal> => {
        const known = stepWords[word]
        if (known === undefined) return { refusal: `there is no word ${word}` }
        const ledger = newLedger(window.asked)
        const came = await known.run({ bench, connection, args, window, ledger })
        if (isRefusal(came)) return came
        // A word may have climbed: the connection is then a new one of the same name.
        return evidenceOf(bench, bench.connections.get(name) ?? connection, ledger, came)
      }),
    listen: (name, window) => on(bench, name, (connection) => listenOnly(bench, connection, window)),
    wait: (name, ms) => guarded(() => wait(bench, name, ms)),
    objects: (name) => on(bench, name, (connection) => readObjectList(bench, connection)),
    stands(name) {
      const { port, given, association } = bench.connections.get(name) ?? {}
      return port?.isOpen === true && (given?.rung !== 'association' || association !== undefined)
    },
    shown({ of }) {
      if (of !== undefined) bench.watch.told(of)
    },
    settle: () => guarded(() => settle(bench)),
    scope: (name) => bench.connections.get(name)?.scope(bench.declared) ?? {},
    async release() {
      await bench.connections.release().catch(unlessBroken)
    },
    async close() {
      await bench.close().catch(unlessBroken)
    },
    now: () => bench.now(),
    heard: () => bench.lines.heard,
  }
}

/** A step on a connection that no climb has made finds it closed, and may open it. */
async function on<T>(bench: Bench, name: string, step: (connection: Connection) => Promise<T>): Promise<T> {
  return guarded(async () => {
    if (bench.connections.get(name) === undefined) await bench.climb(name, { rung: 'closed' } satisfies Given)
    const connection = bench.connections.get(name)
    if (connection === undefined)
      throw new RangeError(`there is no connection ${name}, and no client is declared that could make one`)
    return step(connection)
  })
}

/** Where the meter calls there is nobody to ask. */
const answering = async (
  { listens, name }: Connection,
  task: () => Promise<Evidence | Refusal>,
): Promise<Evidence | Refusal> => (listens ? { refusal: `nothing is sent on ${name}, which listens` } : task())

/** Whoever waits when the run is interrupted leaves through here. */
async function guarded<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    if (error instanceof Interrupted) throw new TesterGone('interrupted', { cause: error })
    throw error
  }
}

/** Cleaning up goes on whatever was interrupted. */
function unlessBroken(error: unknown): void {
  if (!(error instanceof Interrupted)) throw error
}

/** Between two climbs nothing may be open: then only time passes, and the port is opened anew. */
async function wait(bench: Bench, name: string, ms: number): Promise<Evidence> {
  const connection = bench.connections.get(name)
  if (connection?.port.isOpen) return waitOnly(bench, connection, ms)
  await bench.lines.closeSerial()
  await bench.pause(ms)
  return {
    outcome: { names: { silent: { ms } }, broken: [], noise: false, text: 'nothing is open' },
    during: [],
    surplus: [],
    unsolicited: [],
    saved: {},
  }
}

/** What comes within an inter-frame time-out and was asked by nobody. */
async function settle(bench: Bench): Promise<readonly Outcome[]> {
  const until = bench.now() + bench.declared.timing.interFrameMs
  const outcomes: Outcome[] = []
  for (const connection of onePerLine(bench)) {
    if (!connection.port.isOpen || connection.listens) continue
    const ledger = newLedger()
    await bench.drain(connection, ledger)
    for (;;) {
      const heard = await listen(connection.port, { since: -Infinity, until: Math.max(until, bench.now()) }, ledger)
      if (heard === undefined || heard.is === 'closed' || heard.is === 'reset' || heard.is === 'fault') break
      if (bench.goesOnByItself(connection)) ledger.unsolicited.push(heard)
      else ledger.surplus.push(heard)
      if (ledger.surplus.length > MOST_SURPLUS || bench.now() > until + LONGEST_MS) break
    }
    outcomes.push(...bench.surplus(connection, ledger.surplus))
  }
  return outcomes
}

const MOST_SURPLUS = 100
const LONGEST_MS = 60_000

const onePerLine = (bench: Bench): readonly Connection[] => {
  const all = bench.connections.values()
  return all.filter((connection, at) => all.findIndex(({ line }) => line === connection.line) === at)
}
