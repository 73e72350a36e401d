import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { safeText } from './safe-text.ts'

// The templates of this repository, and only those. They see plain values in which every text has been made safe to show.

const FOLDER = new URL('../../templates/', import.meta.url)
const file = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8')

export type Template = (view: object) => string

export interface Templates {
  readonly page: Template
  readonly index: Template
  readonly case: Template
  readonly body: Template
  readonly timeline: Template
  readonly matrix: Template
  readonly unit: Template
  readonly unitFields: Template
  readonly style: string
  readonly script: string
}

/** Reads and compiles the templates. A name that a view lacks is an error, not an empty place. */
export function loadTemplates(): Templates {
  const handlebars = Handlebars.create()
  handlebars.registerHelper('fragment', (id: string) => `#${encodeURIComponent(id)}`)
  handlebars.registerPartial('fields', file('fields.hbs'))
  handlebars.registerPartial('cell', file('cell.hbs').trim())
  handlebars.registerPartial('security', file('security.hbs'))
  const compile = (name: string): Template => {
    const template = handlebars.compile<unknown>(file(name), {
      strict: true,
      knownHelpersOnly: true,
      knownHelpers: { fragment: true },
    })
    return (view) => template(view)
  }
  return {
    page: compile('report.hbs'),
    index: compile('index.hbs'),
    case: compile('case.hbs'),
    body: compile('body.hbs'),
    timeline: compile('timeline.hbs'),
    matrix: compile('matrix.hbs'),
    unit: compile('unit.hbs'),
    unitFields: compile('unit-fields.hbs'),
    style: file('report.css').trim(),
    script: file('report.js').trim(),
  }
}

/** A view in which every text is safe to show, at any depth. */
export function shown<T>(view: T): T
export function shown(view: unknown): unknown {
  if (typeof view === 'string') return safeText(view)
  if (Array.isArray(view)) return view.map((element: unknown) => shown(element))
  if (typeof view !== 'object' || view === null) return view
  const safe: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(view)) safe[name] = shown(value as unknown)
  return safe
}
