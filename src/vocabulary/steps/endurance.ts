// association.repeat: associations one after the other, some of which end without a word.
import type { Came } from '../evidence.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { alive } from './association.ts'
import { notReached } from './link.ts'
import { COUNT, isRefusal, numberArg, success, within, type Doing, type Word } from './word.ts'

/** Times are told apart only where the last fifth takes twice as long as the first, and by more than any line varies. */
const SLOWER = 2
const SLOWER_MS = 200
const FIFTH = 5

/** `abruptEvery`: each so many-th connection is broken off, its association neither released nor its link taken down. */
const repeat: Word = {
  says: 'associate and read, again and again',
  properties: { times: COUNT, abruptEvery: COUNT },
  required: ['times'],
  outcomes: ['success', 'slower', 'lost', 'refused'],
  saves: ['times', 'elapsedMs'],
  alive: true,
  async run(doing) {
    const { bench, args } = doing
    const times = numberArg(args, 'times') ?? 1
    const abruptEvery = numberArg(args, 'abruptEvery') ?? Infinity
    const took: number[] = []
    let here = doing
    for (let n = 1; n <= times; n++) {
      const begun = bench.now()
      const climbed = await bench.climb(doing.connection.name, { ...doing.connection.given, rung: 'association' })
      here = { ...within(doing), connection: bench.connections.get(doing.connection.name) ?? here.connection }
      if (climbed.is !== 'up') return lost(notReached(climbed), `association ${n} of ${times} did not open`)
      const came = await alive.run(here)
      if (isRefusal(came)) return came
      if (!('success' in came.outcome.names)) return lost(came.outcome, `association ${n} of ${times} is not served`)
      took.push(bench.now() - begun)
      if (n % abruptEvery === 0) await brokenOff(here)
    }
    return judged(here, times, took)
  },
}

/** On a line there is nothing to break off: nothing more is sent. */
async function brokenOff({ connection }: Doing): Promise<void> {
  await connection.port.close(connection.port.transport.kind === 'stream' ? 'reset' : 'close')
  connection.association = undefined
}

const lost = (outcome: Came['outcome'], what: string): Came => ({
  outcome: { ...outcome, names: { ...outcome.names, lost: true }, text: `${what}: ${outcome.text}` },
})

function judged(doing: Doing, times: number, took: readonly number[]): Came | Refusal {
  const fifth = Math.max(1, Math.floor(took.length / FIFTH))
  const first = median(took.slice(0, fifth))
  const last = median(took.slice(-fifth))
  const text = `${times} associations; the first took ${Math.round(first)} ms each, the last ${Math.round(last)} ms`
  const saves = { times, elapsedMs: took.reduce((sum, each) => sum + each, 0) }
  const there = success(doing, text)
  if (last <= SLOWER * first || last - first <= SLOWER_MS) return { outcome: there, saves }
  return { outcome: { ...there, names: { slower: true } }, saves }
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

export const enduranceWords: Readonly<Record<string, Word>> = { 'association.repeat': repeat }
