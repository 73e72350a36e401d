import { Command } from 'commander'
import type { SubCase } from '../language/instances.ts'
import { plainTable } from './table.ts'
import { type PlanOptions, readMeter } from './plan.ts'
import { many } from './run.ts'
import { chooseSuites } from './suites.ts'
import { usage } from './usage.ts'

interface ListOptions {
  readonly meter?: string
  readonly json?: true
  readonly case: readonly string[]
}

/** A line of the list: a case or subtest, or with a meter an instance. */
interface Listed {
  readonly id: string
  readonly suite: string
  readonly title: string
  readonly ports: readonly string[]
  readonly effect: string
  readonly touches: readonly string[]
  readonly subtest?: string
  readonly instance?: string
  readonly inapplicable?: string
  /** Axes whose rows only the meter knows: so many instances at run time. */
  readonly atRunTime?: readonly string[]
}

export const listCommand = (exit: (code: number) => void): Command =>
  new Command('list')
    .description('what would run')
    .argument('[suite...]', 'suites by name, folder or case file; none: all')
    .option('--meter <file>', 'with a declaration: each instance, and why those that do not apply do not')
    .option('--case <glob>', 'only instances with such a name', many, [])
    .option('--json', 'as a JSON array')
    .action(async (suites: readonly string[], options: ListOptions) => {
      const rows =
        options.meter === undefined ? await casesOf(suites, options) : await instancesOf(suites, options.meter, options)
      process.stdout.write(options.json ? `${JSON.stringify(rows, null, 2)}\n` : asTable(rows))
      exit(rows.length === 0 ? 5 : 0)
    })

async function casesOf(suites: readonly string[], options: ListOptions): Promise<readonly Listed[]> {
  if (options.case.length > 0)
    return usage('--case chooses instances, and these depend on the meter', 'Add --meter FILE.')
  const { suites: loaded } = await chooseSuites(suites)
  return loaded.flatMap(({ id, cases }) => cases.flatMap((one) => one.subCases.map((sub) => listed(id, sub))))
}

const listed = (suite: string, sub: SubCase): Listed => ({
  id: sub.id,
  suite,
  title: sub.title,
  ports: sub.ports,
  effect: sub.effect,
  touches: sub.touches,
  ...(sub.subtest === undefined ? {} : { subtest: sub.subtest }),
})

async function instancesOf(suites: readonly string[], meter: string, options: ListOptions): Promise<readonly Listed[]> {
  const none: PlanOptions = { connect: [], port: [], case: options.case, allow: [] }
  const { instances } = await readMeter(meter, suites, none)
  return instances.map((one) => ({
    id: one.id,
    suite: one.suite,
    title: one.title,
    ports: [one.port],
    effect: one.effect,
    touches: one.touches,
    instance: one.name,
    ...(one.subtest === undefined ? {} : { subtest: one.subtest }),
    ...(one.inapplicable === undefined ? {} : { inapplicable: one.inapplicable }),
    ...(one.later === undefined ? {} : { atRunTime: one.later.axes }),
  }))
}

function asTable(rows: readonly Listed[]): string {
  const name = (row: Listed): string =>
    `${row.instance ?? (row.subtest === undefined ? row.id : `${row.id}/${row.subtest}`)}${row.atRunTime ? ' ×n at run time' : ''}`
  return plainTable(
    rows.map((row) => [
      name(row),
      row.effect,
      row.inapplicable === undefined ? row.title : `INAPPLICABLE: ${row.inapplicable}`,
    ]),
  )
}
