// Octets → named layers, for those who read a report or have octets before them. Never throws, whatever the octets.
import { decode, explain, toJson, type Codec, type DecodeFailure, type Node } from '../codec/codec.ts'
import { hex, type Value } from '../codec/value.ts'
import { apdu } from './apdu.ts'
import { data } from './data/data.ts'
import { FLAG, examine, type Frame } from './hdlc/examine.ts'
import { frames } from './hdlc/frame.ts'
import { frameToJson } from './hdlc/json.ts'
import { llc, LLC_COMMAND, LLC_RESPONSE, sameHeader } from './hdlc/llc.ts'
import { isRecord } from './json.ts'
import { messageOf } from './messages.ts'
import { examineSignOn } from './sign-on/examine.ts'
import { signOn } from './sign-on/messages.ts'
import { complete, findField, leaf, withInside } from './tree.ts'
import { examineWpdu, WRAPPER_VERSION, wpdu } from './wrapper/wpdu.ts'

/** What a unit on the line is. */
export type UnitKind = 'hdlc' | 'wrapper' | 'sign-on' | 'octets'

/** A check that the octets did not pass; `at` counts from the first octet given. */
export interface ExplainedFailure {
  readonly layer: string
  readonly at: number
  readonly expected: string
  readonly found: string
}

export interface Explained {
  readonly is: LayerName
  /** Messages, outermost to innermost: `i`, `aare`. */
  readonly names: readonly string[]
  /** Fields of all layers in one tree; offsets count from the first octet given. Octets that could not be read are `unread`. */
  readonly tree: Node
  readonly failures: readonly ExplainedFailure[]
  /** What a matcher would see: `{"i": {"n-s": 0, …, "apdu": {"aare": …}}}`. */
  readonly json: Value
}

/** What octets may be taken for. */
export const LAYER_NAMES = ['hdlc', 'wrapper', 'sign-on', 'llc', 'apdu', 'data', 'octets'] as const
export type LayerName = (typeof LAYER_NAMES)[number]

export const isLayerName = (name: string): name is LayerName => LAYER_NAMES.some((known) => known === name)

/** One unit on the line. Inside a frame or WPDU the APDU is explained too, if it is whole. */
export function explainUnit(octets: Uint8Array, is: UnitKind): Explained {
  switch (is) {
    case 'hdlc':
      return explainFrame(octets)
    case 'wrapper':
      return explainWpdu(octets)
    case 'sign-on':
      return explainSignOn(octets)
    case 'octets':
      return { is, names: [], tree: leaf('octets', octets, 0, octets.length), failures: [], json: hex(octets) }
    default:
      return is satisfies never
  }
}

/** A whole APDU. */
export function explainApdu(octets: Uint8Array): Explained {
  const { tree, value, failure } = explain(apdu, octets)
  const [only] = tree.children
  const name = value?.is ?? only?.name
  const json: Value =
    value === undefined
      ? hex(octets)
      : { [value.is]: messageOf(value.is)?.to('value' in value ? value.value : undefined) ?? null }
  return {
    is: 'apdu',
    names: name === undefined ? [] : [name],
    tree: { ...complete(tree, octets), name: 'apdu' },
    failures: failure === undefined ? [] : [failureOf('apdu', failure)],
    json,
  }
}

/** Octets of a layer that is named, or guessed. */
export function explainOctets(octets: Uint8Array, layer: LayerName = guess(octets)): Explained {
  switch (layer) {
    case 'apdu':
      return explainApdu(octets)
    case 'llc':
      return explainLlc(octets)
    case 'data': {
      const { tree, value, failure } = explain(data, octets)
      const failures = failure === undefined ? [] : [failureOf('data', failure)]
      return { is: layer, names: [], tree: { ...complete(tree, octets), name: 'data' }, failures, json: toJson(value) }
    }
    default:
      return explainUnit(octets, layer)
  }
}

