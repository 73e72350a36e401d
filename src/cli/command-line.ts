import type { RunCommandOptions } from './run-meter.ts'

/** The words of a run that can be given again, without those that only say where it writes. */
export function commandLine(options: RunCommandOptions): string {
  const repeated = (name: string, values: readonly string[]): readonly string[] =>
    values.flatMap((value) => [name, quoted(value)])
  const one = (name: string, value: string | number | undefined): readonly string[] =>
    value === undefined ? [] : [name, quoted(String(value))]
  return [
    'npx tsx src/cli.ts run',
    ...repeated('--meter', options.meter),
    ...repeated('--connect', options.connect),
    ...repeated('--allow', options.allow),
    ...one('--seed', options.seed),
    ...one('--confirm', options.confirm),
  ].join(' ')
}

/** The command that repeats just this instance. */
export const rerunOf = (command: string, instance: string): string => `${command} --case ${quoted(instance)}`

/** As a shell takes it as one word. */
export const quoted = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
