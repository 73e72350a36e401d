import type { Codec, Sink, Source } from '../../codec/codec.ts'

/**
 * The contents of an OBJECT IDENTIFIER (X.690 8.19). The value is a name of `names` if it has one, else numbers with
 * dots; either may be written.
 */
export function objectIdentifier<const N extends Readonly<Record<string, string>>>(names: N): Codec<string> {
  const nameOf = new Map(Object.entries(names).map(([name, dotted]) => [dotted, name]))
  const pattern = `${Object.keys(names).join('|')}|[0-2](?:\\.(?:0|[1-9]\\d*))+`
  return {
    shape: { is: 'octets', as: { notation: 'a name or numbers with dots', pattern } },
    write: (to, value) => writeArcs(to, (names[value] ?? value).split('.').map(Number)),
    read(from) {
      const dotted = readArcs(from).join('.')
      return nameOf.get(dotted) ?? dotted
    },
  }
}

function writeArcs(to: Sink, arcs: readonly number[]): void {
  const [first, second, ...others] = arcs
  if (first === undefined || second === undefined || arcs.some((arc) => !Number.isSafeInteger(arc) || arc < 0))
    throw new RangeError(`${arcs.join('.')} is not an object identifier`)
  if (first > 2 || (first < 2 && second > 39))
    throw new RangeError(`no object identifier begins with ${first}.${second}`)
  for (const arc of [first * 40 + second, ...others]) {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left % 128) + 128)
    for (const octet of groups) to.u8(octet)
  }
}

function readArcs(from: Source): readonly number[] {
  const arcs: number[] = []
  const at = from.at
  if (from.left === 0) from.fail('value', at, 'an object identifier', 'nothing')
  while (from.left > 0) {
    let arc = 0
    let octet: number
    do {
      octet = from.u8()
      arc = arc * 128 + (octet & 0x7f)
    } while (octet & 0x80)
    if (!Number.isSafeInteger(arc)) from.fail('value', at, 'numbers up to 2^53', 'a larger one')
    arcs.push(arc)
  }
  const [both = 0, ...others] = arcs
  const first = Math.min(2, Math.floor(both / 40))
  return [first, both - first * 40, ...others]
}
