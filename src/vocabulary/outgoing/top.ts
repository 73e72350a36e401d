// The topmost layer of a message: an APDU by its fields, one made so long, or octets.
import { fail, ok, unhex, type Value } from '../../codec/value.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import { messageLayer, octetsLayer, type StackLayer } from '../../protocol/layer.ts'
import { requireMessage } from '../../protocol/messages.ts'
import { filled } from './fill.ts'
import { refuse, type Context, type Made } from './outgoing.ts'
import { REPLY, replyAsAction } from './reply.ts'
import { apduFields } from './said.ts'
import { inContext } from './short-names.ts'

/** `{"octets", "at"}`, and `again` of what was saved. */
export function octetsOf(message: JsonRecord): { readonly octets: Uint8Array; readonly at: string } | undefined {
  const source = isRecord(message['again'])
    ? message['again']
    : typeof message['again'] === 'string'
      ? { octets: message['again'], at: 'apdu' }
      : message
  const { octets, at } = source
  const read = typeof octets === 'string' ? unhex(octets) : undefined
  return read && typeof at === 'string' ? { octets: read, at } : undefined
}

/** Octets in the place of an APDU. */
export const octetsTop = (name: string, octets: Uint8Array): StackLayer => ({
  ...octetsLayer(name, octets),
  aliases: ['apdu'],
})

/** The topmost layer of a message that is an APDU, or of one made so long. */
export function topOf(context: Context, message: Value): Made<StackLayer> {
  if (!isRecord(message)) return fail(`expected an APDU, found ${JSON.stringify(message)}`)
  const given = octetsOf(message)
  if (given) return ok(octetsTop('octets', given.octets))
  const filling = message['fill']
  const [asWritten = '', fieldsSaid] =
    Object.entries(isRecord(filling) && isRecord(filling['from']) ? filling['from'] : message)[0] ?? []
  const written = { name: asWritten, said: isRecord(fieldsSaid) ? fieldsSaid : {} }
  const reply = asWritten === REPLY ? replyAsAction(context, written.said) : ok(written)
  if (!reply.ok) return reply
  const meant = inContext(context.bench, context.connection, reply.value)
  if (!meant.ok) return meant
  const { name, said } = meant.value
  const known = requireMessage(name)
  if (!known.ok) return refuse(known.failure)
  const credentials = context.bench.credentials(context.connection)
  const fields = apduFields(known.value, said, context.connection, credentials)
  if (fields === undefined) return fail(`the secret of the client ${context.connection.client.name} is not known`)
  if (!isRecord(filling)) return ok(messageLayer(known.value, fields))
  const { length } = filling
  const octets = typeof length === 'number' ? filled(known.value, fields, length) : undefined
  if (octets === undefined) return fail(`${name}: cannot be made ${JSON.stringify(length ?? null)} octets long`)
  return ok(octetsTop(known.value.name, octets))
}
