// Octets that nobody wants to write out, by name: `{"set": {"nested-arrays": 1000}}`.
import type { Value } from '../../codec/value.ts'
import { isRecord } from '../../protocol/json.ts'

/** An array, or a structure, of one element: the count is the second octet. */
const nested =
  (tag: string) =>
  (levels: number): string =>
    `${`${tag}01`.repeat(levels)}00`

const BODIES: Readonly<Record<string, (count: number) => string>> = {
  'nested-arrays': nested('01'),
  'nested-structures': nested('02'),
  zeros: (count) => '00'.repeat(count),
}

/** No stimulus needs more. */
const MOST = 100_000

/** An operator with its body written out; as it is where it has none. */
export function writtenOut(operator: Value): Value {
  const body = isRecord(operator) ? operator['set'] : undefined
  if (!isRecord(body)) return operator
  const [[name = '', count] = [], ...more] = Object.entries(body)
  const make = Object.hasOwn(BODIES, name) ? BODIES[name] : undefined
  const fits = typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MOST
  return make && fits && more.length === 0 ? { set: make(count) } : operator
}
