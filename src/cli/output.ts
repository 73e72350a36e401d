import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from '../engine/events.ts'
import type { RunModel } from '../report/model.ts'
import { STREAM, writeReports } from '../report/report.ts'
import { explain } from './explain.ts'
import { usage } from './usage.ts'

/** Where a run writes: the stream as it grows, the rest when it has ended. */
export interface Output {
  readonly folder: string
  write(event: Event): void
  /** Closes the stream and renders all reports from it; undefined: they could not be written, and that was said. */
  finish(): Promise<RunModel | undefined>
}

/** So much is kept back at most; what kill -9 leaves holds every finished instance. */
const MOST_KEPT = 64 * 1024

export interface OutputOptions {
  /** A run that was cut off is gone on with, behind what it has written. */
  readonly goOn: boolean
  /** Nothing more can be written (the disk is full …); said on standard error already. */
  readonly onLost: () => void
}

/** Opens the stream in a folder; a folder that cannot be written is told before a meter is asked anything. */
export function createOutput(folder: string, { goOn, onLost }: OutputOptions): Output {
  const file = opened(folder, goOn)
  // What kill -9 cut in half stays on a line of its own.
  let kept = goOn ? '\n' : ''
  let lost = false
  const flush = (): void => {
    try {
      if (!lost) writeFileSync(file, kept)
    } catch (error) {
      lost = true
      process.stderr.write(
        `${join(folder, STREAM)} cannot be written: ${textOf(error)}\n  Make room, and go on with --resume ${folder}.\n`,
      )
      onLost()
    }
    kept = ''
  }
  return {
    folder,
    write(event) {
      kept += `${JSON.stringify(event)}\n`
      if (event.event === 'verdict' || event.event === 'run' || event.event === 'end' || kept.length > MOST_KEPT)
        flush()
    },
    async finish() {
      flush()
      if (!lost) fsyncSync(file)
      closeSync(file)
      if (lost) return undefined
      const written = await writeReports(folder, explain)
      if (written.ok) return written.value
      process.stderr.write(
        `the reports could not be written: ${written.failure}\n  Render them again with: report ${folder}\n`,
      )
      return undefined
    },
  }
}

function opened(folder: string, goOn: boolean): number {
  try {
    mkdirSync(folder, { recursive: true })
    return openSync(join(folder, STREAM), goOn ? 'a' : 'w')
  } catch (error) {
    return usage(
      `the report folder ${folder} cannot be written (${textOf(error)})`,
      'Give another one with --report DIR.',
    )
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** `reports/<time>-<what>`: a name that sorts by time and needs no quoting. */
export const folderFor = (what: string, now: Date): string =>
  join('reports', `${now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)}-${what}`)
