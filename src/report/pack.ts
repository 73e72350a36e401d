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
  let pieces = new Map<string, number>()
  let size = 0
  const close = (): void => {
    if (size === 0) return
    const json = JSON.stringify({ html, pieces: [...pieces.keys()] })
    packs.push(deflateSync(json).toString('base64'))
    html = {}
    pieces = new Map()
    size = 0
  }
  return {
    add(name, given) {
      if (size === PACK) close()
      size += 1
      html[name] = shared.replace(given, (piece) => {
        const n = pieces.get(piece) ?? pieces.size
        pieces.set(piece, n)
        return mark(n)
      })
      return String(packs.length)
    },
    packs() {
      close()
      return packs.map((data, n) => ({ n, data }))
    },
  }
}
