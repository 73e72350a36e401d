import { createHash } from 'node:crypto'
import { caseViews } from './case-view.ts'
import type { Explain } from './explain.ts'
import type { RunModel } from './model.ts'
import { pageView } from './page-view.ts'
import { matrixViews } from './object-matrix.ts'
import { packerOf } from './pack.ts'
import { securityView } from './security-view.ts'
import { loadTemplates, shown } from './templates.ts'
import { timelines } from './timeline-html.ts'

// One file that needs nothing else. What did not pass stands in the page with its reason, and the first of it with the timeline.
// The bulk (all that passed, every octet decoded) is rendered by the same templates, packed, and unpacked when it is looked at.

/** Timelines that stand in the page itself: so many, and no more once they are so long together. */
const INLINE = 60
const INLINE_LENGTH = 600_000
/** From so many cases on the page leaves to the browser which it lays out. */
const MANY = 400

/** The run as `report.html`: one self-contained file. */
export function renderHtml(model: RunModel, explain: Explain): string {
  const templates = loadTemplates()
  const views = caseViews(model)
  const lines = timelines(explain, templates)
  const packer = packerOf(lines.shared)
  const here = (html: string): string => lines.shared.replace(html, (piece) => piece)
  let inline = 0
  let length = 0
  const rendered = views.map((view, i) => {
    const instance = model.instances[i]
    const line = instance === undefined ? '' : lines.of(instance)
    const stays = line !== '' && !view.passed && inline < INLINE && length < INLINE_LENGTH
    const timeline = stays ? here(line) : view.passed ? line : ''
    if (stays) {
      inline += 1
      length += timeline.length
    }
    const timelinePack = line === '' || stays || view.passed ? '' : packer.add(view.anchor, line)
    const body = templates.body({
      ...shown({ ...view, timelinePack }),
      timeline,
    })
    const bodyPack = view.passed ? packer.add(view.anchor, body) : ''
    return { view, html: templates.case({ ...shown({ ...view, bodyPack }), body: view.passed ? '' : body }) }
  })
  const between = here(lines.between(model.between))
  const page = pageView(model, views)
  const matrices = matrixViews(model, views).map((view) => {
    const { anchor, title, lead } = view
    return shown({ anchor, title, lead, pack: packer.add(anchor, templates.matrix(shown(view))) })
  })
  return templates.page({
    ...shown(page),
    groups: page.suites.map(({ id, anchor, title, n }) => ({
      ...shown({ id, anchor, title, n }),
      cases: rendered.filter(({ view }) => view.suite === id).map(({ html }) => html),
    })),
    matrices,
    security: shown(securityView(model, views, explain)),
    many: views.length >= MANY,
    between,
    packs: packer.packs(),
    style: templates.style,
    script: templates.script,
    styleHash: sha256(templates.style),
    scriptHash: sha256(templates.script),
  })
}

const sha256 = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
