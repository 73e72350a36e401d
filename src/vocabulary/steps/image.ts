// image.initiate · send-blocks · progress · verify · activate: a declared test image into an Image transfer (class 18).
import { unhex, type Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { Came } from '../evidence.ts'
import { invokeMethod, readAttribute } from './attribute.ts'
import { objectOf } from './objects.ts'
import { DURATION, FIELDS, isRefusal, NAME, numberArg, textArg, within, type Doing, type Word } from './word.ts'

type CosemObject = NonNullable<ReturnType<typeof objectOf>>

const BLOCK_SIZE = 2
const BLOCKS_STATUS = 3
const FIRST_NOT_TRANSFERRED = 4

const INITIATE = 1
const BLOCK_TRANSFER = 2
const VERIFY = 3
const ACTIVATE = 4

interface Image {
  readonly object: CosemObject
  readonly identification: string
  readonly size: number
  /** Its octets are these, again and again. */
  readonly fill: Uint8Array
}

const NO_IMAGE: Refusal = { refusal: 'image: expected class-id, instance-id, identification and size' }

function imageIn({ args }: Doing): Image | undefined {
  const { image } = args
  const object = objectOf(image)
  if (!object || !isRecord(image)) return undefined
  const { identification, size, fill } = image
  if (typeof identification !== 'string' || typeof size !== 'number') return undefined
  const octets = typeof fill === 'string' ? unhex(fill) : undefined
  return { object, identification, size, fill: octets?.length ? octets : Uint8Array.of(0) }
}

const octetsOf = ({ fill }: Image, from: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => fill[(from + at) % fill.length] ?? 0)

const invoke = (doing: Doing, { object }: Image, method: number, parameter: Data): Promise<Came | Refusal> =>
  invokeMethod(doing, { method: { ...object, 'method-id': method }, parameter })

/** The number in an attribute; undefined: it could not be read. */
async function valueOf(doing: Doing, { object }: Image, attribute: number): Promise<Value | undefined> {
  const came = await readAttribute(within(doing), { attribute: { ...object, 'attribute-id': attribute } })
  const value = isRefusal(came) ? undefined : came.outcome.names['value']
  return isRecord(value) ? Object.values(value)[0] : undefined
}

const initiate: Word = {
  says: 'begin the transfer of an image',
  properties: { image: FIELDS, identification: NAME, size: { type: 'integer', minimum: 0 } },
  required: ['image'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const image = imageIn(doing)
    if (!image) return NO_IMAGE
    const identification = textArg(doing.args, 'identification') ?? image.identification
    const parts: readonly Data[] = [
      { is: 'octet-string', value: new TextEncoder().encode(identification) },
      { is: 'double-long-unsigned', value: numberArg(doing.args, 'size') ?? image.size },
    ]
    return invoke(doing, image, INITIATE, { is: 'structure', value: parts })
  },
}

/** All blocks, without some or only some of them; a block as it is (`number`, `length`) for what should be refused. */
const sendBlocks: Word = {
  says: 'send blocks of the image',
  properties: {
    image: FIELDS,
    without: { type: 'array', items: { type: 'integer', minimum: 0 } },
    only: { type: 'array', items: { type: 'integer', minimum: 0 } },
    backwards: { type: 'boolean' },
    behindTheLast: { type: 'boolean' },
    longer: { type: 'integer' },
  },
  required: ['image'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const image = imageIn(doing)
    if (!image) return NO_IMAGE
    const size = await valueOf(doing, image, BLOCK_SIZE)
    if (typeof size !== 'number' || size < 1) return { refusal: 'image_block_size cannot be read' }
    const count = Math.ceil(image.size / size)
    const numbers = doing.args['behindTheLast'] === true ? [count] : wanted(doing, count)
    let came: Came | Refusal = { refusal: 'no block is to be sent' }
    for (const number of numbers) {
      const due = Math.min(size, image.size - number * size)
      const length = Math.max(0, (due > 0 ? due : size) + (numberArg(doing.args, 'longer') ?? 0))
      const parts: readonly Data[] = [
        { is: 'double-long-unsigned', value: number },
        { is: 'octet-string', value: octetsOf(image, number * size, length) },
      ]
      came = await invoke(doing, image, BLOCK_TRANSFER, { is: 'structure', value: parts })
      if (isRefusal(came) || !('success' in came.outcome.names)) return came
    }
    return came
  },
}

function wanted({ args }: Doing, count: number): readonly number[] {
  const { without, only, backwards } = args
  const has = (list: Value | undefined, number: number): boolean =>
    list !== undefined && isList(list) && list.includes(number)
  const numbers = Array.from({ length: count }, (_, number) => number).filter((number) =>
    only === undefined ? !has(without, number) : has(only, number),
  )
  return backwards === true ? numbers.reverse() : numbers
}

/** `blocks`: of the image as the meter counts them; `received`; `first`: that has not come. */
const progress: Word = {
  says: 'read how far the transfer is',
  properties: { image: FIELDS },
  required: ['image'],
  outcomes: ['progress', 'refused'],
  alive: true,
  async run(doing) {
    const image = imageIn(doing)
    if (!image) return NO_IMAGE
    const first = await valueOf(doing, image, FIRST_NOT_TRANSFERRED)
    const attribute = { ...image.object, 'attribute-id': BLOCKS_STATUS }
    const came = await readAttribute(doing, { attribute })
    if (isRefusal(came)) return came
    const { value } = came.outcome.names
    const bits = isRecord(value) ? value['bit-string'] : undefined
    if (typeof bits !== 'string' || typeof first !== 'number') return { outcome: came.outcome }
    const blocks = bits.length
    const received = bits.split('1').length - 1
    const { outcome } = came
    return { outcome: { ...outcome, names: { ...outcome.names, progress: { blocks, received, first } } } }
  },
}

const POLL_MS = 1000
const VERIFY_MS = 60_000

/** Until it is verified, for the meter may take its time (temporary-failure). */
const verify: Word = {
  says: 'verify the image',
  properties: { image: FIELDS, withinMs: DURATION },
  required: ['image'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const image = imageIn(doing)
    if (!image) return NO_IMAGE
    const until = doing.bench.now() + (numberArg(doing.args, 'withinMs') ?? VERIFY_MS)
    for (;;) {
      const came = await invoke(doing, image, VERIFY, { is: 'integer', value: 0 })
      const busy = !isRefusal(came) && came.outcome.names['refused'] === 'temporary-failure'
      if (!busy || doing.bench.now() + POLL_MS > until) return came
      await doing.bench.pause(POLL_MS)
    }
  },
}

const activate: Word = {
  says: 'activate the image',
  properties: { image: FIELDS },
  required: ['image'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const image = imageIn(doing)
    return image ? invoke(doing, image, ACTIVATE, { is: 'integer', value: 0 }) : NO_IMAGE
  },
}

export const imageWords: Readonly<Record<string, Word>> = {
  'image.initiate': initiate,
  'image.send-blocks': sendBlocks,
  'image.progress': progress,
  'image.verify': verify,
  'image.activate': activate,
}
