import { decode, explain } from '../src/codec/codec.ts'
import { unhex } from '../src/codec/value.ts'
import type { Event } from '../src/engine/events.ts'
import { data } from '../src/protocol/data/data.ts'
import { explainUnit, type UnitKind } from '../src/protocol/explain.ts'
import { examine } from '../src/protocol/hdlc/examine.ts'
import type { Figure, Group } from './figure.ts'
import { compared } from './median.ts'
import { profileOctets } from './profile.ts'

const ROWS = 2000
const MOST_UNITS = 4000

/** What the tree costs beside the value alone: of a long value, and of the units of a run. */
export async function explaining(events: readonly Event[]): Promise<Group> {
  const octets = profileOctets(ROWS)
  const units = unitsIn(events)
  const frames = units.filter(({ is }) => is === 'hdlc')
  const ms = await compared({
    decode: () => void decode(data, octets),
    tree: () => void explain(data, octets),
    examine: () => {
      for (const frame of frames) examine(frame.octets)
    },
    frames: () => {
      for (const frame of frames) explainUnit(frame.octets, 'hdlc')
    },
  })
  const length = frames.reduce((sum, frame) => sum + frame.octets.length, 0)
  const figure = (name: string, size: number, each: number, value: number, of: string): Figure => ({
    name,
    value: size / each / 1000,
    unit: 'MB/s',
    ratio: { value, of },
  })
  return {
    title: 'Explaining: octets to named fields',
    figures: [
      figure(
        `Data, ${ROWS} rows of a profile`,
        octets.length,
        ms.tree,
        ms.tree / ms.decode,
        'decoding without the tree',
      ),
      figure(
        `${frames.length} frames of a run, with the APDUs in them`,
        length,
        ms.frames,
        ms.frames / ms.examine,
        'examining the frames alone',
      ),
    ],
    notes: ['Medians.'],
  }
}

function unitsIn(events: readonly Event[]): readonly { readonly is: UnitKind; readonly octets: Uint8Array }[] {
  const units: { is: UnitKind; octets: Uint8Array }[] = []
  for (const event of events) {
    if (event.event !== 'traffic' || (event.is !== 'hdlc' && event.is !== 'wrapper')) continue
    const octets = unhex(event.octets)
    if (octets !== undefined && octets.length > 0) units.push({ is: event.is, octets })
    if (units.length === MOST_UNITS) break
  }
  return units
}
