import type { Verdict } from '../engine/events.ts'
import { valueText } from './fields.ts'
import type { CaseView } from './case-view.ts'
import { grouped } from './grouped.ts'
import type { RunModel } from './model.ts'
import { clauseName, count, duration, troubleOf, VERDICTS } from './words.ts'

interface Count {
  readonly verdict: Verdict
  readonly n: number
}
interface Pair {
  readonly name: string
  readonly value: string
}
interface Pointer {
  readonly anchor: string
  readonly instance: string
}

/** All of the report's page but its cases. */
export interface PageView {
  readonly title: string
  readonly lead: string
  readonly trouble: { readonly error: string; readonly hint: string } | null
  readonly troubles: readonly string[]
  readonly counts: readonly Count[]
  /** The shares of the verdicts as a bar of 1000 units. */
  readonly bar: readonly (Count & { readonly x: number; readonly width: number })[]
  readonly verdicts: readonly Verdict[]
  readonly suites: readonly SuiteRow[]
  readonly ports: readonly string[]
  readonly findings: readonly (Pointer & {
    readonly verdict: Verdict
    readonly severity: string
    readonly text: string
  })[]
  readonly remarks: readonly {
    readonly text: string
    readonly n: number
    readonly first: readonly Pointer[]
    readonly more: number
  }[]
  readonly meters: readonly MeterView[]
  readonly run: readonly Pair[]
  readonly clauses: readonly { readonly name: string; readonly text: string }[]
}

export interface SuiteRow {
  readonly id: string
  readonly anchor: string
  readonly title: string
  readonly n: number
  readonly counts: readonly { readonly verdict: Verdict; readonly n: number; readonly some: boolean }[]
}

interface MeterView {
  readonly meter: string
  readonly title: string
  readonly simulated: boolean
  readonly facts: readonly Pair[]
  readonly assumed: readonly Pair[]
}

/** So many cases are named under a remark. */
const NAMED = 8

export function pageView(model: RunModel, cases: readonly CaseView[]): PageView {
  const { header, summary, instances } = model
  const trouble = troubleOf(model)
  return {
    title: header.meters.map(({ title }) => title).join(', ') || 'no meter',
    lead: lead(model),
    trouble: trouble === undefined ? null : { error: trouble.error, hint: trouble.hint ?? '' },
    troubles: model.troubles,
    counts: VERDICTS.map((verdict) => ({ verdict, n: summary[verdict] })),
    bar: barOf(summary, instances.length),
    verdicts: VERDICTS,
    suites: suiteRows(model),
    ports: [...new Set(instances.map(({ begun }) => begun.port))],
    findings: findings(model, cases),
    remarks: remarks(cases),
    meters: metersOf(model),
    run: runFacts(model),
    clauses: Object.keys(header.clauses).map((key) => ({
      name: clauseName(key, header.clauses),
      text: header.clauses[key]?.text ?? '',
    })),
  }
}

function lead({ summary, instances, ended }: RunModel): string {
  if (instances.length === 0) return 'Nothing was selected: there is nothing to judge.'
  if (ended !== 'complete') return 'This run did not end as it should: what follows is what was seen until then.'
  const judged = instances.length - summary.INAPPLICABLE
  if (summary.FAILED > 0) return `${summary.FAILED} of ${count(judged, 'applicable case')} failed.`
  if (judged === 0) return 'No case applies to this meter as it is declared.'
  return summary.PASSED === judged
    ? `All ${count(judged, 'applicable case')} passed.`
    : `No case failed, but ${judged - summary.PASSED} of ${count(judged, 'applicable case')} could not be judged.`
}

function barOf(summary: RunModel['summary'], all: number): PageView['bar'] {
  let x = 0
  return VERDICTS.filter((verdict) => summary[verdict] > 0).map((verdict) => {
    const width = Math.round((summary[verdict] / all) * 100_000) / 100
    const part = { verdict, n: summary[verdict], x: Math.round(x * 100) / 100, width }
    x += width
    return part
  })
}

/** Suites in the order of the header, then any that only the stream knows. */
function suiteRows({ header, instances }: RunModel): readonly SuiteRow[] {
  const titles = new Map(header.suites.map(({ id, title }) => [id, title]))
  const order = [...titles.keys()]
  return [...grouped(instances, ({ begun }) => begun.suite)]
    .sort((a, b) => place(order, a[0].begun.suite) - place(order, b[0].begun.suite))
    .map((group) => {
      const id = group[0].begun.suite
      return {
        id,
        anchor: `suite:${id.replace(/\s+/g, '_')}`,
        title: titles.get(id) ?? id,
        n: group.length,
        counts: VERDICTS.map((verdict) => {
          const n = group.filter((instance) => instance.verdict === verdict).length
          return { verdict, n, some: n > 0 }
        }),
      }
    })
}

const place = (order: readonly string[], id: string): number => (order.includes(id) ? order.indexOf(id) : order.length)

/** What did not pass, the worst first. */
function findings({ instances }: RunModel, cases: readonly CaseView[]): PageView['findings'] {
  const all = instances.flatMap(({ verdict }, i) => {
    const view = cases[i]
    return view === undefined || verdict === 'PASSED' || verdict === 'INAPPLICABLE' ? [] : [{ verdict, view }]
  })
  return all
    .sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict))
    .map(({ verdict, view }) => ({
      anchor: view.anchor,
      instance: view.instance,
      verdict,
      severity: view.severity,
      text: view.reason?.text ?? 'no reason given',
    }))
}

function remarks(cases: readonly CaseView[]): PageView['remarks'] {
  const all = cases.flatMap((view) => view.remarks.map(({ text, source }) => ({ view, text, source })))
  return grouped(all, ({ text, source }) => `${text}\n${source}`).map((group) => ({
    text: `${group[0].text}${group[0].source === '' ? '' : ` (${group[0].source})`}`,
    n: group.length,
    first: group.slice(0, NAMED).map(({ view: { anchor, instance } }) => ({ anchor, instance })),
    more: Math.max(0, group.length - NAMED),
  }))
}

const metersOf = ({ header }: RunModel): readonly MeterView[] =>
  header.meters.map(({ meter, title, simulated, identification, hash, ports, assumed }) => ({
    meter,
    title,
    simulated,
    facts: [
      ...Object.entries(identification).map(([name, value]) => ({ name: words(name), value })),
      ...ports.map(({ name, url, profile }) => ({ name: `Port ${name}`, value: `${url} (${profile})` })),
      { name: 'Declaration', value: `${meter}, ${hash}` },
    ],
    assumed: Object.entries(assumed).map(([name, value]) => ({ name, value: valueText(value) })),
  }))

function runFacts({ header, end, instances }: RunModel): readonly Pair[] {
  const { tool, started, seed, command, suites } = header
  return [
    { name: 'Tool', value: `${tool.name} ${tool.version}` },
    { name: 'Started', value: started },
    ...(end ? [{ name: 'Took', value: `${duration(end.at)} in the time of the line` }] : []),
    { name: 'Cases', value: String(instances.length) },
    { name: 'Seed', value: String(seed) },
    { name: 'Command', value: command },
    ...suites.map(({ id, hash }) => ({ name: `Suite ${id}`, value: hash })),
  ]
}

/** `serialNumber` → `Serial number`. */
function words(name: string): string {
  const spread = name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return spread.charAt(0).toUpperCase() + spread.slice(1)
}
