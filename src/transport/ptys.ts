import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Ends a process of the tests and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

/** Waits until something of another process is there. */
export async function until(there: () => boolean): Promise<void> {
  while (!there()) await new Promise((resolve) => setTimeout(resolve, 10))
}

export interface Cable {
  readonly a: string
  readonly b: string
  /** For files of the test; removed at the end. */
  readonly folder: string
  unplug(): Promise<void>
}

/** For tests: two pseudo-terminals joined by socat, like the two ends of a cable. */
export async function cable(): Promise<Cable> {
  const folder = mkdtempSync(join(tmpdir(), 'cable-'))
  const [a, b] = [join(folder, 'a'), join(folder, 'b')]
  const socat = spawn('socat', [`pty,raw,echo=0,link=${a}`, `pty,raw,echo=0,link=${b}`], { stdio: 'ignore' })
  await until(() => existsSync(a) && existsSync(b))
  return {
    a,
    b,
    folder,
    async unplug() {
      await end(socat)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
