// read · write · invoke: COSEM attributes and methods; what is written is journalled first.
import { encode, fromJson, toJson, type ValueFailure } from '../../codec/codec.ts'
import { fail, ok, type Result, type Value } from '../../codec/value.ts'
import type { MethodInvoked } from '../../client/logical-names/action.ts'
import type { AttributeAsked } from '../../client/logical-names/get.ts'
import type { AttributeWritten } from '../../client/logical-names/set.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import type { Came } from '../evidence.ts'
import { failureText } from '../failure.ts'
import { attributeOf, methodOf } from './objects.ts'
import { remembered, RESTORING, UNREADABLE_ENTRY, type Entry } from './journal.ts'
import { notReached } from './link.ts'
import { PROTECTIONS } from '../../client/security-material.ts'
import { CIPHERED_FORMS } from '../../protocol/security/ciphered-apdu.ts'
import { GENERAL_SIGNING, PROTECTED_FORMS } from '../../protocol/security/general-signing.ts'
import { conversed, type Manner } from './conversation.ts'
import { selectionOf } from './selection.ts'
import type { Windows } from './serve-in-blocks.ts'
import { COUNT, FIELDS, isRefusal, numberArg, within, type Doing, type Word } from './word.ts'

/** The number in a tagged value: `{"double-long-unsigned": 5}` → 5. */
function numberIn(value: Value): Value {
  const inner = isRecord(value) ? Object.values(value)[0] : undefined
  return typeof inner === 'number' || (typeof inner === 'string' && /^-?\d+$/.test(inner)) ? inner : null
}

/** In an answer of one APDU: tag, choice, invoke-id, choice of the result. */
const OCTETS_BEFORE_DATA = 4

export const readAttribute = (doing: Doing, asked: AttributeAsked, manner: Manner = {}): Promise<Came | Refusal> =>
  conversed(
    doing,
    (services) => services.get(asked),
    manner,
    (read) => {
      const value = toJson(read)
      const octets = OCTETS_BEFORE_DATA + encode(data, read).length
      return { names: { value }, saves: { value, number: numberIn(value), octets } }
    },
  )

export const GENERAL = 'general-block-transfer'

/** Otherwise than the association has it: `{"by": "encrypted", "form": "general-glo"}`. */
const PROTECTION = {
  type: 'object',
  additionalProperties: false,
  properties: { by: { enum: PROTECTIONS }, form: { enum: PROTECTED_FORMS } },
} as const

/**
 * `by: "general-block-transfer"`: the meter sends up to `window` blocks in a turn, the tester such of `octets`. `loseBlock`: one of the answer
 * is treated as lost; `repeatBlock`, `advanceBlock`, `changeBlock`: one of the request is sent twice, before the one in front of it, or with one bit
 * changed; `mixBlock`: from this one on they are those of the same request, protected once more. Of the outcomes, `assembled` is an answer in blocks, whatever it says, and `undisturbed` one where there was no such block.
 */
const WINDOWS = {
  by: { enum: [GENERAL] },
  window: { type: 'integer', minimum: 1, maximum: 63 },
  octets: COUNT,
  loseBlock: { anyOf: [COUNT, { const: 'last' }] },
  repeatBlock: COUNT,
  advanceBlock: COUNT,
  changeBlock: COUNT,
  mixBlock: COUNT,
  protection: PROTECTION,
} as const

function windowsOf(args: JsonRecord): Windows {
  const octets = numberArg(args, 'octets')
  const lost = args['loseBlock'] === 'last' ? 'last' : numberArg(args, 'loseBlock')
  const repeated = numberArg(args, 'repeatBlock')
  const advanced = numberArg(args, 'advanceBlock')
  const changed = numberArg(args, 'changeBlock')
  const mixed = numberArg(args, 'mixBlock')
  return {
    window: numberArg(args, 'window') ?? 1,
    ...(octets === undefined ? {} : { octets }),
    ...(lost === undefined ? {} : { lost }),
    ...(repeated === undefined ? {} : { repeated }),
    ...(advanced === undefined ? {} : { advanced }),
    ...(changed === undefined ? {} : { changed }),
    ...(mixed === undefined ? {} : { mixed }),
  }
}

