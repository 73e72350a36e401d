/** Items by a key, groups in the order in which their first member came. */
export function grouped<T>(items: readonly T[], key: (item: T) => string | number): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string | number, [T, ...T[]]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
}
