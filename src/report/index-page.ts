import { createHash } from 'node:crypto'
import type { RunModel } from './model.ts'
import { loadTemplates, shown } from './templates.ts'
import { troubleOf, VERDICTS } from './words.ts'

/** A run in a folder of its own, when several meters were tested at once. */
export interface IndexEntry {
  /** Name of the folder, beside the index. */
  readonly folder: string
  readonly run: RunModel
}

/** `index.html` over the reports of several meters: what each one came to, and the way there. */
export function renderIndex(entries: readonly IndexEntry[]): string {
  const { index, style } = loadTemplates()
  const view = {
    verdicts: VERDICTS,
    entries: entries.map(({ folder, run }) => ({
      href: `${encodeURIComponent(folder)}/report.html`,
      title: run.header.meters.map(({ title }) => title).join(', ') || folder,
      trouble: troubleOf(run)?.error ?? '',
      counts: VERDICTS.map((verdict) => ({ verdict, n: run.summary[verdict], some: run.summary[verdict] > 0 })),
      n: run.instances.length,
    })),
  }
  return index({ ...shown(view), style, styleHash: `sha256-${createHash('sha256').update(style).digest('base64')}` })
}