/** `during`: what is invoked on another connection as soon as the first answer is there; `done` is told when it was carried out. */
function disturbed({ bench, args: { during }, ...doing }: Doing, done: () => void): Result<Manner, string> {
  if (during === undefined) return ok({})
  const { on, method } = isRecord(during) ? during : {}
  const other = typeof on === 'string' ? bench.connections.get(on) : undefined
  if (other === undefined || method === undefined) return fail('during: expected a connection (on) and a method')
  const here: Doing = { ...within({ bench, args: {}, ...doing }, { method }), connection: other }
  return ok({
    async afterTheFirst() {
      const came = await invoke.run(here)
      if (!isRefusal(came) && 'success' in came.outcome.names) done()
    },
  })
}

const read: Word = {
  says: 'read',
  properties: { attribute: FIELDS, selection: FIELDS, during: FIELDS, ...WINDOWS },
  required: ['attribute'],
  outcomes: ['value', 'refused', 'unlisted', 'undisturbed', 'assembled'],
  saves: ['number', 'octets', 'blocks', 'happened'],
  alive: true,
  async run(doing) {
    const asked = askedOf(doing.args)
    if (!asked.ok) return { refusal: asked.failure }
    let happened = false
    const manner = disturbed(doing, () => {
      happened = true
    })
    if (!manner.ok) return { refusal: manner.failure }
    const came = await readAttribute(doing, asked.value, { ...manner.value, ...mannerOf(doing.args) })
    return isRefusal(came) ? came : { ...came, saves: { ...came.saves, happened } }
  },
}

/** `attribute`, and `selection` where not all of it is wanted. */
export function askedOf({ attribute: said, selection }: JsonRecord): Result<AttributeAsked, string> {
  const attribute = attributeOf(said)
  if (!attribute) return fail(notAnAttribute(said))
  if (selection === undefined) return ok({ attribute })
  const selected = selectionOf(selection)
  return selected.ok ? ok({ attribute, selection: selected.value }) : selected
}

const notData = (argument: string, { path, expected, found }: ValueFailure): string =>
  failureText({ path: path === '' ? argument : `${argument}.${path}`, expected, found })

/** A tagged value of an argument. */
export function dataOf(argument: string, said: Value | undefined): Result<Data, string> {
  const value = fromJson(data, said ?? null)
  return value.ok ? value : fail(notData(argument, value.failure))
}

const notAnAttribute = (value: Value | undefined): string =>
  `expected an attribute (class-id, instance-id, attribute-id), found ${JSON.stringify(value ?? null)}`

const keyOf = (
  { connection }: Doing,
  { 'class-id': classId, 'instance-id': instanceId, 'attribute-id': id }: CosemAttributeDescriptor,
): string => `${connection.device.name}/${classId}/${instanceId}/${id}`

/** What the journal keeps of an attribute that is written. */
export const entryOf = (doing: Doing, attribute: CosemAttributeDescriptor): Entry => ({
  key: keyOf(doing, attribute),
  word: 'write',
  client: doing.connection.client.name,
  device: doing.connection.device.name,
  attribute: { ...attribute },
})

