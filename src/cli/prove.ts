import { Command } from 'commander'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { prove, type Proof } from '../prove/prove.ts'
import type { Subject } from '../prove/subject.ts'
import { HOME } from './files.ts'
import { readDeclaration, readDescription } from './meter.ts'
import { chooseSuites } from './suites.ts'
import { selectionOf } from '../engine/select.ts'

interface ProveOptions {
  readonly full?: true
  readonly json?: true
}

export const proveCommand = (exit: (code: number) => void): Command =>
  new Command('prove')
    .description('the kill matrix: shows that each case catches the defects that it names')
    .argument('[suite...]', 'suites by name, folder or case file; none: all')
    .option('--full', 'each defect against each case')
    .option('--json', 'as JSON')
    .action(async (names: readonly string[], options: ProveOptions) => {
      const { suites } = await chooseSuites(names)
      const selections = suites.map(selectionOf)
      const live = process.stderr.isTTY
      const proof = await prove(selections, subjects(), {
        full: options.full ?? false,
        ...(live ? { onProgress: (done, of) => void process.stderr.write(`\r${done} of ${of}`) } : {}),
      })
      if (live) process.stderr.write('\r\u001B[K')
      process.stdout.write(options.json ? `${JSON.stringify(proof, null, 2)}\n` : asText(proof))
      exit(LISTS.every((list) => proof[list].length === 0) ? 0 : 1)
    })

const LISTS = ['unproven', 'uncaught', 'falseFailures', 'wrongReason', 'unexercised'] as const

/** The built-in meters: between them every case applies. */
export function subjects(): readonly Subject[] {
  const types = readdirSync(join(HOME, 'meters', 'types')).filter(
    (name) => name.endsWith('.json') && name !== 'base.json',
  )
  return [
    join(HOME, 'meters', 'reference.json'),
    ...types.sort().map((name) => join(HOME, 'meters', 'types', name)),
  ].map((file) => {
    const declaration = readDeclaration(file)
    return { declaration, description: readDescription(declaration) }
  })
}

function asText(proof: Proof): string {
  const lines = LISTS.flatMap((list) =>
    proof[list].map(
      (item) =>
        `${list}: ${typeof item === 'string' ? item : `${item.case} ${item.defect} (${item.clauses.join(' ')})`}`,
    ),
  )
  const kills = Object.values(proof.kills).reduce((sum, one) => sum + one.length, 0)
  return [
    ...proof.notes,
    ...lines,
    `${proof.cases} cases, ${proof.defects} defects, ${kills} kills shown, ${lines.length} findings`,
    '',
  ].join('\n')
}
