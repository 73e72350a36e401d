import { spawnSync } from 'node:child_process'
import type { Context, RootHookObject, Suite } from 'mocha'

/** Why tests were left out, in plain words. */
const words = new Set<string>()

/** Skips the test, or all tests of a suite, on a machine without these programs. */
export function needs(context: Context, ...programs: readonly string[]): void {
  const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0)
  if (missing.length === 0) return
  words.add(`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not on this machine`)
  context.skip()
}

/** Loaded by mocha before all tests: tells at the end how many were skipped, and with DLMS_NO_SKIPS=1 fails then. */
export const mochaHooks: RootHookObject = {
  afterAll(this: Context) {
    const titles: string[] = []
    rootOf(this).eachTest((test) => {
      if (test.isPending()) titles.push(test.fullTitle())
    })
    if (titles.length === 0) return
    const lines = [...titles.map((title) => `skipped: ${title}`), ...[...words].map((word) => `because ${word}`)]
    const count = `${titles.length} ${titles.length === 1 ? 'test was' : 'tests were'} skipped`
    process.stdout.write(`\n${[...lines, count].join('\n')}\n`)
    if (process.env['DLMS_NO_SKIPS'] === '1') throw new Error(`${count}, and DLMS_NO_SKIPS=1 allows none`)
  },
}

function rootOf(context: Context): Suite {
  let suite = context.test?.parent
  while (suite?.parent) suite = suite.parent
  if (suite === undefined) throw new Error('a hook runs outside of all suites')
  return suite
}
