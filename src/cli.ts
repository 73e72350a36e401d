import { Command, CommanderError } from 'commander'
import { declareCommand } from './cli/declare.ts'
import { decodeCommand } from './cli/decode.ts'
import { listCommand } from './cli/list.ts'
import { proveCommand } from './cli/prove.ts'
import { reportCommand } from './cli/report.ts'
import { restoreCommand } from './cli/restore.ts'
import { runCommand } from './cli/run.ts'
import { simulateCommand } from './cli/simulate.ts'
import { USAGE, Usage } from './cli/usage.ts'
import { validateCommand } from './cli/validate.ts'
import { VERSION } from './cli/version.ts'

/** The entry: one small file a command; each gives its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  let code = 0
  const program = new Command('dlms-conformance')
    .description('Conformance tests for meters that speak DLMS/COSEM (IEC 62056)')
    .version(VERSION)
    .showHelpAfterError('(add --help for what can be said)')
    .exitOverride()
  const commands = [
    runCommand,
    listCommand,
    validateCommand,
    declareCommand,
    simulateCommand,
    proveCommand,
    decodeCommand,
    reportCommand,
    restoreCommand,
  ]
  for (const make of commands)
    program.addCommand(
      make((result) => (code = result))
        .exitOverride()
        .showHelpAfterError(true),
    )
  try {
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE
    if (!(error instanceof Usage)) throw error
    process.stderr.write(`${error.message}\n`)
    return USAGE
  }
}

process.exitCode = await main(process.argv.slice(2))
