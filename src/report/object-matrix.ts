// What a client may do with each attribute and method, by the list that the meter gave, and what the cases that are about it came to.
import type { ListedObject, ObjectListEvent } from '../engine/events.ts'
import { className, interfaceClass } from '../cosem/classes.ts'
import { logicalNameOctets } from '../cosem/logical-name.ts'
import { obisTitle } from '../cosem/obis-title.ts'
import type { CaseView } from './case-view.ts'
import { grouped } from './grouped.ts'
import type { RunModel } from './model.ts'
import { count, VERDICTS } from './words.ts'

/** The objects of one client in one logical device. */
export interface MatrixView {
  readonly anchor: string
  readonly title: string
  /** How many objects, and what the cases about them came to. */
  readonly lead: string
  /** Why there is no list. */
  readonly trouble: string
  /** Attributes by number. */
  readonly columns: readonly number[]
  readonly rows: readonly MatrixRow[]
}

interface MatrixRow {
  readonly name: string
  readonly class: string
  readonly meaning: string
  /** Null: the list does not name this attribute. */
  readonly cells: readonly (Cell | null)[]
  readonly methods: readonly Cell[]
}

interface Cell {
  /** `r`, `w`, `x`; `+`: only in a request that is protected. */
  readonly rights: string
  readonly state: State
  readonly sign: string
  /** Name, rights and state in words. */
  readonly words: string
  /** The case that says so; of several the worst. */
  readonly anchor: string
  readonly id: number
}

/** From the worst to the harmless. */
const STATES = ['FAILED', 'ERROR', 'INCONCLUSIVE', 'remark', 'PASSED', 'INAPPLICABLE', 'untested'] as const
type State = (typeof STATES)[number]

const SIGNS: Readonly<Record<State, string>> = {
  FAILED: '✗',
  ERROR: 'E',
  INCONCLUSIVE: '?',
  remark: '!',
  PASSED: '✓',
  INAPPLICABLE: '–',
  untested: '·',
}

export function matrixViews(model: RunModel, cases: readonly CaseView[]): readonly MatrixView[] {
  const several = model.header.meters.length > 1
  const told = toldBy(cases)
  return grouped(model.objectLists, ({ meter, client, device }) => JSON.stringify([meter, client, device])).map(
    (lists, i) => matrixView(lists.findLast(({ trouble }) => trouble === undefined) ?? lists[0], told, several, i),
  )
}

function matrixView(list: ObjectListEvent, told: Told, several: boolean, index: number): MatrixView {
  const { meter, client, device, objects, trouble } = list
  const cellOf = cellsOf(list, told)
  const columns = [...new Set(objects.flatMap(({ attributes }) => attributes.map((one) => one['attribute-id'])))]
  columns.sort((a, b) => a - b)
  const rows = objects.map((object) => rowOf(object, columns, cellOf))
  return {
    anchor: `objects:${index + 1}`,
    title: `${client} in ${device}${several ? ` of ${meter}` : ''}`,
    lead: trouble === undefined ? leadOf(rows) : 'no list',
    trouble: [
      trouble?.text,
      trouble?.expected && `expected ${trouble.expected}`,
      trouble?.found && `found ${trouble.found}`,
    ]
      .filter(Boolean)
      .join('; '),
    columns,
    rows,
  }
}

function leadOf(rows: readonly MatrixRow[]): string {
  const cells = rows.flatMap((row) => [...row.cells, ...row.methods]).filter((cell) => cell !== null)
  const states = STATES.map((state) => [cells.filter((cell) => cell.state === state).length, state] as const)
  return [count(rows.length, 'object'), ...states.filter(([n]) => n > 0).map(([n, state]) => `${n} ${state}`)].join(
    ', ',
  )
}

type CellOf = (object: ListedObject, kind: Kind, id: number, rights: readonly string[]) => Cell
type Kind = 'attribute' | 'method'

