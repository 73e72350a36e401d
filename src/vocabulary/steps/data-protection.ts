// data-protection.get · set · invoke: attributes and parameters of methods protected by themselves, through an object of Data protection (class 30), in one layer or several (IEC 62056-6-2, Data protection).
import { fromJson } from '../../codec/codec.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { parametersData } from '../../protocol/security/protection-parameters.ts'
import { GIVEN } from '../data-protection/given.ts'
import { listOf, reference, structure, type Named } from '../data-protection/objects.ts'
import { BY, KEY } from '../data-protection/wanted.ts'
import type { Came } from '../evidence.ts'
import { invokedOf } from './arguments.ts'
import { invokeMethod } from './attribute-services.ts'
import { AND, FLIP, readingOf, sealed, SIGNATURE, toldBy, UNDER, writingOf } from './protected-data.ts'
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
  outcomes: [...GIVEN, 'unrequired', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const reading = await readingOf(doing)
    if (!reading.ok) return reading.failure
    const { object, attribute, layers } = reading.value
    const parameter = structure(listOf(attribute), parametersData(layers))
    const came = await invoked(doing, object, GET_PROTECTED_ATTRIBUTES, parameter)
    if (isRefusal(came) || came.saves?.['value'] === undefined) return came
    const returned = fromJson(data, came.saves['value'])
    const [said, content] = returned.ok && returned.value.is === 'structure' ? returned.value.value : []
    return toldBy(came, reading.value, { said }, content)
  },
}

const FAULTS = { flip: FLIP, under: UNDER, signature: SIGNATURE } as const

const set: Word = {
  says: 'write attributes through Data protection',
  properties: { object: FIELDS, attribute: FIELDS, value: FIELDS, and: AND, by: BY, key: KEY, ...FAULTS },
  required: ['object', 'attribute', 'value'],
  outcomes: ['success', 'unrequired', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const writing = await writingOf(doing)
    if (!writing.ok) return writing.failure
    const { object, attributes, parameters, content } = writing.value
    return invoked(doing, object, SET_PROTECTED_ATTRIBUTES, structure(listOf(...attributes), parameters, content))
  },
}

const invoke: Word = {
  says: 'invoke a method through Data protection',
  properties: { object: FIELDS, method: FIELDS, parameter: FIELDS, by: BY, key: KEY, ...FAULTS },
  required: ['object', 'method'],
  outcomes: ['success', 'unrequired', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const asked = invokedOf(doing.args)
    if (!asked.ok) return { refusal: asked.failure }
    const { method, parameter = { is: 'null-data' } } = asked.value
    const made = await sealed(doing, parameter)
    if (!made.ok) return made.failure
    const { object, parameters, content } = made.value
    const named = structure(...reference(method, method['method-id']))
    return invoked(doing, object, INVOKE_PROTECTED_METHOD, structure(named, parameters, content))
  },
}

export const dataProtectionWords: Readonly<Record<string, Word>> = {
  'data-protection.get': get,
  'data-protection.set': set,
  'data-protection.invoke': invoke,
}
