// The one fault of a message: wrong values before encoding, damaged octets after. Paths begin with the name of a layer or of a message in it.
import { checkDamage, type Damages, type Node, type Operator } from '../codec/codec.ts'
import { locate, nearestNames, segments } from '../codec/path.ts'
import { fail, ok, type Result, type Value } from '../codec/value.ts'
import { isList, isRecord, type JsonRecord, type MessageFailure } from './json.ts'
import type { StackLayer } from './layer.ts'

/** `absent` removes a field. */
export interface Fault {
  readonly wrong?: Readonly<Record<string, Value>>
  readonly damage?: Damages
}

/** A path of a fault, and what it does to the layer it names. */
export interface Assigned {
  /** As the suite writes it. */
  readonly path: string
  readonly layer: StackLayer
  /** Which piece, counted from 1; undefined where the path does not say. */
  readonly piece: number | 'last' | undefined
  /** The path inside the layer; empty for the whole. */
  readonly inside: string
  readonly fault: { readonly wrong: Value } | { readonly damage: Operator }
}

/** Gives each path of a fault to its layer. */
export function assign(stack: readonly StackLayer[], fault: Fault): Result<readonly Assigned[], MessageFailure> {
  const assigned: Assigned[] = []
  const parts: readonly (readonly [string, Assigned['fault']])[] = [
    ...Object.entries(fault.wrong ?? {}).map(([path, wrong]) => [path, { wrong }] as const),
    ...Object.entries(fault.damage ?? {}).map(([path, damage]) => [path, { damage }] as const),
  ]
  for (const [path, each] of parts) {
    const place = placeOf(stack, path)
    if (!place.ok) return place
    assigned.push({ path, ...place.value, fault: each })
  }
  return ok(assigned)
}

type Place = Pick<Assigned, 'layer' | 'piece' | 'inside'>

function placeOf(stack: readonly StackLayer[], path: string): Result<Place, MessageFailure> {
  const [, head = '', index, inside = ''] = /^([^.[]+)(?:\[([^\]]*)\])?\.?(.*)$/.exec(path) ?? []
  const layer = stack.find(({ name, aliases }) => name === head || aliases.includes(head))
  if (layer !== undefined) {
    const piece = index === undefined ? undefined : index === 'last' ? index : Number(index)
    if (piece !== undefined && piece !== 'last' && !(piece >= 1)) return fail(noSuchLayer(stack, path, head))
    return ok({ layer, piece, inside })
  }
  const holder = stack.find((each) => knows(each, path, head))
  return holder === undefined
    ? fail(noSuchLayer(stack, path, head))
    : ok({ layer: holder, piece: undefined, inside: path })
}

/** The name of a message inside, or of a field that no other layer above has. */
function knows({ message }: StackLayer, path: string, head: string): boolean {
  return message.fields.includes(head) || checkDamage(message.codec.shape, path, 'repeat')?.is !== 'no-such-field'
}

function noSuchLayer(stack: readonly StackLayer[], path: string, head: string): MessageFailure {
  const names = stack.flatMap(({ name, aliases }) => [name, ...aliases])
  return { is: 'no-such-layer', path, expected: names.join(', '), found: head, candidates: nearestNames(head, names) }
}

/** What a suite says with one value replaced, or removed. A name may lie deeper than it is written. */
export function withWrong(
  said: JsonRecord,
  { path, inside, fault }: Assigned,
  fields: readonly string[],
): Result<JsonRecord, MessageFailure> {
  if (!('wrong' in fault)) return ok(said)
  const names = segments(inside)
  const [first] = names
  const changed = first === undefined ? undefined : replaced(said, names, fault.wrong)
  if (changed !== undefined) {
    if (JSON.stringify(changed) !== JSON.stringify(said)) return ok(changed)
    return fail({
      is: 'changes-nothing',
      path,
      expected: 'another value',
      found: JSON.stringify(fault.wrong),
      candidates: [],
    })
  }
  if (first === undefined || !fields.includes(first)) {
    return fail({
      is: 'no-such-field',
      path,
      expected: 'a field',
      found: inside,
      candidates: nearestNames(first ?? '', [...fields, ...namesIn(said)]),
    })
  }
  return ok({ ...said, [first]: nested(names.slice(1), fault.wrong) })
}

/** Undefined: there is no such name in `value`, at any depth. */
function replaced(value: JsonRecord, names: readonly string[], wrong: Value): JsonRecord | undefined {
  const [first, ...others] = names
  if (first === undefined) return undefined
  const here = value[first]
  if (here !== undefined) {
    if (others.length === 0) {
      const { [first]: _removed, ...kept } = value
      return wrong === 'absent' ? kept : { ...value, [first]: wrong }
    }
    const inner = within(here, others, wrong)
    return inner === undefined ? undefined : { ...value, [first]: inner }
  }
  for (const [name, each] of Object.entries(value)) {
    const inner = isRecord(each) ? replaced(each, names, wrong) : undefined
    if (inner !== undefined) return { ...value, [name]: inner }
  }
  return undefined
}

/** Directly below `value`: a name, which need not be there yet, or an element. */
function within(value: Value, names: readonly string[], wrong: Value): Value | undefined {
  const [first = '', ...others] = names
  if (isList(value)) {
    const at = Number(/^\[(\d+)\]$/.exec(first)?.[1]) - 1
    const element = value[at]
    if (element === undefined) return undefined
    if (others.length === 0)
      return wrong === 'absent' ? value.filter((_, index) => index !== at) : value.with(at, wrong)
    const inner = within(element, others, wrong)
    return inner === undefined ? undefined : value.with(at, inner)
  }
  if (!isRecord(value)) return undefined
  return (
    replaced(value, names, wrong) ?? (wrong === 'absent' ? undefined : { ...value, [first]: nested(others, wrong) })
  )
}

const nested = (names: readonly string[], value: Value): Value =>
  names.reduceRight<Value>((inner, name) => ({ [name]: inner }), value)

const namesIn = (value: Value): readonly string[] =>
  isRecord(value) ? Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]) : []

/** The field that a path names in a tree; undefined: it is not there, or the path names several. */
export function findNode(tree: Node, path: string): Node | undefined {
  const found = new Set(locate(tree.children.map(branch), path).map(({ node }) => node))
  const [only] = found
  return found.size === 1 ? only : undefined
}

interface Branch {
  readonly name: string
  readonly kind: Node['kind']
  readonly node: Node
  below(): readonly Branch[]
}

const branch = (node: Node): Branch => ({
  name: node.name,
  kind: node.kind,
  node,
  below: () => node.children.map(branch),
})
