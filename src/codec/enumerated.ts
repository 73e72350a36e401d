import { u8 } from './fixed.ts'
import { fixedSize } from './shape.ts'
import type { Codec } from './definition.ts'

/** Names of numbers. */
export type Names = Readonly<Record<string, number>>

/** Numbers that the standard names, in one octet or as `codec` writes them. A number without a name stays a number. */
export function enumerated<const N extends Names>(
  names: N,
  codec: Codec<number> = u8,
): Codec<(keyof N & string) | number> {
  const byNumber = new Map<number, keyof N & string>()
  for (const name of Object.keys(names)) byNumber.set(names[name] as number, name)
  return {
    shape: { is: 'integer', size: fixedSize(codec.shape) ?? 1, names },
    write(to, value) {
      const number = typeof value === 'number' ? value : names[value]
      if (number === undefined) throw new RangeError(`no number is called ${String(value)}`)
      codec.write(to, number)
    },
    read(from) {
      const at = from.at
      const number = codec.read(from)
      const name = byNumber.get(number)
      if (name === undefined && byNumber.size > 0)
        from.note('undefined', at, 'a number that the standard defines', `${number}`)
      return name ?? number
    },
  }
}
