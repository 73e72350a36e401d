// The layers of an APDU in the context of its client: the APDU itself, its protection, and the APDU of ACSE that carries it.
import { fail, hex, ok, type Value } from '../../codec/value.ts'
import { apdu } from '../../protocol/apdu.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import { messageLayer, type StackLayer } from '../../protocol/layer.ts'
import { messageOf } from '../../protocol/messages.ts'
import { CIPHERED_FORMS, type CipheredForm } from '../../protocol/security/ciphered-apdu.ts'
import type { KeyName } from '../../protocol/security/key-names.ts'
import { signingLayer } from '../../protocol/security/signing-layer.ts'
import { GENERAL_SIGNING, PROTECTED_FORMS } from '../../protocol/security/general-signing.ts'
import { protectionLayer } from '../../protocol/security/protection-layer.ts'
import { KEY_INFOS } from '../../client/content-keys.ts'
import { PROTECTIONS, type Manner } from '../../client/security-material.ts'
import type { SecurityContext } from '../../client/security-context.ts'
import type { Connection } from '../connection.ts'
import type { Made } from './outgoing.ts'

/** From the top down; the last one is what is sent. */
export type Tops = readonly [StackLayer, ...StackLayer[]]

const PREFIX = 'protection.'
const SIGNING = 'signing.'
const BROADCAST: KeyName = 'global-broadcast-encryption-key'

/** `{"protection.by", "protection.form", "protection.signed"}` of a message, and the fields of its protection that are said. `within`: all of it is protected once more, in this form. */
export interface SaidProtection {
  readonly manner: Manner
  readonly fields: JsonRecord
  readonly within?: CipheredForm
  /** Fields of general-signing, beneath the ciphering. */
  readonly signing: JsonRecord
}

/** What a message says of its protection beside its fields, and what else is said beside them. */
export function protectionSaid(
  deeper: JsonRecord,
): Made<{ readonly said: SaidProtection; readonly others: JsonRecord }> {
  const own: Record<string, Value> = {}
  const others: Record<string, Value> = {}
  const signing: Record<string, Value> = {}
  for (const [path, value] of Object.entries(deeper)) {
    if (path.startsWith(PREFIX)) own[path.slice(PREFIX.length)] = value
    else if (path.startsWith(SIGNING)) signing[path.slice(SIGNING.length)] = value
    else others[path] = value
  }
  const { by, form, within, signed: asked, ...said } = own
  const keyInfo = KEY_INFOS.find((each) => each === said['key-info'])
  const fields =
    keyInfo === undefined ? said : Object.fromEntries(Object.entries(said).filter(([name]) => name !== 'key-info'))
  const kind = PROTECTIONS.find((each) => each === by)
  const known = CIPHERED_FORMS.find((each) => each === form)
  const around = CIPHERED_FORMS.find((each) => each === within)
  if (by !== undefined && kind === undefined)
    return fail(`protection.by: expected one of ${PROTECTIONS.join(', ')}, found ${JSON.stringify(by)}`)
  if (asked !== undefined && typeof asked !== 'boolean')
    return fail(`protection.signed: expected true or false, found ${JSON.stringify(asked)}`)
  const signed = asked ?? (form === GENERAL_SIGNING || Object.keys(signing).length > 0 ? true : undefined)
  if (form !== undefined && known === undefined && form !== GENERAL_SIGNING)
    return noForm('form', PROTECTED_FORMS, form)
  if (within !== undefined && around === undefined) return noForm('within', CIPHERED_FORMS, within)
  const manner: Manner = {
    ...(kind ? { kind } : {}),
    ...(known ? { form: known } : {}),
    ...(keyInfo ? { keyInfo } : {}),
    ...(signed === undefined ? {} : { signed }),
    ...(fields['encryption-key'] === BROADCAST ? { broadcast: true } : {}),
  }
  return ok({ said: { manner, fields, signing, ...(around ? { within: around } : {}) }, others })
}

const noForm = (field: string, forms: readonly string[], found: Value): Made<never> =>
  fail(`protection.${field}: expected one of ${forms.join(', ')}, found ${JSON.stringify(found)}`)

export const NOTHING_SAID: SaidProtection = { manner: {}, fields: {}, signing: {} }

const CARRYING = ['aarq', 'rlrq']
/** Never protected: they carry what is, or they are answers of the protocol. */
const PLAIN = ['aare', 'rlre', 'exception-response', 'general-block-transfer', 'general-signing']

/** The layers of an APDU that stands alone on top. */
export function protectedTops(connection: Connection, top: StackLayer, said: SaidProtection): Made<Tops> {
  const { manner, fields, within } = said
  const { security } = connection
  const asked = Object.keys(manner).length + Object.keys(fields).length > 0
  if (security === undefined || (!security.material.ciphers && !asked)) {
    return asked
      ? fail(`the client ${connection.client.name} is declared without security: nothing can be protected`)
      : ok([top])
  }
  const name = top.message.name
  if (CARRYING.includes(name)) return carryingTops(security, top, said)
  const tag = TAGS.get(name)
  if (tag === undefined || PLAIN.includes(name) || isCiphered(name)) return ok([top])
  if (security.isSigned(manner) && within === undefined) return signedTops(security, top, said)
  // of the two counters the outer one is seen first
  const around = within === undefined ? ok(undefined) : layerOf(security, tag, { ...manner, form: within }, {})
  if (!around.ok) return around
  const protection = layerOf(security, tag, manner, fields)
  if (!protection.ok) return protection
  if (protection.value === undefined) return ok([top])
  return ok(
    around.value === undefined
      ? [top, protection.value]
      : [top, protection.value, { ...around.value, aliases: ['around'] }],
  )
}

