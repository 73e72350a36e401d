// meter.power-cycle: the mains of the whole meter, by the bench.
import type { Refusal } from '../../engine/vocabulary.ts'
import type { Came } from '../evidence.ts'
import { DURATION, isRefusal, numberArg, within, type Doing, type Word } from './word.ts'

const OFF_MS = 5000

const NO_POWER: Refusal = { refusal: 'the bench has no power to switch: managed.powerOff and powerOn are not declared' }

/** The power goes so long after something has begun, whatever has become of it, and comes back. */
export async function powerCut(
  doing: Doing,
  afterMs: number,
  begun: () => Promise<Came | Refusal>,
): Promise<Came | Refusal> {
  const { bench } = doing
  const { power, world } = bench.setup
  if (power === undefined) return NO_POWER
  const off = async (): Promise<Refusal | undefined> => {
    await bench.pause(afterMs)
    const done = await power('off')
    return done.ok ? undefined : { refusal: `${done.failure.where}: ${done.failure.detail}` }
  }
  const refused = async (): Promise<Refusal | undefined> => {
    const came = await begun()
    return isRefusal(came) ? came : undefined
  }
  const [first, second] = await world.together([refused, off])
  return first ?? second ?? powerCycle(within(doing))
}

async function powerCycle({ bench, args }: Doing): Promise<Came | Refusal> {
  const { power } = bench.setup
  if (power === undefined) return NO_POWER
  const offMs = numberArg(args, 'offMs') ?? OFF_MS
  const before = bench.connections.values().map(({ name, given }) => ({ name, given }))
  await bench.connections.release()
  await bench.lines.closeSerial()
  for (const [to, thenMs] of [
    ['off', offMs],
    ['on', bench.declared.timing.bootMs],
  ] as const) {
    const done = await power(to)
    if (!done.ok) return { refusal: `${done.failure.where}: ${done.failure.detail}` }
    await bench.pause(thenMs)
  }
  // closed, and still those of their clients: what was given can be built again
  for (const { name, given } of before)
    if (given.rung !== 'listen') await bench.climb(name, { ...given, rung: 'closed' }, given)
  const text = `the power was off for ${offMs} ms`
  return { outcome: { names: { success: true }, broken: [], noise: false, text }, restarted: true }
}

export const meterWords: Readonly<Record<string, Word>> = {
  'meter.power-cycle': {
    says: 'switch the meter off and on',
    properties: { offMs: DURATION },
    outcomes: ['success'],
    alive: false,
    ofMeter: true,
    run: powerCycle,
  },
}
