// Class 62, Compact data: what is captured goes without its types, which template_description tells once.
import { descriptionOf } from '../../protocol/data/compact-writing.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { ObjectDescription } from '../description.ts'
import { findObject } from './access.ts'
import type { Invocation, Invoked, ReadAttribute } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { elementsOf, fieldsOf, nameOf, nothing, numberOf, octets, structure } from './data.ts'

const COMPACT_BUFFER = 2
const CAPTURE_OBJECTS = 3
const TEMPLATE_DESCRIPTION = 5
const CAPTURE_METHOD = 6

/** capture_method: upon reading compact_buffer. */
const IMPLICIT = 1

const RESET = 1
const CAPTURE = 2

const EMPTY = octets(new Uint8Array(0))

export function compactAttribute(
  object: ObjectDescription,
  attribute: number,
  situation: Situation,
  read: ReadAttribute,
): Data | undefined {
  const { store, rules } = situation
  if (attribute === TEMPLATE_DESCRIPTION) {
    const description = descriptionOf(captured(object, situation, read))
    return description && octets(rules.compactData.template(description))
  }
  if (attribute !== COMPACT_BUFFER) return undefined
  const implicit = numberOf(store.get(object, CAPTURE_METHOD), 'enum') === IMPLICIT
  return implicit
    ? octets(rules.compactData.contents(captured(object, situation, read)))
    : (store.remembered(object) ?? EMPTY)
}

export function invokeCompact({ object, method, situation, read }: Invocation): Invoked | undefined {
  const { store, rules } = situation
  if (method === RESET) store.remember(object, EMPTY)
  else if (method === CAPTURE) {
    if (rules.compactData.captures)
      store.remember(object, octets(rules.compactData.contents(captured(object, situation, read))))
  } else return undefined
  return { result: 'success' }
}

/** All attributes of capture_objects, as they are now; null-data for what is not there. */
const captured = (object: ObjectDescription, situation: Situation, read: ReadAttribute): Data =>
  structure(
    ...(elementsOf(situation.store.get(object, CAPTURE_OBJECTS)) ?? []).map((each) => valueOf(each, situation, read)),
  )

function valueOf(definition: Data, situation: Situation, read: ReadAttribute): Data {
  const fields = fieldsOf(definition, 4) ?? []
  const object = findObject(situation.description.objects, nameOf(fields[1]) ?? '')
  const index = numberOf(fields[2], 'integer')
  return (object && index !== undefined ? read(object, index, situation) : undefined) ?? nothing
}
