import { Command } from 'commander'
import { benchFor } from './bench.ts'
import { readMeter } from './plan.ts'
import { many } from './run.ts'
import { secretsOf } from './secrets.ts'
import { usage } from './usage.ts'

interface RestoreOptions {
  readonly meter?: string
  readonly connect: readonly string[]
  readonly port: readonly string[]
}

export const restoreCommand = (exit: (code: number) => void): Command =>
  new Command('restore')
    .description('finish what an abort left on a meter: write the old values back')
    .option('--meter <file>', 'declaration of the meter')
    .option('--connect <port=url>', 'over this URL', many, [])
    .option('--port <name>', 'over this port', many, [])
    .action(async (options: RestoreOptions) => exit(await restore(options)))

async function restore({ meter, connect, port }: RestoreOptions): Promise<number> {
  if (meter === undefined) return usage('no meter is named', 'Add --meter FILE.')
  const plan = await readMeter(meter, [], { connect, port, case: [], allow: [] })
  const bench = await benchFor(plan, {
    seed: 1,
    secrets: secretsOf(plan),
    emit: () => undefined,
    keepSecret: () => undefined,
    instance: () => undefined,
    retryMs: 0,
  })
  const left: string[] = []
  for (const { name } of plan.ports) {
    const { tester } = await bench.open(name)
    const window = { leastMs: 0, mostMs: 0, lateMs: 0, collect: 'first', layer: 'apdu', asked: [] } as const
    const done = await tester.perform('main', 'restore', {}, window)
    await tester.close()
    if ('refusal' in done) left.push(`${name}: ${done.refusal}`)
    else if (!('success' in done.outcome.names)) left.push(`${name}: ${done.outcome.text}`)
  }
  await bench.close()
  process.stdout.write(
    left.length === 0 ? 'nothing is left to restore\n' : `not restored:\n${left.map((line) => `  ${line}\n`).join('')}`,
  )
  return left.length === 0 ? 0 : 4
}
