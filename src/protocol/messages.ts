// The catalogue: each message by its name, with its codec, how suites write it, and what normally answers it.
import { build, toJson as codecToJson, type Built, type Codec, type Damages } from '../codec/codec.ts'
import { nearestNames } from '../codec/path.ts'
import { fail, ok, type Result, type Value } from '../codec/value.ts'
import { apdu, type ApduName } from './apdu.ts'
import { apduAnswers, apduFields, APDU_NAMES, apduToJson, canonicalApdu } from './apdus.ts'
import { FRAME_NAMES, type FrameName } from './hdlc/control.ts'
import type { Frame } from './hdlc/examine.ts'
import { frames } from './hdlc/frame.ts'
import { canonicalFrame, frameFields, frameFromJson, frameToJson } from './hdlc/json.ts'
import { completed, isRecord, valueOf, type JsonRecord, type MessageFailure } from './json.ts'
import { SIGN_ON_NAMES, signOn, type SignOnName } from './sign-on/messages.ts'
import { wpdu, WRAPPER_VERSION } from './wrapper/wpdu.ts'

export type Layer = 'sign-on' | 'hdlc' | 'wrapper' | 'apdu'

/** A message of the standard. Values of its codec are unknown here: `from` makes them, `to` takes them. */
export interface Message {
  readonly name: string
  readonly layer: Layer
  readonly codec: Codec<unknown>
  /** Fields that a suite may write. */
  readonly fields: readonly string[]
  /** What a suite writes in the one form in which a fault can replace a part of it: no two names for one field. */
  canonical(this: void, said: JsonRecord): JsonRecord
  /** The canonical form → a value of the codec. All fields without a default must be there. */
  from(this: void, said: JsonRecord): Result<unknown, MessageFailure>
  /** What a matcher sees. */
  to(this: void, value: unknown): Value
  /** Names of the normal answers. */
  readonly answers: readonly string[]
}

const FRAME_ANSWERS: Readonly<Partial<Record<FrameName, readonly string[]>>> = {
  i: ['i', 'rr'],
  rr: ['rr', 'i'],
  rnr: ['rr', 'rnr'],
  snrm: ['ua'],
  disc: ['ua', 'dm'],
}

const frameMessage = (name: FrameName): Message => ({
  name,
  layer: 'hdlc',
  codec: frames[name],
  fields: frameFields(name),
  canonical: canonicalFrame,
  from: (said) => frameFromJson(name, said),
  to: (value) => frameToJson(value as Frame),
  answers: FRAME_ANSWERS[name] ?? [],
})

/** A message whose JSON has the fields of its codec. */
export function plainMessage(name: string, layer: Layer, codec: Codec<unknown>, defaults: JsonRecord = {}): Message {
  const fields =
    codec.shape.is === 'sequence' ? codec.shape.fields.filter(({ silent }) => !silent).map((field) => field.name) : []
  return {
    name,
    layer,
    codec,
    fields,
    canonical: (said) => said,
    from: (said) => valueOf(codec, { ...defaults, ...said }),
    to: codecToJson,
    answers: [],
  }
}

const SIGN_ON_ANSWERS: Readonly<Partial<Record<SignOnName, readonly string[]>>> = {
  request: ['identification'],
  acknowledgement: ['acknowledgement', 'data-readout', 'command'],
  command: ['ack', 'data-readout'],
}

const SIGN_ON_DEFAULTS: Readonly<Partial<Record<SignOnName, JsonRecord>>> = {
  request: { address: '' },
  identification: { 'mode-escapes': '', identification: '' },
  'data-readout': { partial: false },
  'error-message': { partial: false },
  command: { partial: false },
  break: { type: 'B', number: '0', partial: false },
}

