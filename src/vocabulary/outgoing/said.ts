// What a suite says of a message, completed by what the connection has for where it is silent.
import {
  aarqFor,
  initiateFor,
  invokeIdAndPriority,
  longInvokeIdAndPriority,
  rlrqFor,
  type Credentials,
} from '../../client/services.ts'
import type { LinkState } from '../../client/link-state.ts'
import { toJson as codecToJson } from '../../codec/codec.ts'
import { hex, type Value } from '../../codec/value.ts'
import { completed, isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { Message } from '../../protocol/messages.ts'
import { DEFAULT_PARAMETERS } from '../../protocol/hdlc/negotiate.ts'
import type { FrameName } from '../../protocol/hdlc/control.ts'
import { addressHex, modulo } from '../addresses.ts'
import type { Connection } from '../connection.ts'
import { serviceFields, without } from './service-fields.ts'

/** An APDU, complete. Undefined: it needs a secret that is not known. */
export function apduFields(
  message: Message,
  said: JsonRecord,
  connection: Connection,
  credentials: Credentials | undefined,
): JsonRecord | undefined {
  switch (message.name) {
    case 'aarq': {
      if (credentials === undefined) return undefined
      return completed(recordOf(codecToJson(aarqFor(credentials))), message.canonical(said))
    }
    case 'rlrq':
      return completed(recordOf(codecToJson(rlrqFor(connection.client))), message.canonical(said))
    case 'initiate-request':
      return completed(recordOf(codecToJson(initiateFor(connection.client.context))), said)
    default: {
      const defaults = numbered(message, connection)
      return completed(defaults, message.canonical(serviceFields(message.name, said)))
    }
  }
}

/** Confirmed, with high priority, under the next number. */
function numbered({ name, fields }: Message, connection: Connection): JsonRecord {
  if (fields.includes('invoke-id-and-priority'))
    return { 'invoke-id-and-priority': recordOf(codecToJson(invokeIdAndPriority(connection.nextInvokeId()))) }
  if (name !== 'access-request') return {}
  const id = longInvokeIdAndPriority(connection.nextInvokeId())
  return { 'long-invoke-id-and-priority': recordOf(codecToJson(id)), 'date-time': '' }
}

const recordOf = (value: Value): JsonRecord => (isRecord(value) ? value : {})

/** A frame, complete: addresses, numbers, P=1. `apdu` is left to the layers above. */
export function frameFields(
  name: FrameName,
  said: JsonRecord,
  addresses: { readonly client: Uint8Array; readonly server: Uint8Array },
  state: LinkState,
): JsonRecord {
  const { client, server } = addresses
  const { 'destination-address': destination, 'source-address': source, information, ...others } = without(said, 'apdu')
  const numbers =
    name === 'i'
      ? { 'n-s': state['v-s'], 'n-r': state['v-r'] }
      : name === 'rr' || name === 'rnr'
        ? { 'n-r': state['v-r'] }
        : {}
  const poll = 'poll' in others || 'final' in others || 'poll-final' in others ? {} : { poll: true }
  const fields: JsonRecord = { ...numbers, ...poll, ...others }
  return {
    ...Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [key, key === 'n-s' || key === 'n-r' ? modulo(value) : value]),
    ),
    'destination-address': destination === undefined ? hex(server) : addressHex(destination, server),
    'source-address': source === undefined ? hex(client) : addressHex(source, client),
    ...informationField(information),
  }
}

/** Octets as hex, parameters by their names; `default-parameters`: those of IEC 62056-46 written out. An empty record is no field. */
function informationField(information: Value | undefined): JsonRecord {
  if (information === undefined) return {}
  if (information === 'default-parameters') return { information: { ...DEFAULT_PARAMETERS } }
  if (!isRecord(information)) return { information }
  if (typeof information['octets'] === 'string') return { information: information['octets'] }
  return Object.keys(information).length === 0 ? {} : { information }
}
