// Ways to read what a right receiver drops.
import { examine, FLAG, type Frame, type FrameFailureCode } from '../../../protocol/hdlc/examine.ts'
import type { Deframed } from '../../../protocol/hdlc/deframer.ts'
import type { Control } from '../../../protocol/hdlc/control.ts'
import { hex, unhex } from '../../../codec/value.ts'
import type { Taken } from '../../link/reception.ts'
import { text, type Memory } from '../../memory.ts'
import { changeReception } from '../defect.ts'
import type { Decisions } from '../../decisions.ts'

/** The frame of a damaged item that has no other failure than these. */
export function onlyDamagedBy(item: Deframed, ...codes: readonly FrameFailureCode[]): Frame | undefined {
  if (item.is !== 'damaged' || item.failures.some(({ code }) => !codes.includes(code))) return undefined
  return item.frame
}

export const taken = (frame: Frame | undefined, memory: Memory, silently = false): Taken | undefined =>
  frame === undefined ? undefined : { frame, memory, silently }

/** Octets without their flags, read as if these had been there. */
export function flagged(octets: Uint8Array): Frame | undefined {
  const { failures, frame } = examine(Uint8Array.of(FLAG, ...octets, FLAG))
  return failures.length === 0 ? frame : undefined
}

export const withControl = (frame: Frame, control: Control): Frame => ({
  ...frame,
  control,
  information: new Uint8Array(0),
})

/** A command of no known kind, to be answered. */
export const UNKNOWN: Control = { is: 'undefined', octet: 0xff }

/** Remembers the octets of the last right frame, so that its addresses can be used for what has none. */
export const rememberingLast = (d: Decisions): Decisions =>
  changeReception(d, ({ takes }) => ({
    takes(item, memory) {
      const result = takes(item, memory)
      return item.is === 'frame' ? { ...result, memory: { ...result.memory, last: hex(item.octets) } } : result
    },
  }))

/** The last right frame, with another control field. */
export function lastWith(memory: Memory, control: Control): Frame | undefined {
  const { frame } = examine(unhex(text(memory, 'last')) ?? new Uint8Array(0))
  return frame === undefined ? undefined : withControl(frame, control)
}

/** Shorter than any frame of this meter can be, or too short to have its fields. */
export const isShort = (item: Deframed): boolean =>
  item.is === 'damaged' &&
  item.octets.length > 2 &&
  (item.frame === undefined || item.failures.some(({ code }) => code === 'too-short'))
