// A message as a stack of layers, each an octet space of its own, with one fault in it. Lower layers are built from what the damaged
// layer has become, and what is derived in them is computed over it: exactly one thing is wrong.
import type { Built, Node } from '../codec/codec.ts'
import { widthOf } from '../codec/bit-damage.ts'
import { applyOperator, type Operator } from '../codec/operator.ts'
import { fail, hex, ok, unhex, type Result, type Value } from '../codec/value.ts'
import { assign, findNode, withWrong, type Assigned, type Fault } from './fault.ts'
import { carried, describe, markOf, type FaultMark } from './fault-mark.ts'
import type { JsonRecord, MessageFailure } from './json.ts'
import type { Stack, StackLayer } from './layer.ts'
import { buildMessage, type Message } from './messages.ts'

export interface ComposedLayer {
  /** `aarq`, `llc`, `hdlc`, `hdlc[2]`, `wrapper`. */
  readonly name: string
  readonly octets: Uint8Array
  readonly tree: Node
  readonly marks: readonly FaultMark[]
}

/** What goes on the line as one: a frame, a WPDU, a message of sign-on. Marks of all layers, as ranges of these octets. */
export interface Unit {
  readonly octets: Uint8Array
  readonly marks: readonly FaultMark[]
}

/** Layers from the top down; several frames are layers of their own, and as many units. */
export interface Composition {
  readonly layers: readonly ComposedLayer[]
  readonly units: readonly Unit[]
}

/** Builds a stack. A fault that names no field, or several, or changes nothing is refused. */
export function compose(stack: Stack, fault: Fault = {}): Result<Composition, MessageFailure> {
  const assigned = assign(stack, fault)
  if (!assigned.ok) return assigned
  const faulty = composeLayers(stack, assigned.value)
  if (!faulty.ok || assigned.value.length === 0) return faulty
  const twin = composeLayers(stack, [])
  if (twin.ok && lineOf(twin.value) === lineOf(faulty.value)) {
    const [first] = assigned.value
    return fail({
      is: 'changes-nothing',
      path: first?.path ?? '',
      expected: 'other octets',
      found: lineOf(twin.value),
      candidates: [],
    })
  }
  return faulty
}

const lineOf = ({ units }: Composition): string => units.map(({ octets }) => hex(octets)).join(' ')

/** A layer of one octet space on its way down. */
interface Piece extends ComposedLayer {
  /** The part of the payload that it carries. */
  readonly carries: { readonly from: number; readonly to: number }
}

function composeLayers(stack: Stack, faults: readonly Assigned[]): Result<Composition, MessageFailure> {
  const layers: ComposedLayer[] = []
  let units: readonly Piece[] = []
  let payload: Uint8Array = new Uint8Array(0)
  let marks: readonly FaultMark[] = []
  for (const layer of stack) {
    const built = buildLayer(
      layer,
      payload,
      faults.filter((each) => each.layer === layer),
    )
    if (!built.ok) return built
    units = built.value.map((piece) => ({
      ...piece,
      marks: [...marks.flatMap((mark) => carried(mark, piece)), ...piece.marks],
    }))
    layers.push(...built.value.map(({ name, octets, tree, marks: own }) => ({ name, octets, tree, marks: own })))
    const [only] = units
    payload = only?.octets ?? payload
    marks = only?.marks ?? []
  }
  return ok({ layers, units: units.map(({ octets, marks: all }) => ({ octets, marks: all })) })
}

function buildLayer(
  layer: StackLayer,
  payload: Uint8Array,
  faults: readonly Assigned[],
): Result<readonly Piece[], MessageFailure> {
  const records = layer.records(payload)
  const homeless = faults.find(({ piece }) => !pieceExists(piece, records.length))
  if (homeless !== undefined) {
    const { path, piece, inside } = homeless
    const candidates = records.map((_, index) => `${layer.name}[${index + 1}]${inside === '' ? '' : `.${inside}`}`)
    return piece === undefined
      ? fail({ is: 'ambiguous', path, expected: `one of ${records.length} frames`, found: 'no number', candidates })
      : fail({ is: 'no-such-layer', path, expected: `1 to ${records.length}`, found: `${piece}`, candidates })
  }
  const pieces: Piece[] = []
  let from = 0
  for (const [index, record] of records.entries()) {
    const own = faults.filter(({ piece }) => numberOf(piece, records.length) === index + 1)
    const built = buildPiece(layer, record, own)
    if (!built.ok) return built
    const length = informationOf(record).length
    const name = records.length > 1 ? `${layer.name}[${index + 1}]` : layer.name
    pieces.push({ name, ...built.value, carries: { from, to: from + length } })
    from += length
  }
  return ok(pieces)
}

