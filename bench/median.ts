/** The middle one: what the machine does beside the benchmark moves it least. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds that each of these takes: the median of `rounds` turns in which all take part, so that what disturbs one disturbs the others. */
export function compared<Name extends string>(
  tasks: Readonly<Record<Name, () => void>>,
  rounds: number,
): Readonly<Record<Name, number>> {
  const names = Object.keys(tasks) as Name[]
  const times = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const begun = performance.now()
      tasks[name]()
      times.get(name)?.push(performance.now() - begun)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>
}
