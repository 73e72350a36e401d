// An attribute of the own association object against the association that is open (rulings A37, C13).
import { fromJson } from '../../codec/codec.ts'
import { hex, type Value } from '../../codec/value.ts'
import { tellValue } from '../../cosem/tell.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import { CONFORMANCE } from '../../protocol/xdlms/conformance.ts'
import { fails, PASS } from './exchange.ts'

/** `attribute`, `client`, `device` as their axes have them, and of the association `conformance`, `receive` and `send`. */
export function associationOf(value: Value, argument: Value | undefined): Checked {
  const of = argument !== undefined && isRecord(argument) ? argument : {}
  const read = fromJson(data, value)
  if (!read.ok) return fails('a value of COSEM', JSON.stringify(value).slice(0, 80))
  switch (record(of['attribute'])['attribute-id']) {
    case 3:
      return partners(read.value, record(of['client'])['sap'], record(of['device'])['sap'])
    case 4:
      return context(read.value, record(of['client'])['context'] === 'sn' ? SHORT_NAMES : LOGICAL_NAMES)
    case 5:
      return contextInfo(read.value, of)
    case 6:
      return mechanism(read.value, record(of['client'])['mechanism'])
    case 8:
      return numberIn(read.value) === ASSOCIATED ? PASS : fails('2, associated', tellValue(read.value))
    default:
      return fails('attribute 3, 4, 5, 6 or 8', JSON.stringify(of['attribute'] ?? null).slice(0, 80))
  }
}

const ASSOCIATED = 2
/** application_context_id, without and with ciphering. */
const LOGICAL_NAMES: readonly number[] = [1, 3]
const SHORT_NAMES: readonly number[] = [2, 4]
const MECHANISM_IDS: Readonly<Record<string, number>> = { lowest: 0, lls: 1 }

const record = (value: Value | undefined): JsonRecord => (value !== undefined && isRecord(value) ? value : {})
const partsOf = (value: Data | undefined): readonly Data[] => (value?.is === 'structure' ? value.value : [])
const numberIn = (value: Data | undefined): number | undefined =>
  value !== undefined && 'value' in value && typeof value.value === 'number' ? value.value : undefined

function partners(value: Data, client: Value | undefined, server: Value | undefined): Checked {
  const found = partsOf(value).map(numberIn)
  return found.length === 2 && found[0] === client && found[1] === server
    ? PASS
    : fails(
        `client_SAP ${told(client)}, server_SAP ${told(server)}`,
        found.length === 0 ? tellValue(value) : found.join(', '),
      )
}

const told = (value: Value | undefined): string => JSON.stringify(value ?? null)

/** Names are object identifiers: their octets, or a structure of their arcs. Undefined: neither. */
function lastArc(value: Data, kind: number): number | undefined {
  const arcs = value.is === 'octet-string' ? arcsOf(hex(value.value)) : partsOf(value).map(numberIn)
  const [last] = arcs.slice(-1)
  return arcs.length === 7 && [2, 16, 756, 5, 8, kind].every((arc, at) => arcs[at] === arc) ? last : undefined
}

/** `60 85 74 05 08 kind id`: 2.16, 756 and the arcs of the DLMS UA. */
function arcsOf(octets: string): readonly number[] {
  const [, kind = '', id = ''] = /^6085740508(..)(..)$/.exec(octets) ?? []
  return id === '' ? [] : [2, 16, 756, 5, 8, parseInt(kind, 16), parseInt(id, 16)]
}

function context(value: Data, ids: readonly number[]): Checked {
  const id = lastArc(value, 1)
  return id !== undefined && ids.includes(id)
    ? PASS
    : fails(`the application context 2.16.756.5.8.1.${ids.join(' or ')}`, tellValue(value))
}

/** Where nobody has to say who he is there may be no mechanism at all. */
function mechanism(value: Data, declared: Value | undefined): Checked {
  const id = MECHANISM_IDS[typeof declared === 'string' ? declared : '']
  if (id === undefined || lastArc(value, 2) === id) return PASS
  const none = value.is === 'null-data' || (value.is === 'octet-string' && value.value.length === 0)
  return id === MECHANISM_IDS['lowest'] && none ? PASS : fails(`the mechanism 2.16.756.5.8.2.${id}`, tellValue(value))
}

/** What the server is able to may stand in place of what was negotiated: each bit negotiated is in either. */
function contextInfo(value: Data, { conformance, receive, send }: JsonRecord): Checked {
  const [bits, received, sent, version] = partsOf(value)
  if (bits?.is !== 'bit-string') return fails('conformance in front of six elements', tellValue(value))
  const negotiated = conformance !== undefined && isList(conformance) ? conformance : []
  const missing = CONFORMANCE.find((bit, at) => negotiated.includes(bit) && bits.value[at] !== '1')
  if (missing !== undefined) return fails('each conformance bit that was negotiated', `${missing} is 0`)
  if (numberIn(received) !== receive)
    return fails(`max_receive_pdu_size ${told(receive)}`, `${numberIn(received) ?? 'none'}`)
  if (numberIn(version) !== 6) return fails('dlms_version_number 6', `${numberIn(version) ?? 'none'}`)
  return sendSize(numberIn(sent), send)
}

/** A meter may send less than the client takes, never more. 0: the client takes any. */
function sendSize(found: number | undefined, most: Value | undefined): Checked {
  if (found === undefined) return fails('max_send_pdu_size', 'none')
  if (typeof most !== 'number' || found === most) return PASS
  if (found > most && most > 0) return fails(`max_send_pdu_size ${most}`, `${found}`)
  return { is: 'remark', text: `max_send_pdu_size is ${found}, the client takes ${most}`, ruling: 'C13' }
}
