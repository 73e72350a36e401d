// What the page does not lay out at once: HTML by name, packed, and unpacked by the page's script when it is looked at.
import { deflateSync } from 'node:zlib'
import { mark, type Shared } from './timeline-html.ts'

/** Names in a pack: small enough to open at once, large enough to share what repeats. */
const PACK = 64

export interface Packer {
  /** The number of the pack. */
  readonly add: (name: string, html: string) => string
  readonly packs: () => readonly { readonly n: number; readonly data: string }[]
}

/** A pack is deflated JSON in base64: name → HTML, and the pieces that its HTML shares, each once. */
export function packerOf(shared: Shared): Packer {
  const packs: string[] = []
  let html: Record<string, string> = {}
  let pieces: string[] = []
  /** By the number of the piece: where it stands in `pieces`. */
  let places = new Map<number, number>()
  let size = 0
  const close = (): void => {
    if (size === 0) return
    const json = JSON.stringify({ html, pieces })
    packs.push(deflateSync(json).toString('base64'))
    html = {}
    pieces = []
    places = new Map()
    size = 0
  }
  return {
    add(name, given) {
      if (size === PACK) close()
      size += 1
      html[name] = shared.replace(given, (piece, n) => {
        const place = places.get(n) ?? pieces.push(piece) - 1
        places.set(n, place)
        return mark(place)
      })
      return String(packs.length)
    },
    packs() {
      close()
      return packs.map((data, n) => ({ n, data }))
    },
  }
}
