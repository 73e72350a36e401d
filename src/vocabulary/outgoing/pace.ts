// How octets are laid on the line: at once, joined, or with pauses where a step wants them.
import type { Value } from '../../codec/value.ts'
import { concat } from '../../codec/operator.ts'
import { AT_ONCE, type Pace } from '../../client/port.ts'
import type { TrafficMark } from '../../client/traffic.ts'
import { FLAG } from '../../protocol/hdlc/examine.ts'
import { isRecord } from '../../protocol/json.ts'
import { findNode } from '../../protocol/fault.ts'
import type { Outgoing, OutUnit } from './outgoing.ts'

/** Units as one: frames share the flag between them. */
export function joined(units: readonly OutUnit[]): OutUnit {
  const parts: Uint8Array[] = []
  const marks: TrafficMark[] = []
  let length = 0
  for (const { octets, marks: own } of units) {
    const shared = octets[0] === FLAG && parts.at(-1)?.at(-1) === FLAG && octets.length > 1 ? 1 : 0
    parts.push(octets.subarray(shared))
    marks.push(...own.map((mark) => ({ ...mark, from: mark.from + length - shared, to: mark.to + length - shared })))
    length += octets.length - shared
  }
  return { octets: concat(parts), marks, frame: undefined, moves: false }
}

/** `{every, pause}` or `{after, pause}` for the octets of these messages, laid one behind the other; undefined: the path names nothing in them. */
export function paceOf(pace: Value | undefined, all: readonly Outgoing[]): Pace | undefined {
  if (!isRecord(pace)) return AT_ONCE
  const { every, after, pause } = pace
  const pauseMs = typeof pause === 'number' ? pause : 0
  const length = all.reduce((sum, { units }) => sum + units.reduce((octets, unit) => octets + unit.octets.length, 0), 0)
  if (typeof every === 'number' && every > 0) {
    const cuts = Array.from({ length: Math.max(0, Math.ceil(length / every) - 1) }, (_, n) => (n + 1) * every)
    return { cuts, pauseMs }
  }
  if (typeof after === 'string') {
    const cut = endOf(after, all)
    return cut === undefined ? undefined : { cuts: [cut], pauseMs }
  }
  return AT_ONCE
}

/** Where a field ends: `hdlc.control`, `wrapper[2].length` (of the second message). */
function endOf(path: string, all: readonly Outgoing[]): number | undefined {
  const [, name = '', index, inside = ''] = /^([^.[]+)(?:\[(\d+)\])?\.?(.*)$/.exec(path) ?? []
  const number = index === undefined ? 1 : Number(index)
  let start = 0
  let seen = 0
  for (const { layers, units } of all) {
    for (const [at, unit] of units.entries()) {
      const layer =
        units.length > 1
          ? layers.find((each) => each.name === `${name}[${at + 1}]`)
          : layers.find((each) => each.name === name)
      if (layer && ++seen === number) {
        const node = inside === '' ? undefined : findNode(layer.tree, inside)
        return inside === '' ? start + unit.octets.length : node && start + node.end
      }
      start += unit.octets.length
    }
  }
  return undefined
}
