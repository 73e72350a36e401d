// data-protection.get · set · invoke: attributes and parameters of methods protected by themselves, through an object of Data protection (class 30), in one layer or several (IEC 62056-6-2, Data protection).
import { fromJson } from '../../codec/codec.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { parametersData } from '../../protocol/security/protection-parameters.ts'
import { listOf, reference, structure, type Named } from '../data-protection/objects.ts'
import type { Came } from '../evidence.ts'
import { dataOf, invokedOf, invokeMethod, journalled } from './attribute.ts'
import { askedFor, BY, FLIP, KEY, objectIn, reachedIn, sealed, shownBy, toldBy, UNDER } from './protected-data.ts'
import { FIELDS, isRefusal, type Doing, type Word } from './word.ts'

const GET_PROTECTED_ATTRIBUTES = 1
const SET_PROTECTED_ATTRIBUTES = 2
const INVOKE_PROTECTED_METHOD = 3

const invoked = (doing: Doing, object: Named, id: number, parameter: Data): Promise<Came | Refusal> =>
  invokeMethod(doing, { method: { ...object, 'method-id': id }, parameter })

const get: Word = {
  says: 'read an attribute through Data protection',
  properties: { object: FIELDS, attribute: FIELDS, by: BY, key: KEY },
  required: ['object', 'attribute'],
  outcomes: ['value', 'clear', 'other-key', 'fewer-layers', 'unopened', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const reached = reachedIn(doing)
    if (!reached.ok) return reached.failure
    const { object, attribute } = reached.value
    const asked = askedFor(doing)
    if (!asked.ok) return { refusal: asked.failure }
    const { security, layers } = asked.value
    const shown = await shownBy(doing, attribute)
    const parameter = structure(listOf(attribute), parametersData(layers))
    const came = await invoked(doing, object, GET_PROTECTED_ATTRIBUTES, parameter)
    if (isRefusal(came) || came.saves?.['value'] === undefined) return came
    const returned = fromJson(data, came.saves['value'])
    const [said, content] = returned.ok && returned.value.is === 'structure' ? returned.value.value : []
    return toldBy(came, security, content, { said, asked: layers, shown })
  },
}

const set: Word = {
  says: 'write an attribute through Data protection',
  properties: { object: FIELDS, attribute: FIELDS, value: FIELDS, by: BY, key: KEY, flip: FLIP, under: UNDER },
  required: ['object', 'attribute', 'value'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const reached = reachedIn(doing)
    if (!reached.ok) return reached.failure
    const { object, attribute } = reached.value
    const value = dataOf('value', doing.args['value'])
    if (!value.ok) return { refusal: value.failure }
    const unsafe = await journalled(doing, attribute)
    if (unsafe !== undefined) return unsafe
    const made = sealed(doing, value.value)
    if (!made.ok) return { refusal: made.failure }
    const { parameters, content } = made.value
    return invoked(doing, object, SET_PROTECTED_ATTRIBUTES, structure(listOf(attribute), parameters, content))
  },
}

const invoke: Word = {
  says: 'invoke a method through Data protection',
  properties: { object: FIELDS, method: FIELDS, parameter: FIELDS, by: BY, key: KEY, flip: FLIP },
  required: ['object', 'method'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const object = objectIn(doing)
    const method = invokedOf(doing.args)
    if (!object.ok) return object.failure
    if (!method.ok) return { refusal: method.failure }
    const made = sealed(doing, method.value.parameter ?? { is: 'null-data' })
    if (!made.ok) return { refusal: made.failure }
    const { parameters, content } = made.value
    const named = structure(...reference(method.value.method, method.value.method['method-id']))
    return invoked(doing, object.value, INVOKE_PROTECTED_METHOD, structure(named, parameters, content))
  },
}

export const dataProtectionWords: Readonly<Record<string, Word>> = {
  'data-protection.get': get,
  'data-protection.set': set,
  'data-protection.invoke': invoke,
}
