// Frames of an exchange as `exchange.hdlc` saves them.
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'

export const PASS: Checked = { is: 'pass' }

export const fails = (expected: string, found: string, clause?: string): Checked => ({
  is: 'fails',
  expected,
  found,
  ...(clause === undefined ? {} : { clause }),
})

/** All frames in order; undefined: the value is no exchange. */
export const framesOf = (value: Value): readonly JsonRecord[] | undefined =>
  isList(value) && value.every((frame) => isRecord(frame) && typeof frame['frame'] === 'string')
    ? value.filter(isRecord)
    : undefined

export const isReceived = (frame: JsonRecord): boolean => frame['direction'] === 'received'

/** A check over the frames of an exchange. */
export const overFrames =
  (check: (frames: readonly JsonRecord[]) => Checked) =>
  (value: Value): Checked => {
    const frames = framesOf(value)
    return frames ? check(frames) : fails('frames of an exchange', JSON.stringify(value).slice(0, 80))
  }

/** I frames of the meter, in runs that no frame of the tester interrupts. */
export function turnsOf(frames: readonly JsonRecord[]): readonly (readonly JsonRecord[])[] {
  const turns: JsonRecord[][] = []
  let turn: JsonRecord[] = []
  for (const frame of frames) {
    if (isReceived(frame)) turn.push(frame)
    else if (turn.length > 0) {
      turns.push(turn)
      turn = []
    }
  }
  return turn.length > 0 ? [...turns, turn] : turns
}

export const shown = (frame: JsonRecord): string =>
  `${typeof frame['frame'] === 'string' ? frame['frame'].toUpperCase() : '?'} N(S)=${JSON.stringify(frame['n-s'] ?? null)} F=${frame['final'] === true ? 1 : 0}`