function rowOf(object: ListedObject, columns: readonly number[], cellOf: CellOf): MatrixRow {
  const { 'class-id': classId, version, 'instance-id': name, attributes, methods } = object
  const listed = new Map(attributes.map((one) => [one['attribute-id'], one]))
  const octets = logicalNameOctets(name)
  return {
    name,
    class: `${className(classId) ?? 'class'} (${classId}, version ${version})`,
    meaning: (octets && obisTitle(octets, classId)) ?? '',
    cells: columns.map((id) => {
      const one = listed.get(id)
      return one === undefined ? null : cellOf(object, 'attribute', id, one.rights)
    }),
    methods: methods.map(({ 'method-id': id, rights }) => cellOf(object, 'method', id, rights)),
  }
}

/** Rows of cases have the names that the axes of a list give: `8:0.0.1.0.0.255:2`, and `…~2` for what is listed twice. */
function cellsOf({ client, device }: ObjectListEvent, told: Told): CellOf {
  const seen = new Map<string, number>()
  return (object, kind, id, rights) => {
    const plain = `${object['class-id']}:${object['instance-id']}:${id}`
    const n = (seen.get(`${kind} ${plain}`) ?? 0) + 1
    seen.set(`${kind} ${plain}`, n)
    const row = n === 1 ? plain : `${plain}~${n}`
    const cases = told.get(keyOf(client, device, kind, row)) ?? told.get(keyOf(client, undefined, kind, row)) ?? []
    const [worst] = cases
    const state = worst === undefined ? 'untested' : stateOf(worst)
    const name = nameOf(object, kind, id)
    return {
      id,
      rights: lettersOf(rights),
      state,
      sign: SIGNS[state],
      words: `${kind} ${id}${name === undefined ? '' : ` ${name}`}: ${rights.join(', ') || 'no access'}; ${state}${cases.length > 1 ? ` (the worst of ${cases.length})` : ''}`,
      anchor: worst?.anchor ?? '',
    }
  }
}

function nameOf(object: ListedObject, kind: Kind, id: number): string | undefined {
  const of = interfaceClass(object['class-id'], object.version)
  return (kind === 'attribute' ? of?.attributes : of?.methods)?.find((one) => one.id === id)?.name
}

const LETTERS: Readonly<Record<string, string>> = { read: 'r', write: 'w', invoke: 'x' }

function lettersOf(rights: readonly string[]): string {
  const letters = rights.map((right) => LETTERS[right] ?? '+')
  return [...new Set(letters)].join('') || '-'
}

/** Cases about one attribute or method, the worst first. */
type Told = ReadonlyMap<string, readonly CaseView[]>

const keyOf = (client: string, device: string | undefined, kind: Kind, row: string): string =>
  JSON.stringify([client, device ?? null, kind, row])

function toldBy(cases: readonly CaseView[]): Told {
  const about = cases.flatMap((view) => {
    const { client, device, attribute, method } = axesOf(view.instance)
    const row = attribute ?? method
    if (client === undefined || row === undefined) return []
    return [{ view, key: keyOf(client, device, attribute === undefined ? 'method' : 'attribute', row) }]
  })
  return new Map(
    grouped(about, ({ key }) => key).map((all) => [
      all[0].key,
      all.map(({ view }) => view).sort((a, b) => STATES.indexOf(stateOf(a)) - STATES.indexOf(stateOf(b))),
    ]),
  )
}

function stateOf({ verdict, remarks }: CaseView): State {
  const known = VERDICTS.find((one) => one === verdict) ?? 'ERROR'
  return known === 'PASSED' && remarks.length > 0 ? 'remark' : known
}

/** `X/1[client=reader,attribute=8:0.0.1.0.0.255:2]@hdlc` → the names of its rows. */
function axesOf(instance: string): Readonly<Record<string, string | undefined>> {
  const inside = /\[(.*)\]@[^@]*$/.exec(instance)?.[1] ?? ''
  return Object.fromEntries(
    inside.split(',').map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}
