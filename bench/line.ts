import type { Event, TrafficEvent } from '../src/engine/events.ts'
import { memoryMeter, serialEndOf } from '../src/prove/memory-meter.ts'
import { octetTime } from '../src/transport/uart.ts'
import type { Group } from './figure.ts'
import { declaration, description } from './reference.ts'
import { associated, get, testerOn } from './tester.ts'

const GETS = 200
const LINE = { baud: 9600, format: '8N1' } as const
/** So little that an AARQ goes in segments, each acknowledged before the next. */
const SHORT = {
  'max-information-field-length-transmit': 32,
  'max-information-field-length-receive': 32,
  'window-size-transmit': 1,
  'window-size-receive': 1,
}

/** Virtual time that exchanges take on a serial line, against what the line itself needs for their octets. */
export async function line(): Promise<Group> {
  const meter = description()
  const declared = declaration()
  const reactionMs = meter.ports['hdlc']?.hdlc?.reactionMs ?? 0
  const memory = memoryMeter(meter, { serial: (port) => serialEndOf(declared.content.ports?.[port]) })
  const units: TrafficEvent[] = []
  const bench = testerOn({
    declaration: declared,
    description: meter,
    port: 'hdlc',
    world: memory.world,
    transport: () => memory.transport('hdlc'),
    emit: (event: Event) => void (event.event === 'traffic' && units.push(event)),
  })

  /** Time of a task, and the least that its octets and the meter's reactions take. */
  async function measured<T>(task: () => Promise<T>): Promise<{ readonly tookMs: number; readonly leastMs: number }> {
    units.length = 0
    const begun = memory.world.now()
    await task()
    return { tookMs: memory.world.now() - begun, leastMs: wireMs(units) + reactions(units) * reactionMs }
  }

  const association = await measured(() => associated(bench, SHORT))
  const segments = units.filter(({ direction, more }) => direction === 'sent' && more).length
  const connection = await associated(bench)
  const exchanges = await measured(async () => {
    for (let i = 0; i < GETS; i++) await get(bench, connection)
  })
  await bench.close()
  const figure = (name: string, { tookMs, leastMs }: typeof exchanges) => ({
    name,
    value: tookMs,
    unit: 'ms',
    ratio: { value: tookMs / leastMs, of: 'wire time and reaction times', atMost: 1.05 },
  })
  return {
    title: 'Time on a serial line of 9600 Bd',
    figures: [
      figure(`${GETS} GETs by HDLC`, exchanges),
      figure(`DISC, SNRM and an AARQ in ${segments + 1} segments`, association),
    ],
    notes: [
      `Virtual time. The wire: each octet of both directions at 10 bits; the pauses: ${reactionMs} ms before each answer of the meter, as its description says.`,
    ],
  }
}

const wireMs = (units: readonly TrafficEvent[]): number =>
  units.reduce((sum, { octets }) => sum + octets.length / 2, 0) * octetTime(LINE)

/** How often the meter takes its turn. */
const reactions = (units: readonly TrafficEvent[]): number =>
  units.filter(
    ({ direction, octets }, i) => direction === 'received' && octets !== '' && units[i - 1]?.direction === 'sent',
  ).length