/** The outermost layer that the octets fit; else the one that they begin like. */
function guess(octets: Uint8Array): LayerName {
  const [first, second] = octets
  if (first === FLAG) return 'hdlc'
  const wrapped = examineWpdu(octets)
  if (wrapped.wpdu !== undefined && wrapped.failures.length === 0) return 'wrapper'
  const character = examineSignOn(octets)
  if (character.message !== undefined && character.failures.length === 0) return 'sign-on'
  if (isLlc(octets)) return 'llc'
  if (decode(apdu, octets).ok) return 'apdu'
  if (decode(data, octets).ok) return 'data'
  if (first === 0 && second === WRAPPER_VERSION) return 'wrapper'
  if (character.message !== undefined) return 'sign-on'
  return Object.values(apdu.tags).some(([tag]) => tag === first) ? 'apdu' : 'octets'
}

function explainFrame(octets: Uint8Array): Explained {
  const { frame, failures } = examine(octets)
  const { tree } = explain(frames[frame?.control.is ?? 'undefined'], octets, { lenient: true })
  const inner = frame === undefined ? undefined : carriedBy(frame)
  const json = frame === undefined ? hex(octets) : { [frame.control.is]: withInner(frameToJson(frame), inner) }
  return joined('hdlc', frame === undefined ? [] : [frame.control.is], complete(tree, octets), failures, json, inner)
}

/** The LLC and APDU in an I or UI frame: whole only without the segmentation bit, and with the header of the first segment. */
function carriedBy({ control, segmentation, information }: Frame): Explained | undefined {
  const carries = control.is === 'i' || control.is === 'ui'
  return carries && !segmentation && isLlc(information) ? explainLlc(information) : undefined
}

function isLlc(octets: Uint8Array): boolean {
  const read = decode(llc, octets)
  return read.ok && (sameHeader(read.value, LLC_COMMAND) || sameHeader(read.value, LLC_RESPONSE))
}

function explainLlc(octets: Uint8Array): Explained {
  const { tree, value, failure } = explain(llc, octets)
  const failures = failure === undefined ? [] : [failureOf('llc', failure)]
  const inner = value === undefined || value.information.length === 0 ? undefined : explainApdu(value.information)
  return joined('llc', [], complete(tree, octets), failures, { llc: withInner(toJson(value), inner) }, inner)
}

function explainWpdu(octets: Uint8Array): Explained {
  const { wpdu: read, failures } = examineWpdu(octets)
  const { tree } = explain(wpdu, octets, { lenient: true })
  const whole = read !== undefined && failures.length === 0 && read.information.length > 0
  const inner = whole ? explainApdu(read.information) : undefined
  const json = read === undefined ? hex(octets) : { wpdu: withInner(toJson(read), inner) }
  return joined('wrapper', read === undefined ? [] : ['wpdu'], complete(tree, octets), failures, json, inner)
}

function explainSignOn(octets: Uint8Array): Explained {
  const { name, failures, message } = examineSignOn(octets)
  if (name === undefined) return explainUnit(octets, 'octets')
  const codec: Codec<unknown> = signOn[name]
  const characters = octets.map((octet) => octet & 0x7f)
  const { tree } = explain(codec, characters, { lenient: true })
  const json = message === undefined ? hex(octets) : { [name]: messageOf(name)?.to(message.value) ?? null }
  return joined('sign-on', [name], complete(tree, characters), failures, json, undefined)
}

const withInner = (json: Value, inner: Explained | undefined): Value => {
  if (inner === undefined || !isRecord(json)) return json
  const { information: _octets, ...others } = json
  const { json: said } = inner
  return {
    ...others,
    ...(inner.is === 'llc' && isRecord(said) && isRecord(said['llc']) ? said['llc'] : { apdu: said }),
  }
}

function joined(
  is: LayerName,
  names: readonly string[],
  tree: Node,
  failures: readonly Omit<ExplainedFailure, 'layer'>[],
  json: Value,
  inner: Explained | undefined,
): Explained {
  const own = failures.map(({ at: where, expected, found }) => ({ layer: is, at: where, expected, found }))
  const field = inner && findField(tree, 'information')
  if (inner === undefined || field === undefined) return { is, names, tree: { ...tree, name: is }, failures: own, json }
  return {
    is,
    names: [...names, ...inner.names],
    tree: { ...withInside(tree, field, inner.tree), name: is },
    failures: [...own, ...inner.failures.map((failure) => ({ ...failure, at: failure.at + field.start }))],
    json,
  }
}

const failureOf = (layer: string, { at, expected, found }: DecodeFailure): ExplainedFailure => ({
  layer,
  at,
  expected,
  found,
})
