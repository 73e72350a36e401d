// One layer of a stack: a message of the catalogue whose information is what the layer above has become.
import { rest, sequence } from '../codec/codec.ts'
import { hex } from '../codec/value.ts'
import { segments } from './hdlc/segment.ts'
import { llc, LLC_COMMAND, type LlcHeader } from './hdlc/llc.ts'
import type { JsonRecord } from './json.ts'
import { messageOf, plainMessage, SHORT_NAMES, type Message } from './messages.ts'

export interface StackLayer {
  /** `aarq`, `llc`, `hdlc`, `wrapper`; with several frames `hdlc[1]`, `hdlc[2]` … */
  readonly name: string
  /** Other names for it at the head of a path: `apdu`, `frame`, `rr`. */
  readonly aliases: readonly string[]
  readonly message: Message
  /** What is built of the payload, one record a piece; only the lowest layer makes several. The topmost has no payload. */
  records(payload: Uint8Array): readonly JsonRecord[]
}

/** From the top down. */
export type Stack = readonly [StackLayer, ...StackLayer[]]

const LAYER_NAMES = { hdlc: 'hdlc', wrapper: 'wrapper' } as const
const LAYER_ALIASES = { apdu: ['apdu'], hdlc: ['frame'], wrapper: ['frame'], 'sign-on': ['sign-on'] } as const

/** The topmost layer: what a suite says, completed by what the session has for where it is silent. */
export function messageLayer(message: Message, said: JsonRecord): StackLayer {
  const { layer } = message
  const short = Object.keys(SHORT_NAMES).filter((name) => SHORT_NAMES[name] === message.name)
  const aliases = [...LAYER_ALIASES[layer], ...short, message.name]
  return { name: layer in LAYER_NAMES ? layer : message.name, aliases, message, records: () => [said] }
}

/** The topmost layer where a suite gives octets as they are; `name` is the layer that they replace. */
export const octetsLayer = (name: string, given: Uint8Array): StackLayer => ({
  name,
  aliases: [],
  message: plainMessage(name, 'apdu', sequence({ octets: rest })),
  records: () => [{ octets: hex(given) }],
})

const LLC = plainMessage('llc', 'apdu', llc)

export const llcLayer = (fields: LlcHeader = LLC_COMMAND): StackLayer => ({
  name: 'llc',
  aliases: [],
  message: LLC,
  records: (payload) => [{ ...fields, information: hex(payload) }],
})

/** I or UI frames that carry LLC and APDU, in information fields of at most `maximum` octets. `frame` gives the fields of frame n of m, counted from 1. */
export interface Framing {
  readonly message: 'i' | 'ui'
  readonly maximum: number
  frame(n: number, of: number): JsonRecord
}

export function hdlcLayer(framing: Framing): StackLayer {
  const { message: name, maximum } = framing
  return {
    name: 'hdlc',
    aliases: ['frame', name],
    message: known(name),
    records(payload) {
      const all = segments(payload, maximum)
      return all.map(({ information, segmentation }, index) => ({
        ...framing.frame(index + 1, all.length),
        segmentation,
        information: hex(information),
      }))
    },
  }
}

/** One WPDU round the APDU. */
export const wrapperLayer = (fields: JsonRecord): StackLayer => ({
  name: 'wrapper',
  aliases: ['frame', 'wpdu'],
  message: known('wpdu'),
  records: (payload) => [{ ...fields, information: hex(payload) }],
})

function known(name: string): Message {
  const message = messageOf(name)
  if (message === undefined) throw new TypeError(`no message is called ${name}`)
  return message
}
