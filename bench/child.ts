import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** A program of this folder in a process of its own, started as the tool itself is. */
export function start(program: URL, words: readonly string[] = []): ChildProcessByStdio<null, Readable, null> {
  return spawn(process.execPath, ['--import', 'tsx', fileURLToPath(program), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** The first lines that it writes: fewer if it ends before. */
export async function linesOf(
  child: ChildProcessByStdio<null, Readable, null>,
  count: number,
): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (lines.length === count) break
  }
  return lines
}
