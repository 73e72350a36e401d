/** What came over a telnet connection (RFC 854, 855): data, the wish about an option, the content of a subnegotiation. */
export type TelnetItem =
  | { readonly is: 'data'; readonly octets: Uint8Array }
  | { readonly is: Wish; readonly option: number }
  | { readonly is: 'sub'; readonly option: number; readonly octets: Uint8Array }

export type Wish = 'will' | 'wont' | 'do' | 'dont'

const IAC = 255
const SB = 250
const SE = 240
const WISHES: Readonly<Record<number, Wish>> = { 251: 'will', 252: 'wont', 253: 'do', 254: 'dont' }
const CODES: Readonly<Record<Wish, number>> = { will: 251, wont: 252, do: 253, dont: 254 }
/** No subnegotiation of ours is near this long; a peer that never ends one is cut off. */
const LONGEST_SUB = 1024

/** Data as it is sent: each octet FF doubled. */
export function escaped(octets: Uint8Array): Uint8Array {
  const out: number[] = []
  for (const octet of octets) {
    out.push(octet)
    if (octet === IAC) out.push(IAC)
  }
  return Uint8Array.from(out)
}

export const wish = (is: Wish, option: number): Uint8Array => Uint8Array.of(IAC, CODES[is], option)

export const subnegotiation = (option: number, octets: Uint8Array): Uint8Array =>
  Uint8Array.of(IAC, SB, option, ...escaped(octets), IAC, SE)

/** Takes octets as they come, in whatever pieces, and gives what they say. */
export function createTelnetReader(): (octets: Uint8Array) => readonly TelnetItem[] {
  let state: 'data' | 'iac' | 'wish' | 'sub' | 'sub-iac' = 'data'
  let pending: Wish = 'will'
  let sub: number[] = []

  return (octets) => {
    const items: TelnetItem[] = []
    let data: number[] = []
    const flush = () => {
      if (data.length > 0) items.push({ is: 'data', octets: Uint8Array.from(data) })
      data = []
    }
    for (const octet of octets) {
      switch (state) {
        case 'data':
          if (octet === IAC) state = 'iac'
          else data.push(octet)
          break
        case 'iac': {
          const wished = WISHES[octet]
          state = 'data'
          if (octet === IAC) data.push(IAC)
          else if (octet === SB) [state, sub] = ['sub', []]
          else if (wished !== undefined) [state, pending] = ['wish', wished]
          break // NOP, AYT and the like say nothing to us
        }
        case 'wish':
          flush()
          items.push({ is: pending, option: octet })
          state = 'data'
          break
        case 'sub':
          if (octet === IAC) state = 'sub-iac'
          else if (sub.length < LONGEST_SUB) sub.push(octet)
          break
        case 'sub-iac':
          state = 'sub'
          if (octet === IAC) sub.push(IAC)
          if (octet !== SE) break
          flush()
          state = 'data'
          if (sub[0] !== undefined) items.push({ is: 'sub', option: sub[0], octets: Uint8Array.from(sub.slice(1)) })
          break
        default:
          state satisfies never
      }
    }
    flush()
    return items
  }
}
