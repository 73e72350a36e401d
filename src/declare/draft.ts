// Findings → a meter declaration, and what is left for whoever knows the meter.
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import { clientsIn, deviceName, type NamedClient } from './clients.ts'
import type { PortFindings, Reading } from './findings.ts'
import { objectsOf } from './objects.ts'
import { supportsIn } from './supports.ts'
import { timingIn } from './timing.ts'
import { todosOf } from './todos.ts'
import { sapsIn, some, textIn } from './values.ts'

export interface DraftOptions {
  /** The file of secrets, as the declaration is to name it. */
  readonly secrets?: string
}

export function draft(ports: readonly PortFindings[], { secrets }: DraftOptions = {}): MeterDeclaration {
  const clients = clientsIn(ports)
  const read = firstOf(clients)
  const name = textIn(read('logical-device-name'))
  const devices = devicesIn(ports, clients, read)
  const objects = objectsOf(clients)
  const timing = timingIn(read)
  return {
    meter: fileName(name) ?? 'drafted',
    title: 'Drafted from a live meter',
    ...some('secrets', secrets),
    identification: identificationIn(ports, read),
    supports: supportsIn(ports, clients, read),
    devices,
    ports: Object.fromEntries(
      ports.map(({ target: { name: port, profile, url, opening } }) => {
        const [first = 'hdlc', ...more] = profile
        const serial = /^(serial|rfc2217):/.test(url)
        return [port, { profile: [first, ...more] as const, url, ...(serial ? opening : {}) }]
      }),
    ),
    testing: {
      ...(Object.keys(timing).length > 0 ? { timing } : {}),
      clients: Object.fromEntries(clients.map((client) => [client.name, client.declared])),
      ...(Object.keys(objects).length > 0 ? { objects } : {}),
    },
    todo: [...todosOf(ports, clients, objects)],
  }
}

/** The value of a reading. */
export type Read = (name: string) => Reading['value'] | undefined

/** What the first association that could read it gave. */
const firstOf =
  (clients: readonly NamedClient[]): Read =>
  (name) =>
    clients
      .flatMap(({ opened }) => opened)
      .flatMap(({ came }) => came.values)
      .find((reading) => reading.name === name)?.value

/** A meter's name names files: nothing in it that a file name cannot have. */
const fileName = (name: string | undefined): string | undefined => {
  const plain = name?.replace(/[^A-Za-z0-9._-]/g, '').replace(/^[._-]+/, '')
  return plain === undefined || plain === '' ? undefined : plain
}

function identificationIn(ports: readonly PortFindings[], read: Read): NonNullable<MeterDeclaration['identification']> {
  const { identification } = ports.find((port) => port.identification !== undefined) ?? {}
  const name = textIn(read('logical-device-name'))
  return {
    ...some('manufacturer', identification?.manufacturer ?? name?.slice(0, 3)),
    ...some('type', identification?.identification),
    ...some('logicalDeviceName', name),
    ...some('serialNumber', textIn(read('serial-number'))),
    ...some('firmware', textIn(read('firmware'))),
  }
}

/** Those that were asked for and answered, and those that the meter itself lists. */
function devicesIn(
  ports: readonly PortFindings[],
  clients: readonly NamedClient[],
  read: Read,
): NonNullable<MeterDeclaration['devices']> {
  const named = clients.flatMap(({ opened }) => opened.map(({ server }) => server))
  const asked = ports.flatMap(({ associations }) => associations.map(({ server }) => server))
  const listed = sapsIn(read('sap-assignment')).map(({ sap }) => sap)
  const all = new Set([...(named.length > 0 ? named : asked.length > 0 ? asked : [1]), ...listed])
  return Object.fromEntries([...all].map((sap) => [deviceName(sap), { upper: sap, sap }]))
}
