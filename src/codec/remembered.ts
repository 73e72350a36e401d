// What is made of the same things again and again is made once.

/** So many results are kept; then it begins anew: a run may have any number of things. */
const MOST = 1024

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