/** Octets of an APDU as they are, protected anew where a message says how. */
export function protectedAgain(
  { security, client }: Connection,
  top: StackLayer,
  tag: number,
  { manner, fields }: SaidProtection,
): Made<Tops> {
  if (Object.keys(manner).length + Object.keys(fields).length === 0) return ok([top])
  if (security === undefined)
    return fail(`the client ${client.name} is declared without security: nothing can be protected`)
  const protection = layerOf(security, tag, manner, fields)
  if (!protection.ok) return protection
  return ok(protection.value === undefined ? [top] : [top, protection.value])
}

/** Signed first, then ciphered. */
function signedTops(
  security: SecurityContext,
  top: StackLayer,
  { manner, fields, signing }: SaidProtection,
): Made<Tops> {
  const by = security.signing()
  if (!by.ok) return by
  const signed = withRecords(signingLayer(by.value), signing)
  const protection = layerOf(security, TAGS.get(GENERAL_SIGNING) ?? 0, manner, fields)
  if (!protection.ok) return protection
  return ok(protection.value === undefined ? [top, signed] : [top, signed, protection.value])
}

const withRecords = (layer: StackLayer, fields: JsonRecord): StackLayer => ({
  ...layer,
  records: (payload) => layer.records(payload).map((record) => withFields(record, fields)),
})

/** First octets of the APDUs, by their names. */
const TAGS: ReadonlyMap<string, number | undefined> = new Map(
  Object.entries(apdu.tags).map(([name, [tag]]) => [name, tag]),
)

const isCiphered = (name: string): boolean => /^(glo|ded|general)-/.test(name)

function layerOf(
  security: SecurityContext,
  tag: number,
  manner: Manner,
  fields: JsonRecord,
): Made<StackLayer | undefined> {
  const sealing = security.sealing(
    tag,
    security.material.ciphers ? manner : { kind: 'authenticated-encrypted', ...manner },
  )
  if (!sealing.ok) return sealing
  if (sealing.value === undefined) return ok(undefined)
  return ok(withRecords(protectionLayer(sealing.value), fields))
}

/** `security-control.encryption` lies deeper than the record. */
function withFields(record: JsonRecord, fields: JsonRecord): JsonRecord {
  let changed = record
  for (const [path, value] of Object.entries(fields)) {
    const [first = '', ...deeper] = path.split('.')
    const inner = changed[first]
    changed =
      deeper.length === 0 || !isRecord(inner)
        ? { ...changed, [first]: value }
        : { ...changed, [first]: withFields(inner, { [deeper.join('.')]: value }) }
  }
  return changed
}

const USER_INFORMATION = 'user-information'
const INITIATE = 'initiate-request'
const INITIATE_TAG = 0x01

/** AARQ and RLRQ are plain: protected is the InitiateRequest in them, where there is one. */
function carryingTops(security: SecurityContext, top: StackLayer, { manner, fields }: SaidProtection): Made<Tops> {
  const [said = {}] = top.records(new Uint8Array(0))
  const information = top.message.canonical(said)[USER_INFORMATION]
  const initiate = isRecord(information) ? information[INITIATE] : undefined
  const message = messageOf(INITIATE)
  if (!isRecord(initiate) || message === undefined) return ok([top])
  const protection = layerOf(security, INITIATE_TAG, { form: 'glo', ...manner }, fields)
  if (!protection.ok) return protection
  if (protection.value === undefined) return ok([top])
  const carrier: StackLayer = {
    ...top,
    records: (payload) =>
      top
        .records(payload)
        .map((record) => ({ ...top.message.canonical(record), [USER_INFORMATION]: { octets: hex(payload) } })),
  }
  return ok([{ ...messageLayer(message, initiate), aliases: [] }, protection.value, carrier])
}

/** Paths into the user-information of what carries a protected InitiateRequest lead to that. */
export function pathsIntoInitiate(tops: Tops, paths: JsonRecord): JsonRecord {
  const [first, , carrier] = tops
  if (carrier === undefined) return paths
  const heads = [...carrier.aliases, carrier.name]
  return Object.fromEntries(
    Object.entries(paths).map(([path, value]) => {
      const [head = '', ...rest] = path.split('.')
      if (!heads.includes(head)) return [path, value]
      const inside = rest.filter((name) => name !== USER_INFORMATION && name !== INITIATE)
      const known = inside[0] !== undefined && first.message.fields.includes(inside[0])
      return known ? [`${INITIATE}.${inside.join('.')}`, value] : [path, value]
    }),
  )
}
