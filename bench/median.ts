import { Bench } from 'tinybench'

/** The middle one: what the machine does beside the benchmark moves it least. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds that each of these takes: the middle of what it took in a third of a second. */
export async function compared<Name extends string>(
  tasks: Readonly<Record<Name, () => void>>,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(tasks) as Name[]
  const bench = new Bench({ time: 300, warmupTime: 100 })
  for (const name of names) bench.add(name, tasks[name])
  await bench.run()
  const of = (name: Name): number => {
    const result = bench.getTask(name)?.result
    return result !== undefined && 'latency' in result ? result.latency.p50 : Number.NaN
  }
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, number>
}
