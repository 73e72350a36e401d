// Where in a message on the line a piece of something longer lies.
import { behind, blockPartOf, type BlockPart } from '../protocol/block-part.ts'
import { LLC_OCTETS } from '../protocol/hdlc/llc.ts'
import { HEADER_OCTETS } from '../protocol/wrapper/wpdu.ts'
import type { Traffic } from './traffic.ts'

/** `octets`: all of a WPDU, what the frames of an APDU hold together, or the APDU itself. */
export function partOf(
  unit: Pick<Traffic, 'is' | 'information'> | { readonly is: 'apdu' },
  octets: Uint8Array,
): BlockPart | undefined {
  const header = headerOf(unit)
  const part = header === undefined ? undefined : blockPartOf(octets.subarray(header))
  return part && header !== undefined ? behind(header, part) : undefined
}

function headerOf(unit: Parameters<typeof partOf>[0]): number | undefined {
  if (unit.is === 'apdu') return 0
  if (unit.is === 'wrapper') return HEADER_OCTETS
  return unit.is === 'hdlc' && unit.information !== undefined ? LLC_OCTETS : undefined
}
