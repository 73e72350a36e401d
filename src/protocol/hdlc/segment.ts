// Segmentation of IEC 62056-46 6.4.4.4.3.6: one LLC header an APDU, S = 1 on all I frames but the last.

/** What one I frame of a segmented transfer carries. */
export interface Segment {
  readonly information: Uint8Array
  /** The S bit: more follow. */
  readonly segmentation: boolean
}

/** LLC header and APDU → information fields of at most `maximum` octets; each but the last is full. */
export function segments(llcAndApdu: Uint8Array, maximum: number): readonly Segment[] {
  const count = Math.max(1, Math.ceil(llcAndApdu.length / maximum))
  return Array.from({ length: count }, (_, index) => ({
    information: llcAndApdu.subarray(index * maximum, (index + 1) * maximum),
    segmentation: index < count - 1,
  }))
}

/** Segments heard so far. `octets` counts them. */
export interface Assembly {
  readonly parts: readonly Uint8Array[]
  readonly octets: number
}

export const NOTHING_ASSEMBLED: Assembly = { parts: [], octets: 0 }

export type Assembled =
  | { readonly is: 'more'; readonly assembly: Assembly }
  | { readonly is: 'whole'; readonly llcAndApdu: Uint8Array }
  | { readonly is: 'too-long'; readonly octets: number }

/** Takes one segment in. `limit` bounds what is kept: a peer that never ends its APDU must not fill the memory. */
export function assemble(assembly: Assembly, segment: Segment, limit = 0x20000): Assembled {
  const octets = assembly.octets + segment.information.length
  if (octets > limit) return { is: 'too-long', octets }
  const parts = [...assembly.parts, segment.information]
  if (segment.segmentation) return { is: 'more', assembly: { parts, octets } }
  return { is: 'whole', llcAndApdu: joined(parts, octets) }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
