// What the engine is given: all that knows the protocol, as one value.
import type { Value } from '../codec/value.ts'
import type { Vocabulary } from '../engine/vocabulary.ts'
import { isRecord } from '../protocol/json.ts'
import { messageOf } from '../protocol/messages.ts'
import { reservedRoot } from './addresses.ts'
import { axes, whose } from './axes.ts'
import { checks } from './checks/index.ts'
import { clientBy, clientRow, declared, deviceBy, recordAt, unassigned } from './declared.ts'
import { deviceRow } from './axes.ts'
import { describeStep } from './describe.ts'
import { layerOf } from './layers.ts'
import { listAxes } from './object-list/axes.ts'

/** Of a message with an APDU in it the APDU is what is answered. */
function normalAnswers(message: Value): readonly string[] {
  if (!isRecord(message)) return []
  const { fill, again } = message
  if (isRecord(fill)) return normalAnswers(fill['from'] ?? null)
  if (again !== undefined) return []
  const [name, said] = Object.entries(message).find(([key]) => !key.includes('.')) ?? []
  const inside = isRecord(said) ? said['apdu'] : undefined
  // More is to come: the link acknowledges, nothing is answered yet.
  if (isRecord(said) && said['segmentation'] === true) return ['rr']
  const own = messageOf(name ?? '')?.answers ?? []
  // The answer may begin in a segment: an I frame that says no more yet.
  return inside === undefined ? own : [...normalAnswers(inside), ...own.filter((answer) => answer === 'i')]
}

/** `$supports $testing $devices $ports $nameplate $port $unassigned $reserved`, and the client and device that a case gets where it asks for none. */
function roots(declaration: Value, port: string): Readonly<Record<string, Value>> {
  const own = declared(declaration, port)
  const supports = recordAt(declaration, 'supports')
  const client = clientBy(own, undefined)
  const device = client && deviceBy(own, client, undefined)
  return {
    supports,
    testing: {
      ...recordAt(declaration, 'testing'),
      timing: { ...recordAt(declaration, 'testing', 'timing'), ...recordAt(declaration, 'ports', port, 'timing') },
    },
    devices: recordAt(declaration, 'devices'),
    ports: recordAt(declaration, 'ports'),
    nameplate: recordAt(declaration, 'identification'),
    addresses: own.devices.flatMap((each) => deviceRow({ supports }, { ...each })['address'] ?? []),
    port: { ...recordAt(declaration, 'ports', port), name: port },
    unassigned: { ...unassigned(own, device) },
    reserved: reservedRoot(own.addressing),
    ...(client ? { client: { ...clientRow(client), secret: client.secret ?? null } } : {}),
    ...(device ? { device: deviceRow({ supports }, { name: device.name, upper: device.upper, sap: device.sap }) } : {}),
  }
}

export const vocabulary: Vocabulary = {
  normalAnswers,
  layerOf,
  checks,
  axes,
  listAxes,
  whose,
  roots,
  describeStep,
}