function signOnMessage(name: SignOnName): Message {
  const plain = plainMessage(name, 'sign-on', signOn[name], SIGN_ON_DEFAULTS[name])
  const answers = SIGN_ON_ANSWERS[name] ?? []
  if (name !== 'command') return { ...plain, answers }
  return {
    ...plain,
    fields: [...plain.fields, 'data'],
    canonical: ({ data, ...others }) => (data === undefined ? others : { ...others, 'data-field': dataSet(data) }),
    to(value) {
      const json = codecToJson(value)
      if (!isRecord(json)) return json
      const { 'data-field': data, ...others } = json
      return data === undefined ? others : { ...others, data }
    },
    answers,
  }
}

/** `{address, value}` of a data set is written `address(value)`; either may be empty. */
function dataSet(data: Value): Value {
  if (!isRecord(data)) return data
  const { address = '', value = '' } = data
  return typeof address === 'string' && typeof value === 'string' ? `${address}(${value})` : data
}

const wrapperMessage: Message = {
  ...plainMessage('wpdu', 'wrapper', wpdu, { version: WRAPPER_VERSION }),
  answers: ['wpdu'],
}

function apduMessage(name: ApduName): Message {
  const codec: Codec<unknown> = apdu.arms[name]
  return {
    name,
    layer: 'apdu',
    codec,
    fields: apduFields(name),
    canonical: (said) => canonicalApdu(name, said),
    from: (said) => valueOf(codec, said),
    to: (value) => apduToJson(name, value),
    answers: apduAnswers(name),
  }
}

const ALL: ReadonlyMap<string, Message> = new Map(
  [
    ...SIGN_ON_NAMES.map(signOnMessage),
    ...FRAME_NAMES.map(frameMessage),
    wrapperMessage,
    ...APDU_NAMES.map(apduMessage),
  ].map((message) => [message.name, message]),
)

/** Names that stand for what the context needs: logical names and no ciphering, where nothing else is said. */
export const SHORT_NAMES: Readonly<Record<string, string>> = {
  get: 'get-request-normal',
  set: 'set-request-normal',
  'reply-to-hls': 'action-request-normal',
  action: 'action-request-normal',
  'get-response': 'get-response-normal',
  'set-response': 'set-response-normal',
  'action-response': 'action-response-normal',
  'event-notification': 'event-notification-request',
  access: 'access-request',
  read: 'read-request',
  write: 'write-request',
  'unconfirmed-write': 'unconfirmed-write-request',
  'information-report': 'information-report-request',
}

export const MESSAGE_NAMES: readonly string[] = [...ALL.keys(), ...Object.keys(SHORT_NAMES)]

/** By full or short name. */
export const messageOf = (name: string): Message | undefined => ALL.get(SHORT_NAMES[name] ?? name)

export function requireMessage(name: string): Result<Message, MessageFailure> {
  const message = messageOf(name)
  if (message !== undefined) return ok(message)
  const candidates = nearestNames(name, MESSAGE_NAMES)
  return fail({ is: 'no-such-message', path: name, expected: 'the name of a message', found: name, candidates })
}

/** What a suite says, completed by what the session has where it is silent, in canonical form. */
export const merged = (message: Message, said: JsonRecord, defaults: JsonRecord): JsonRecord =>
  completed(message.canonical(defaults), message.canonical(said))

/** What a suite says of a message, and what the session adds → a value of its codec. */
export function fromJson(name: string, said: JsonRecord, defaults: JsonRecord = {}): Result<unknown, MessageFailure> {
  const message = requireMessage(name)
  return message.ok ? message.value.from(merged(message.value, said, defaults)) : message
}

/** A value of the codec of this message → what a matcher sees. */
export const toJson = (name: string, value: unknown): Value => messageOf(name)?.to(value) ?? null

/** What a suite says → octets, with damage. */
export function buildMessage(message: Message, said: JsonRecord, damages: Damages): Result<Built, MessageFailure> {
  const value = message.from(message.canonical(said))
  return value.ok ? build(message.codec, value.value, damages) : value
}
