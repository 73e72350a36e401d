// Axes that follow from the declaration alone: a row for each declared client, device, or rate of the sign-on.
import { hex, type Value } from '../codec/value.ts'
import type { Axis, Whose } from '../engine/vocabulary.ts'
import { addressOctets, serverAddress } from '../protocol/hdlc/address.ts'
import { isList, isRecord } from '../protocol/json.ts'
import { characterOf, rateOf } from '../protocol/sign-on/rates.ts'
import { mechanismOf, recordAt } from './declared.ts'
import { SECURITY_FIELDS, securityOf, securityRow } from './declared-security.ts'
import { OPENING_FIELDS, openingOf } from './opening.ts'
import { REFERENCING_FIELDS, referencingOf } from './referencing.ts'

const REFERENCING = REFERENCING_FIELDS.map((field) => `referencing.${field}`)

type Scope = Readonly<Record<string, Value>>
type Row = Readonly<Record<string, Value>>

const rowsOf = (value: Value | undefined): readonly Row[] =>
  Object.entries(recordAt(value)).map(([name, row]) => ({ ...recordAt(row), name }))

/** A device as references see it: with its address in hex. */
export function deviceRow(scope: Scope, device: Row): Row {
  const { addressing, lower } = recordAt(scope['supports'], 'hdlc')
  const { upper } = device
  if (typeof upper !== 'number') return device
  const size = addressing === 1 || addressing === 2 ? addressing : 4
  const address = hex(addressOctets(serverAddress(size, upper, typeof lower === 'number' ? lower : 0)))
  return { sap: upper, ...device, address }
}

/** All declared clients; `of`: a device that they may address. */
const clients: Axis = {
  fields: [
    'role',
    'sap',
    'devices',
    'mechanism',
    'context',
    'conformance',
    'services',
    'users',
    'secret',
    'ciphered',
    ...SECURITY_FIELDS,
    ...REFERENCING,
    ...OPENING_FIELDS.map((field) => `opening.${field}`),
  ],
  rows(scope, of) {
    const rows = rowsOf(recordAt(scope['testing'])['clients']).map(clientAxisRow)
    const device = nameOf(of)
    return device === undefined ? rows : rows.filter(({ devices }) => mayAddress(devices, device))
  },
}

/** A declared client with what its referencing calls by names of its own, and its keys without the names of their secrets. */
function clientAxisRow(row: Row): Row {
  const { security: said, ...plain } = row
  const { context, conformance } = plain
  const referencing = context === 'sn' ? 'sn' : 'ln'
  const security = securityOf(said)
  const bits = conformance !== undefined && isList(conformance) ? conformance : undefined
  return {
    ...plain,
    ...(security === undefined ? {} : { security: securityRow(security) }),
    ...referencingOf(
      referencing,
      bits?.filter((bit) => typeof bit === 'string'),
    ),
    ...openingOf(referencing, plain['ciphered'] === true, mechanismOf(plain['mechanism'])),
  }
}

/** All declared logical devices; `of`: a client that may address them. */
const devices: Axis = {
  fields: ['upper', 'sap', 'address'],
  rows(scope, of) {
    const rows = rowsOf(scope['devices']).map((row) => deviceRow(scope, row))
    if (of === undefined) return rows
    const clientRows = rowsOf(recordAt(scope['testing'])['clients'])
    const client = isRecord(of)
      ? of
      : (clientRows.find(({ name }) => name === of) ?? clientRows.find(({ role }) => role === of))
    return rows.filter(({ name }) => typeof name === 'string' && mayAddress(client?.['devices'], name))
  },
}

/** By name, else by role, as a row, or the defaults of a climb. */
export function whose(scope: Scope, client: Value | undefined, device: Value | undefined): Whose | undefined {
  const clientRows = rowsOf(recordAt(scope['testing'])['clients'])
  const wanted = nameOf(client) ?? 'public'
  const found =
    clientRows.find(({ name }) => name === wanted) ??
    clientRows.find(({ role }) => role === wanted) ??
    (client === undefined ? clientRows[0] : undefined)
  const deviceNames = Object.keys(recordAt(scope['devices']))
  const own = found?.['devices']
  const [first] = own === undefined ? deviceNames : isList(own) ? own : []
  const at = nameOf(device) ?? first
  const name = found?.['name']
  return typeof name === 'string' && typeof at === 'string' && deviceNames.includes(at)
    ? { client: name, device: at }
    : undefined
}

const nameOf = (value: Value | undefined): string | undefined =>
  typeof value === 'string' ? value : isRecord(value) && typeof value['name'] === 'string' ? value['name'] : undefined

const mayAddress = (list: Value | undefined, device: string): boolean =>
  list === undefined || (isList(list) && list.includes(device))

/** The rate that the sign-on announces, and each lower one; modes C and E have six, mode B five above the opening. */
const rates: Axis = {
  fields: ['character', 'baud'],
  rows(scope) {
    const { baud, modes } = recordAt(scope['supports'], 'signOn')
    const mode = modes !== undefined && isList(modes) && modes.includes('B') && !modes.includes('C') ? 'B' : 'C'
    const announced = typeof baud === 'number' ? baud : 9600
    const characters = mode === 'B' ? ['A', 'B', 'C', 'D', 'E', 'F'] : ['0', '1', '2', '3', '4', '5', '6']
    return characters.flatMap((character) => {
      const rate = rateOf(character, mode)
      return rate !== undefined && rate <= announced && characterOf(rate, mode) === character
        ? [{ name: `${rate}`, character, baud: rate }]
        : []
    })
  },
}

/** The ciphered forms that clients are declared with; `of`: one of them. */
const cipheredForms: Axis = {
  fields: ['form'],
  rows(scope, of) {
    const wanted = nameOf(of)
    const rows = rowsOf(recordAt(scope['testing'])['clients'])
    const forms = rows.flatMap((row) =>
      row['ciphered'] === true && (wanted === undefined || row['name'] === wanted || row['role'] === wanted)
        ? (securityOf(row['security'])?.forms ?? [])
        : [],
    )
    return [...new Set(forms)].map((form) => ({ name: form, form }))
  },
}

/** The other ports of the meter. */
const otherPorts: Axis = {
  fields: ['profile'],
  rows(scope) {
    const own = nameOf(scope['port'])
    return rowsOf(scope['ports']).filter(({ name }) => name !== own)
  },
}

/** Other meters of the same run that have something in common with a client (`of`). */
const otherUnits: Axis = {
  fields: ['shared'],
  rows: (_scope, of) => rowsOf(recordAt(of, 'otherUnits')),
}

export const axes: Readonly<Record<string, Axis>> = {
  clients,
  devices,
  rates,
  'ciphered-forms': cipheredForms,
  'other-ports': otherPorts,
  'other-units': otherUnits,
}
