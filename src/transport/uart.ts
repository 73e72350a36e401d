import { begin, type Burst, type LineSettings, type Ms } from '../protocol/line.ts'
import { withParity } from './parity.ts'

/** Start bit, eight data bits (or seven and the parity bit), stop bit: both formats take ten. */
const BITS = 10

/** How long an octet takes on the line. */
export const octetTime = (settings: LineSettings): Ms => (BITS * 1000) / settings.baud

/** Octets as given ↔ the eight bits of each on the line. */
export const onChannel = (octets: Uint8Array, settings: LineSettings): Uint8Array =>
  settings.format === '7E1' ? withParity(octets) : octets

/**
 * What a receiver makes of a burst, in the order of its octets. With other settings than the sender's it hears other octets,
 * and more or fewer: always the same, for they are sampled from the levels of the line as a UART does.
 */
export function reception(burst: Burst, sent: LineSettings, heard: LineSettings): readonly Burst[] {
  if (sent.baud === heard.baud) {
    if (sent.format === heard.format) return [burst]
    return [{ ...burst, octets: onChannel(onChannel(burst.octets, sent), heard) }]
  }
  return sampled(levels(onChannel(burst.octets, sent)), begin(burst), 1000 / sent.baud, heard)
}

/** The levels of the line, a bit each: 0 start, data with the lowest bit first, 1 stop. */
function levels(octets: Uint8Array): Uint8Array {
  const bits = new Uint8Array(octets.length * BITS)
  octets.forEach((octet, i) => {
    for (let bit = 0; bit < 8; bit++) bits[i * BITS + 1 + bit] = (octet >> bit) & 1
    bits[i * BITS + 9] = 1
  })
  return bits
}

/** Where a sample falls on the border of two bits the later one is taken, whatever the last bit of a fraction says. */
const ROUNDING = 1e-9

/** Samples each bit in its middle, at the receiver's rate, from a falling edge on. A missing stop bit (break) does not lose the octet. */
function sampled(bits: Uint8Array, from: Ms, bitMs: Ms, heard: LineSettings): readonly Burst[] {
  const step = 1000 / heard.baud
  const level = (at: Ms) => bits[Math.floor(at / bitMs + ROUNDING)] ?? 1
  const bursts: Burst[] = []
  for (let edge = 0; edge < bits.length; edge++) {
    if (bits[edge] !== 0 || (bits[edge - 1] ?? 1) !== 1) continue
    const start = edge * bitMs
    if (level(start + step / 2) !== 0) continue // too short for a start bit
    let octet = 0
    for (let bit = 0; bit < 8; bit++) octet |= level(start + (1.5 + bit) * step) << bit
    bursts.push({
      octets: onChannel(Uint8Array.of(octet), heard),
      firstEnd: from + start + BITS * step,
      octetMs: BITS * step,
    })
    edge = Math.max(edge, Math.ceil((start + 9.5 * step) / bitMs) - 1) // the next start bit is looked for from the middle of the stop bit on
  }
  return bursts
}
