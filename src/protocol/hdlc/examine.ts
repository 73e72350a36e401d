// What a receiver examines in the octets of one frame, in the order of IEC 62056-46 6.4.4.2.3: flags, format type, length, addresses, HCS, FCS.
import { hex } from '../../codec/value.ts'
import type { CheckFailure } from '../failure.ts'
import { addressLength } from './address.ts'
import { readControl, type Control } from './control.ts'
import { fcsOctets } from './fcs.ts'

export const FLAG = 0x7e
/** Between the flags: format, two addresses, control, FCS. */
const SHORTEST = 7
/** Between the flags: the length subfield has eleven bits. */
export const LONGEST = 0x7ff
export const FORMAT_TYPE = 0b1010

/** A frame of format type 3. Addresses as their octets; no information: an empty field. */
export interface Frame {
  readonly segmentation: boolean
  readonly 'destination-address': Uint8Array
  readonly 'source-address': Uint8Array
  readonly control: Control
  readonly information: Uint8Array
}

export type FrameFailureCode =
  'closing-flag' | 'format-type' | 'length' | 'too-short' | 'destination-address' | 'source-address' | 'hcs' | 'fcs'
export type FrameFailure = CheckFailure<FrameFailureCode>

/** `frame`: what could be read, also where checks failed. */
export interface Examination {
  readonly failures: readonly FrameFailure[]
  readonly frame?: Frame
}

/** `octets` begin with the opening flag and end with the closing one, where there is one. Total: any octets are examined. */
export function examine(octets: Uint8Array): Examination {
  const failures: FrameFailure[] = []
  const failed = (code: FrameFailureCode, at: number, expected: string, found: string): void => {
    failures.push({ code, at, expected, found })
  }
  const closed = octets.length > 1 && octets[octets.length - 1] === FLAG
  const end = closed ? octets.length - 1 : octets.length
  const count = end - 1
  if (!closed) failed('closing-flag', end, '7E', 'nothing')
  if (count < 2) {
    failed('too-short', end, `at least ${SHORTEST} octets between the flags`, `${Math.max(0, count)}`)
    return { failures }
  }

  const format = ((octets[1] ?? 0) << 8) | (octets[2] ?? 0)
  const length = format & LONGEST
  if (format >> 12 !== FORMAT_TYPE) failed('format-type', 1, '1010', (format >> 12).toString(2).padStart(4, '0'))
  if (length !== count) failed('length', 1, `${count}`, `${length}`)
  if (count < SHORTEST) failed('too-short', end, `at least ${SHORTEST} octets between the flags`, `${count}`)

  // Of a frame cut off before its end no octets are known to be the check sequence.
  const cutOff = !closed && count < length
  const checked = cutOff ? end : Math.max(3, end - 2)

  const frame = readFields(octets, checked, cutOff, failed)
  if (!cutOff && end - 2 >= 3) checkSequence('fcs', octets, end - 2, failed)
  return frame === undefined ? { failures } : { failures, frame: { segmentation: (format & 0x0800) !== 0, ...frame } }
}

type Failed = (code: FrameFailureCode, at: number, expected: string, found: string) => void

/** Fields from the destination address up to `to`, where the FCS begins. */
function readFields(
  octets: Uint8Array,
  to: number,
  cutOff: boolean,
  failed: Failed,
): Omit<Frame, 'segmentation'> | undefined {
  const destination = readAddressField('destination-address', octets, 3, to, failed)
  if (destination === undefined) return undefined
  const sourceAt = 3 + destination.length
  const source = readAddressField('source-address', octets, sourceAt, to, failed)
  if (source === undefined) return undefined
  const controlAt = sourceAt + source.length
  const control = octets[controlAt]
  if (control === undefined || controlAt >= to) {
    failed('too-short', controlAt, 'a control field', 'nothing')
    return undefined
  }
  const hcsAt = controlAt + 1
  if (to > hcsAt && to < hcsAt + 3 && !cutOff) {
    failed('hcs', hcsAt, 'HCS and information, or neither', hex(octets.subarray(hcsAt, to)))
  } else if (to >= hcsAt + 2) checkSequence('hcs', octets, hcsAt, failed)
  return {
    'destination-address': destination,
    'source-address': source,
    control: readControl(control),
    information: octets.slice(Math.min(hcsAt + 2, to), to),
  }
}

/** Table 5 knows addresses of one, two and four octets. */
function readAddressField(
  code: 'destination-address' | 'source-address',
  octets: Uint8Array,
  at: number,
  to: number,
  failed: Failed,
): Uint8Array | undefined {
  const length = addressLength(octets, at, to)
  if (length === 0) {
    failed(code, at, 'an octet with bit 0 = 1', hex(octets.subarray(at, to)))
    return undefined
  }
  const address = octets.slice(at, at + length)
  if (length !== 1 && length !== 2 && length !== 4) failed(code, at, '1, 2 or 4 octets', hex(address))
  return address
}

function checkSequence(code: 'hcs' | 'fcs', octets: Uint8Array, at: number, failed: Failed): void {
  const expected = fcsOctets(octets, 1, at)
  if (octets[at] === expected[0] && octets[at + 1] === expected[1]) return
  failed(code, at, hex(expected), hex(octets.subarray(at, at + 2)))
}
