// What is made of the same things again and again is made once.

/** So many results are kept; then it begins anew: a run may have any number of things. */
const MOST = 1024

/** Gives what was made of a thing before, or makes it; it is kept as long as the thing is. */
export function rememberedOf<K extends object, T extends object>(make: (thing: K) => T): (thing: K) => T {
  const known = new WeakMap<K, T>()
  return (thing) => {
    const before = known.get(thing)
    if (before !== undefined) return before
    const made = make(thing)
    known.set(thing, made)
    return made
  }
}

/** Gives what was made for a key before, or makes it. */
export function remembered<T>(most = MOST): (key: string, make: () => T) => T {
  const known = new Map<string, T>()
  return (key, make) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const made = make()
    if (known.size >= most) known.clear()
    known.set(key, made)
    return made
  }
}
