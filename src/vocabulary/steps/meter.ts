// meter.power-cycle: the mains of the whole meter, by the bench.
import type { Refusal } from '../../engine/vocabulary.ts'
import type { Bench } from '../bench.ts'
import type { Connection } from '../connection.ts'
import type { Came } from '../evidence.ts'
import { DURATION, isRefusal, numberArg, within, type Doing, type Word } from './word.ts'

const OFF_MS = 5000
/** Between two looks whether it is there again. */
const LOOK_MS = 1000

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

/** Whether the way up to a link is there again, within twice the time that the declaration gives a start. */
async function isBack(bench: Bench, { name, given }: Pick<Connection, 'name' | 'given'>): Promise<boolean> {
  const until = bench.now() + bench.declared.timing.bootMs
  for (;;) {
    const climbed = await bench.climb(name, { ...given, rung: 'link' }, given)
    if (climbed.is !== 'down') break
    if (bench.now() >= until) return false
    await bench.pause(LOOK_MS)
  }
  await bench.connections.release()
  await bench.lines.closeSerial()
  return true
}

/** That is no fault of the protocol (ruling G11). */
const notBack = ({ declared: { timing } }: Bench): Refusal => ({
  refusal: `the meter was not back ${2 * timing.bootMs} ms after its power`,
  advice: 'Say how long it takes to start: testing.timing.bootMs.',
})

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
  const [first] = before.filter(({ given }) => given.rung !== 'listen')
  if (first !== undefined && !(await isBack(bench, first))) return notBack(bench)
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
