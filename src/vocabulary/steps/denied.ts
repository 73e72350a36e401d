// write.denied: what may not be written is given another value; where the meter takes it, the old one goes back at once.
import { encode, fromJson, toJson } from '../../codec/codec.ts'
import { hex, ok, type Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import { anotherValue } from '../another-value.ts'
import type { Came } from '../evidence.ts'
import { dataOf } from './arguments.ts'
import { entryOf, readAttribute, writeAttribute } from './attribute-services.ts'
import { remembered } from './journal.ts'
import { attributeOf } from './objects.ts'
import { FIELDS, isRefusal, within, type Doing, type Word } from './word.ts'

/** Data and registers: elsewhere another value may open a relay, or lock somebody out, before the old one is back. */
const CHANGED_CLASSES: readonly number[] = [1, 3, 4, 5]
const LOGICAL_NAME = 1

const toWrite = ({ 'class-id': classId, 'attribute-id': id }: CosemAttributeDescriptor, old: Data): Data =>
  (CHANGED_CLASSES.includes(classId) && id !== LOGICAL_NAME ? anotherValue(old) : undefined) ?? old

const isSame = (a: Data, b: Data): boolean => hex(encode(data, a)) === hex(encode(data, b))

const numberOf = (value: Data): number | undefined =>
  'value' in value && typeof value.value === 'number' ? value.value : undefined

/** Numbers may move by themselves: what is nearer to the value that was written has been written. */
function isTaken(now: Data, old: Data, written: Data): boolean {
  if (isSame(old, written)) return false
  const [found, before, given] = [now, old, written].map(numberOf)
  if (found === undefined || before === undefined || given === undefined) return isSame(now, written)
  return Math.abs(found - given) < Math.abs(found - before)
}

/** Undefined: it cannot be read any more. */
async function valueNow(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Data | undefined> {
  const came = await readAttribute(within(doing), { attribute })
  const value: Value | undefined = isRefusal(came) ? undefined : came.saves?.['value']
  const read = value === undefined ? undefined : fromJson(data, value)
  return read?.ok === true ? read.value : undefined
}

/** `value`: what the attribute has; `other`: what is written, else the tester finds a value. `changed`: it has another now, whatever the meter answered. */
const writeDenied: Word = {
  says: 'write what may not be written',
  properties: { attribute: FIELDS, value: FIELDS, other: FIELDS },
  required: ['attribute', 'value'],
  outcomes: ['refused', 'success', 'changed', 'unlisted'],
  alive: true,
  async run(doing) {
    const attribute = attributeOf(doing.args['attribute'])
    const old = dataOf('value', doing.args['value'])
    if (!attribute) return { refusal: 'expected an attribute (class-id, instance-id, attribute-id)' }
    if (!old.ok) return { refusal: old.failure }
    const { other } = doing.args
    const written = other === undefined ? ok(toWrite(attribute, old.value)) : dataOf('other', other)
    if (!written.ok) return { refusal: written.failure }
    const unsafe = await remembered(doing, entryOf(doing, attribute), async () => ({
      value: toJson(old.value),
      text: '',
    }))
    return unsafe === undefined ? denied(doing, attribute, old.value, written.value) : unsafe
  },
}

/** The journal forgets it as soon as the old value is seen: a restoration would be refused as this was. */
async function denied(
  doing: Doing,
  attribute: CosemAttributeDescriptor,
  old: Data,
  written: Data,
): Promise<Came | Refusal> {
  const came = await writeAttribute(doing, { attribute, value: written })
  const now = await valueNow(doing, attribute)
  if (isRefusal(came) || now === undefined) return came
  const taken = isTaken(now, old, written)
  if (taken) await writeAttribute(within(doing), { attribute, value: old })
  const after = taken ? await valueNow(doing, attribute) : now
  if (after !== undefined && !isTaken(after, old, written))
    doing.bench.setup.journal.forget(entryOf(doing, attribute).key)
  if (!taken) return came
  const { outcome } = came
  return {
    outcome: { ...outcome, names: { changed: true }, text: `the value changed, the answer was: ${outcome.text}` },
  }
}

export const deniedWords: Readonly<Record<string, Word>> = { 'write.denied': writeDenied }