/** Reads and journals the old value before the first write; undefined: it is safe to write. */
export async function journalled(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Refusal | undefined> {
  return remembered(doing, entryOf(doing, attribute), async () => {
    const came = await readAttribute(within(doing), { attribute })
    return isRefusal(came)
      ? { value: undefined, text: came.refusal }
      : { value: came.saves?.['value'], text: came.outcome.text }
  })
}

const SUCCESS = { names: { success: true } } as const

export const writeAttribute = (doing: Doing, written: AttributeWritten, manner: Manner = {}): Promise<Came | Refusal> =>
  conversed(
    doing,
    (services) => services.set(written),
    manner,
    () => SUCCESS,
  )

/** `by: "block-transfer"`: in blocks of `octets`, though it may fit in one APDU. */
export const BLOCKS = { ...WINDOWS, by: { enum: ['block-transfer', GENERAL] } } as const

/** So that even a short value takes several. */
const SMALL_BLOCK = 4

export function mannerOf(args: JsonRecord): Manner {
  const { by } = args
  const protection = protectionIn(args)
  if (by === 'block-transfer') return { ...protection, blockOctets: numberArg(args, 'octets') ?? SMALL_BLOCK }
  return by === GENERAL ? { ...protection, windows: windowsOf(args) } : protection
}

function protectionIn({ protection }: JsonRecord): Pick<Manner, 'protection'> {
  if (!isRecord(protection)) return {}
  const kind = PROTECTIONS.find((each) => each === protection['by'])
  const form = CIPHERED_FORMS.find((each) => each === protection['form'])
  const signed = protection['form'] === GENERAL_SIGNING
  return { protection: { ...(kind ? { kind } : {}), ...(form ? { form } : {}), ...(signed ? { signed } : {}) } }
}

const write: Word = {
  says: 'write',
  properties: { attribute: FIELDS, value: FIELDS, selection: FIELDS, ...BLOCKS },
  required: ['attribute', 'value'],
  outcomes: ['success', 'refused', 'unlisted', 'undisturbed', 'assembled'],
  saves: ['blocks'],
  alive: true,
  async run(doing) {
    const { args } = doing
    const asked = askedOf(args)
    if (!asked.ok) return { refusal: asked.failure }
    const value = dataOf('value', args['value'])
    if (!value.ok) return { refusal: value.failure }
    const unsafe = await journalled(doing, asked.value.attribute)
    if (unsafe !== undefined) return unsafe
    return writeAttribute(doing, { ...asked.value, value: value.value }, mannerOf(args))
  },
}

const invoke: Word = {
  says: 'invoke',
  properties: { method: FIELDS, parameter: FIELDS, ...BLOCKS },
  required: ['method'],
  outcomes: ['success', 'refused', 'unlisted', 'undisturbed', 'assembled'],
  saves: ['value', 'blocks'],
  alive: true,
  async run(doing) {
    const { args } = doing
    const invoked = invokedOf(args)
    if (!invoked.ok) return { refusal: invoked.failure }
    return invokeMethod(doing, invoked.value, mannerOf(args))
  },
}

export const invokeMethod = (doing: Doing, invoked: MethodInvoked, manner: Manner = {}): Promise<Came | Refusal> =>
  conversed(
    doing,
    (services) => services.action(invoked),
    manner,
    (returned) => ({
      ...SUCCESS,
      ...(returned === undefined ? {} : { saves: { value: toJson(returned) } }),
    }),
  )

/** `method`, and `parameter` beside it or in it. */
export function invokedOf({ method: said, parameter: beside }: JsonRecord): Result<MethodInvoked, string> {
  const method = methodOf(said)
  if (!method)
    return fail(`expected a method (class-id, instance-id, method-id), found ${JSON.stringify(said ?? null)}`)
  const given = beside ?? (isRecord(said) ? said['parameter'] : undefined)
  if (given === undefined) return ok({ method })
  const parameter = dataOf('parameter', given)
  return parameter.ok ? ok({ method, parameter: parameter.value }) : parameter
}

/** Writes the old value of a journalled attribute, over an association of its own. */
export async function putBackAttribute(doing: Doing, entry: JsonRecord, old: Value): Promise<Came | Refusal> {
  const { bench } = doing
  const { client, device, attribute } = entry
  const descriptor = attributeOf(attribute)
  const value = fromJson(data, old)
  if (typeof client !== 'string' || typeof device !== 'string' || !descriptor || !value.ok) return UNREADABLE_ENTRY
  const climbed = await bench.climb(RESTORING, { rung: 'association', client, device })
  const connection = bench.connections.get(RESTORING)
  if (climbed.is !== 'up' || !connection) return { outcome: notReached(climbed) }
  const here: Doing = { ...within(doing), connection }
  const came = await writeAttribute(here, { attribute: descriptor, value: value.value })
  const there = isRefusal(came) || 'success' in came.outcome.names || (await holds(here, descriptor, value.value))
  await bench.connections.drop(connection)
  return there && !isRefusal(came) ? { outcome: { ...came.outcome, ...SUCCESS } } : came
}

/** Whoever refuses what is there already has refused the new value as well. */
async function holds(doing: Doing, attribute: CosemAttributeDescriptor, value: Data): Promise<boolean> {
  const came = await readAttribute(doing, { attribute })
  const found = isRefusal(came) ? undefined : fromJson(data, came.saves?.['value'] ?? null)
  return found?.ok === true && Buffer.compare(encode(data, found.value), encode(data, value)) === 0
}

export const attributeWords: Readonly<Record<string, Word>> = { read, write, invoke }
