// What the meter accepted under which protection, and how it answered: told from what passed, judged by nobody.
import type { TrafficEvent } from '../engine/events.ts'
import { unmasked, type Explain, type Field } from './explain.ts'
import { apduJoiner, apduOf } from './messages.ts'
import type { Passed } from './model.ts'
import { checkWords, kindWords } from './protection-words.ts'

/** Requests of a client in one form, under one kind of protection. */
export interface Answers {
  readonly client: string
  /** `glo`, `general-ciphering › general-signing`; `none`: not protected. */
  readonly form: string
  readonly kind: string
  readonly requests: number
  readonly positive: number
  /** By what, and how often. */
  readonly refused: Tally
  /** What came instead of an answer. */
  readonly otherwise: Tally
  /** Kind of protection of the answers, and how often. */
  readonly protectedBy: Tally
}
export type Tally = ReadonlyMap<string, number>

interface Open extends Answers {
  requests: number
  positive: number
  readonly refused: Map<string, number>
  readonly otherwise: Map<string, number>
  readonly protectedBy: Map<string, number>
}

/** A connection. `client`: whose association it is, as far as anything protected told it. */
interface Watched {
  client?: string
  /** Protections within each other, the outer one first, as long as the innermost is due. */
  layers: readonly Layer[]
  asked?: Open
}
interface Layer {
  readonly form: string
  readonly kind: string
}

const NONE: Layer = { form: 'none', kind: 'none' }
const REQUEST = /^(get|set|action|read|write|access)-request/
const ANSWER = /^((get|set|action|read|write|access|exception)-response|confirmed-service-error)/
const PROTECTED = /^(glo|ded|general-glo|general-ded|general-ciphering|general-signing)\b/

/** Rows in the order in which they were first asked. */
export function answersOf(passed: Iterable<Passed>, explain: Explain): readonly Answers[] {
  const rows = new Map<string, Open>()
  const lines = new Map<string, Watched>()
  const joined = apduJoiner()

  const ask = (line: Watched, client: string, layers: readonly Layer[]): void => {
    settle(line, 'no answer')
    const [form, kind] = [told(layers, 'form'), told(layers, 'kind')]
    const name = JSON.stringify([client, form, kind])
    const row = rows.get(name) ?? { client, form, kind, requests: 0, positive: 0, ...nothing() }
    rows.set(name, row)
    row.requests += 1
    line.asked = row
  }
  const answer = (line: Watched, tree: Field | undefined, layers: readonly Layer[]): void => {
    const row = line.asked
    if (row === undefined) return
    delete line.asked
    add(row.protectedBy, told(layers, 'kind'))
    const refusal = tree && refusalIn(tree)
    if (tree === undefined) add(row.otherwise, 'answer that could not be deciphered')
    else if (refusal === undefined) row.positive += 1
    else add(row.refused, refusal)
  }
  const treeOf = (hex: string, direction: TrafficEvent['direction']): Field | undefined =>
    explain.apdu(unmasked(hex).octets, direction).tree.children[0]

  for (const event of passed) {
    const name = `${event.port} ${event.connection}`
    const line = lines.get(name) ?? { layers: [] }
    lines.set(name, line)
    if (event.event === 'protection') {
      const { direction, apdu } = event
      const tree = apdu === undefined ? undefined : treeOf(apdu, direction)
      const layers = [...line.layers, layerOf(event)]
      line.client = event.client
      line.layers = tree !== undefined && PROTECTED.test(tree.name) ? layers : []
      if (line.layers.length > 0) continue
      if (direction === 'sent' && REQUEST.test(tree?.name ?? plainName(event.name))) ask(line, event.client, layers)
      if (direction === 'received' && (tree === undefined || ANSWER.test(tree.name))) answer(line, tree, layers)
      continue
    }
    line.layers = []
    const unit = joined(event)
    if (ENDS.has(unit.is)) settle(line, `connection ${unit.is}`)
    const opens = unit.is === 'opened' || (unit.direction === 'sent' && unit.names.includes('aarq'))
    if (opens) {
      settle(line, 'no answer')
      delete line.client
    }
    const hex = line.client === undefined ? undefined : apduOf(unit)
    if (hex === undefined || line.client === undefined || PROTECTED.test(unit.names.at(-1) ?? '')) continue
    const tree = treeOf(hex, unit.direction)
    if (tree === undefined) continue
    if (unit.direction === 'sent' && REQUEST.test(tree.name)) ask(line, line.client, [NONE])
    if (unit.direction === 'received' && ANSWER.test(tree.name)) answer(line, tree, [NONE])
  }
  for (const line of lines.values()) settle(line, 'no answer')
  return [...rows.values()]
}

const ENDS: ReadonlySet<TrafficEvent['is']> = new Set(['opened', 'closed', 'reset', 'refused'])

const nothing = () => ({
  refused: new Map<string, number>(),
  otherwise: new Map<string, number>(),
  protectedBy: new Map<string, number>(),
})

const add = (tally: Map<string, number>, what: string): unknown => tally.set(what, (tally.get(what) ?? 0) + 1)

function settle(line: Watched, what: string): void {
  if (line.asked !== undefined) add(line.asked.otherwise, what)
  delete line.asked
}

const told = (layers: readonly Layer[], what: keyof Layer): string => layers.map((layer) => layer[what]).join(' › ')

/** What is wrong is told with it: it was damaged on purpose, or it came so. */
const layerOf = (event: Extract<Passed, { event: 'protection' }>): Layer => ({
  form: event.name.startsWith('general-')
    ? event.name.replace(/^(general-(?:glo|ded))-ciphering$/, '$1')
    : event.name.slice(0, 3),
  kind: `${kindWords(event)}${event.verified === 'wrong' ? `, ${checkWords(event)}` : ''}`,
})

/** What lies beneath a service-specific form, by its name. */
const plainName = (name: string): string => name.replace(/^(glo|ded)-/, '')

/** Why an answer is no success: by the names of what it says. */
function refusalIn(tree: Field): string | undefined {
  if (tree.name === 'confirmed-service-error' || tree.name === 'exception-response')
    return `${tree.name}: ${textsIn(tree).join(', ')}`
  const said = resultsIn(tree).filter((text) => text !== 'success')
  return said.length === 0 ? undefined : [...new Set(said)].join(', ')
}

/** What carries values is passed over: they may say anything. */
const VALUES: ReadonlySet<string> = new Set(['data', 'raw-data', 'return-parameters', 'invoke-id-and-priority'])
const ERRORS: ReadonlySet<string> = new Set(['data-access-result', 'data-access-error'])

function resultsIn(field: Field): readonly string[] {
  if (VALUES.has(field.name)) return []
  if (ERRORS.has(field.name)) return field.children.filter(({ name }) => name === 'contents').flatMap(textsIn)
  if (typeof field.value === 'string' && IS_RESULT.test(field.name)) return [field.value]
  return field.children.flatMap(resultsIn)
}

/** One, or one of a list. */
const IS_RESULT = /^(result|\[\d+\])$/

const textsIn = ({ name, value, children }: Field): readonly string[] =>
  name === 'tag' ? [] : [...(typeof value === 'string' ? [value] : []), ...children.flatMap(textsIn)]
