import { Command } from 'commander'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gate } from '../report/gate.ts'
import { STREAM, writeReports } from '../report/report.ts'
import { explain } from './explain.ts'
import { usage } from './usage.ts'

export const reportCommand = (exit: (code: number) => void): Command =>
  new Command('report')
    .description('render the reports of a run again, from its stream')
    .argument('<run>', `the folder of a run, or its ${STREAM}`)
    .option('--lenient', 'exit 0 where something PASSED and nothing worse than INCONCLUSIVE was found')
    .action(async (run: string, options: { readonly lenient?: true }) => {
      const folder = folderOf(run)
      const written = await writeReports(folder, explain)
      if (!written.ok)
        return usage(
          `there is no run to render in ${folder}: ${written.failure}`,
          `Name a folder that holds ${STREAM}.`,
        )
      process.stdout.write(`${join(folder, 'report.html')}\n`)
      exit(gate(written.value, { lenient: options.lenient ?? false }))
    })

function folderOf(run: string): string {
  try {
    return statSync(run).isDirectory() ? run : dirname(run)
  } catch {
    return run
  }
}
