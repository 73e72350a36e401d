import { Command, InvalidArgumentError } from 'commander'
import { readMeter } from './plan.ts'
import { runMeter, type RunCommandOptions } from './run-meter.ts'
import { runMeters } from './run-meters.ts'
import { usage } from './usage.ts'

export const many = (value: string, before: readonly string[]): readonly string[] => [...before, value]

export const whole = (value: string): number => {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('expected a whole number, 0 or more')
  return number
}

export const runCommand = (exit: (code: number) => void): Command =>
  new Command('run')
    .description('run suites against a meter and write its report')
    .argument('[suite...]', 'suites by name, folder or case file; none: all')
    .option('--meter <file>', 'declaration of the meter (may repeat)', many, [])
    .option(
      '--connect <port=url>',
      'run only the ports named, over these URLs: simulated, tcp://HOST:PORT, udp://HOST:PORT, serial:PATH?baud=9600, rfc2217://HOST:PORT',
      many,
      [],
    )
    .option('--port <name>', 'run only this port', many, [])
    .option('--case <glob>', 'run only instances with such a name (* and ?)', many, [])
    .option(
      '--allow <word>',
      'leave for an effect or a thing touched: persistent, lockout, irreversible; clock, supply, firmware, keys, buffer',
      many,
      [],
    )
    .option('--jobs <n>', 'meters at once', whole, 1)
    .option('--seed <n>', 'seed of all that is random on simulated ports', whole)
    .option('--confirm <n>', 'repeat what noise can do so often before it is FAILED', whole)
    .option('--retry-rung <s>', 'try a rung that is down again after so many seconds', whole, 60)
    .option('--resume <dir>', 'go on with a run that was cut off')
    .option('--lenient', 'exit 0 where something PASSED and nothing worse than INCONCLUSIVE was found')
    .option('--report <dir>', 'where to write; else reports/<time>-<meter>')
    .action(async (suites: readonly string[], options: RunCommandOptions) => {
      const [file, ...more] = options.meter
      if (file === undefined)
        return usage('no meter is named', 'Add --meter FILE, for example --meter meters/reference.json.')
      if (options.jobs !== 1) return usage('--jobs: meters are run one after the other', 'Leave it out.')
      if (more.length > 0) return exit(await runMeters(suites, options))
      exit((await runMeter(await readMeter(file, suites, options), options)).exit)
    })
