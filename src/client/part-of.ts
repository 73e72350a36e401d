// Where in a message on the line a piece of something longer lies.
import { blockPartOf, type BlockPart } from '../protocol/block-part.ts'
import { LLC_OCTETS } from '../protocol/hdlc/llc.ts'
import { HEADER_OCTETS } from '../protocol/wrapper/wpdu.ts'
import type { Traffic } from './traffic.ts'

/** `octets`: all of a WPDU, or what the frames of an APDU hold together. */
export function partOf(
  { is, information }: Pick<Traffic, 'is' | 'information'>,
  octets: Uint8Array,
): BlockPart | undefined {
  const header = is === 'wrapper' ? HEADER_OCTETS : is === 'hdlc' && information !== undefined ? LLC_OCTETS : undefined
  const part = header === undefined ? undefined : blockPartOf(octets.subarray(header))
  return part && header !== undefined ? { ...part, from: part.from + header } : undefined
}
