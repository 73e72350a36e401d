// For tests: the model of a described meter as one of its clients sees it, without links and services.
import { decode, encode } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { getDataResult, type CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import { describedMeter, octetsOf } from '../dialogue.ts'
import type { Situation } from './classes.ts'
import { invoke, read, write } from './model.ts'
import { conformantModel, type ModelRules } from './rules.ts'
import { createStore } from './store.ts'

/** At the beginning of the world, unless another time is given. */
export function situationOf(meter: string, clientName: string, rules: ModelRules = conformantModel): Situation {
  const description = describedMeter(meter)
  const client = description.clients[clientName]
  const [key = ''] = client?.devices ?? []
  const device = description.devices[key]
  if (client === undefined || device === undefined) throw new RangeError(`${meter} has no client ${clientName}`)
  return {
    description,
    rules,
    association: { clientName, client, device: { key, ...device }, conformance: [], clientMaxPdu: 0 },
    store: createStore(),
    now: 0,
  }
}

/** `7:1.0.99.1.0.255:2`: class, logical name, attribute. */
function attributeOf(name: string): CosemAttributeDescriptor {
  const [classId, instanceId = '', attribute] = name.split(':')
  return { 'class-id': Number(classId), 'instance-id': instanceId, 'attribute-id': Number(attribute) }
}

export function dataOf(octets: string): Data {
  const decoded = decode(data, octetsOf(octets))
  if (!decoded.ok) throw new RangeError(`${octets} is no Data`)
  return decoded.value
}

/** Get-Data-Result as hex; `parameters`: of the selector, as hex. */
export function readHex(situation: Situation, name: string, selector?: number, parameters = '00'): string {
  const selection =
    selector === undefined ? undefined : { 'access-selector': selector, 'access-parameters': dataOf(parameters) }
  return hex(encode(getDataResult, read(situation, attributeOf(name), selection)))
}

export const writeValue = (situation: Situation, name: string, value: string): ReturnType<typeof write> =>
  write(situation, attributeOf(name), dataOf(value))

/** A method as `70:0.0.96.3.10.255:1`. */
export function invokeMethod(situation: Situation, name: string, parameters = '0F00'): ReturnType<typeof invoke> {
  const { 'attribute-id': method, ...object } = attributeOf(name)
  return invoke(situation, { ...object, 'method-id': method }, dataOf(parameters))
}
