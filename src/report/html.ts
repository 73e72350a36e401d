import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { caseViews } from './case-view.ts'
import type { Explain } from './explain.ts'
import type { InstanceRun, RunModel } from './model.ts'
import { pageView } from './page-view.ts'
import { loadTemplates, shown, type Templates } from './templates.ts'
import { attemptViews, entriesOf } from './timeline-view.ts'

// One file that needs nothing else. What did not pass stands in the page with its reason, and the first of it with the timeline.
// The bulk (all that passed, every octet decoded) is rendered by the same templates, packed, and unpacked when it is looked at.

/** Timelines that stand in the page itself. */
const INLINE = 60
/** From so many cases on the page leaves to the browser which it lays out. */
const MANY = 400
/** Cases in a pack: small enough to open at once, large enough to share what repeats. */
const PACK = 64

/** The run as `report.html`: one self-contained file. */
export function renderHtml(model: RunModel, explain: Explain): string {
  const templates = loadTemplates()
  const views = caseViews(model)
  const packer = packerOf()
  let inline = 0
  const rendered = views.map((view, i) => {
    const instance = model.instances[i]
    const line = instance === undefined ? '' : timeline(instance, explain, templates)
    const here = line !== '' && !view.passed && inline < INLINE
    if (here) inline += 1
    const timelinePack = line === '' || here || view.passed ? '' : packer.add(view.anchor, line)
    const body = templates.body({ ...shown({ ...view, timelinePack }), timeline: here || view.passed ? line : '' })
    const bodyPack = view.passed ? packer.add(view.anchor, body) : ''
    return { view, html: templates.case({ ...shown({ ...view, bodyPack }), body: view.passed ? '' : body }) }
  })
  const between = betweenTimeline(model, explain, templates)
  const page = pageView(model, views)
  return templates.page({
    ...shown(page),
    groups: page.suites.map(({ id, anchor, title, n }) => ({
      ...shown({ id, anchor, title, n }),
      cases: rendered.filter(({ view }) => view.suite === id).map(({ html }) => html),
    })),
    many: views.length >= MANY,
    between,
    packs: packer.packs(),
    style: templates.style,
    script: templates.script,
    styleHash: sha256(templates.style),
    scriptHash: sha256(templates.script),
  })
}

function timeline(instance: InstanceRun, explain: Explain, templates: Templates): string {
  if (instance.attempts.every(({ moments }) => moments.length === 0)) return ''
  return templates.timeline(shown({ attempts: attemptViews(instance.attempts, explain) }))
}

function betweenTimeline({ between }: RunModel, explain: Explain, templates: Templates): string {
  if (between.length === 0) return ''
  const entries = entriesOf(between, 0, explain)
  return templates.timeline(shown({ attempts: [{ title: '', reason: '', entries }] }))
}

/** Collects timelines into packs: deflated JSON, anchor → HTML, as base64. */
function packerOf(): {
  /** The number of the pack. */
  add(anchor: string, html: string): string
  packs(): readonly { readonly n: number; readonly data: string }[]
} {
  const packs: string[] = []
  const open = new Map<string, string>()
  const close = (): void => {
    if (open.size === 0) return
    packs.push(deflateSync(JSON.stringify(Object.fromEntries(open))).toString('base64'))
    open.clear()
  }
  return {
    add(anchor, html) {
      if (open.size === PACK) close()
      open.set(anchor, html)
      return String(packs.length)
    },
    packs() {
      close()
      return packs.map((data, n) => ({ n, data }))
    },
  }
}

const sha256 = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