const numberOf = (piece: Assigned['piece'], count: number): number => (piece === 'last' ? count : (piece ?? 1))
const pieceExists = (piece: Assigned['piece'], count: number): boolean =>
  piece === undefined ? count === 1 : numberOf(piece, count) <= count

const informationOf = (record: JsonRecord): Uint8Array => {
  const { information } = record
  return (typeof information === 'string' ? unhex(information) : undefined) ?? new Uint8Array(0)
}

type OwnLayer = Omit<ComposedLayer, 'name'>

function buildPiece(
  layer: StackLayer,
  record: JsonRecord,
  faults: readonly Assigned[],
): Result<OwnLayer, MessageFailure> {
  const { message } = layer
  let said = message.canonical(record)
  const damages: Record<string, Operator> = {}
  for (const each of faults) {
    if ('damage' in each.fault) {
      if (each.inside !== '') damages[each.inside] = each.fault.damage
      continue
    }
    const changed = withWrong(said, each, message.fields)
    if (changed.ok) said = message.canonical(changed.value)
    else {
      const operator = asDamage(message, said, each.inside, each.fault.wrong)
      if (operator === undefined) return changed
      damages[each.inside] = operator
    }
  }
  const built = buildMessage(message, said, damages)
  if (!built.ok) return inSuiteWords(built.failure, faults)
  const whole = faults.find(({ inside, fault }) => inside === '' && 'damage' in fault)
  return whole === undefined
    ? ok({
        octets: built.value.octets,
        tree: built.value.tree,
        marks: faults.map((each) => markOf(message, each, built.value)),
      })
    : damageWhole(whole, built.value)
}

/** A wrong value for a field that no suite writes, because its value follows from others or is fixed: a length, a format type. */
function asDamage(message: Message, said: JsonRecord, inside: string, wrong: Value): Operator | undefined {
  const built = buildMessage(message, said, {})
  const node = built.ok ? findNode(built.value.tree, inside) : undefined
  if (node === undefined || node.children.length > 0) return undefined
  if (typeof wrong === 'string') return unhex(wrong) === undefined ? undefined : { set: wrong }
  if (typeof wrong !== 'number' || wrong < 0) return undefined
  const size = node.mask === undefined ? node.end - node.start : Math.ceil(widthOf(node.mask) / 8)
  return { set: hex(Uint8Array.from({ length: size }, (_, at) => Math.floor(wrong / 256 ** (size - 1 - at)) & 0xff)) }
}

/** Operators on a layer as a whole: nothing in it is computed anew. */
function damageWhole({ path, fault }: Assigned, built: Built): Result<OwnLayer, MessageFailure> {
  const operator = 'damage' in fault ? fault.damage : undefined
  const octets = operator === undefined ? undefined : applyOperator(operator, built.octets)
  if (octets === undefined || operator === undefined) {
    const found = JSON.stringify(operator)
    return fail({
      is: 'does-not-fit',
      path,
      expected: `an operator for ${built.octets.length} octets`,
      found,
      candidates: [],
    })
  }
  return ok({ octets, tree: built.tree, marks: [{ path, from: 0, to: octets.length, what: describe(operator) }] })
}

/** The path of a failure as the suite wrote it. */
function inSuiteWords(failure: MessageFailure, faults: readonly Assigned[]): Result<OwnLayer, MessageFailure> {
  const named = faults.find(({ inside }) => inside === failure.path)
  return fail(named === undefined ? failure : { ...failure, path: named.path })
}
