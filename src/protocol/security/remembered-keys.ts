// Keys are used over and over, and what belongs to one costs more than a signature: it is worked out once.
import { hex } from '../../codec/value.ts'
import type { Curve } from './curves.ts'

/** So many of a kind: the keys of a meter and of its clients, and some that come and go. */
const MOST = 64

/** The same function, which knows the answers for the last few keys. */
export function remembered<T>(make: (curve: Curve, key: Uint8Array) => T): (curve: Curve, key: Uint8Array) => T {
  const known = new Map<string, { readonly made: T }>()
  return (curve, key) => {
    const name = `${curve} ${hex(key)}`
    const found = known.get(name) ?? { made: make(curve, key) }
    // what was asked for last goes last
    known.delete(name)
    known.set(name, found)
    const [oldest] = known.keys()
    if (known.size > MOST && oldest !== undefined) known.delete(oldest)
    return found.made
  }
}
