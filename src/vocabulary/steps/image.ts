// image.initiate · send-blocks · progress · verify · activate: a declared test image into an Image transfer (class 18).
import { unhex, type Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import type { Data } from '../../protocol/data/data.ts'
import type { Came } from '../evidence.ts'
import { invokeMethod, readAttribute } from './attribute-services.ts'
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
const NO_FILE: Refusal = { refusal: 'image: its file cannot be read' }

/** `image`: a test image; with `kind` the images of the maker, of which this one is meant. */
function imageIn({ args, bench }: Doing): Image | Refusal {
  const { image, kind } = args
  const object = objectOf(image)
  if (!object || !isRecord(image)) return NO_IMAGE
  if (typeof kind === 'string') return madeImage(object, image[kind], bench.setup.file)
  const { identification, size, fill } = image
  if (typeof identification !== 'string' || typeof size !== 'number') return NO_IMAGE
  const octets = typeof fill === 'string' ? unhex(fill) : undefined
  return { object, identification, size, fill: octets?.length ? octets : Uint8Array.of(0) }
}

function madeImage(
  object: CosemObject,
  said: Value | undefined,
  read: ((name: string) => Uint8Array | undefined) | undefined,
): Image | Refusal {
  if (said === undefined || !isRecord(said)) return NO_IMAGE
  const { identification, octets, file } = said
  if (typeof identification !== 'string') return NO_IMAGE
  const fill = typeof octets === 'string' ? unhex(octets) : typeof file === 'string' ? read?.(file) : undefined
  return fill?.length ? { object, identification, size: fill.length, fill } : NO_FILE
}

const isImage = (image: Image | Refusal): image is Image => !('refusal' in image)

const IMAGE = { image: FIELDS, kind: NAME } as const

/** `flipped`: the octet of which one bit is another. */
const octetsOf = ({ fill }: Image, from: number, length: number, flipped?: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (fill[(from + at) % fill.length] ?? 0) ^ (from + at === flipped ? 1 : 0))

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
  properties: { ...IMAGE, identification: NAME, size: { type: 'integer', minimum: 0 } },
  required: ['image'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const image = imageIn(doing)
    if (!isImage(image)) return image
    const identification = textArg(doing.args, 'identification') ?? image.identification
    const parts: readonly Data[] = [
      { is: 'octet-string', value: new TextEncoder().encode(identification) },
      { is: 'double-long-unsigned', value: numberArg(doing.args, 'size') ?? image.size },
    ]
    return invoke(doing, image, INITIATE, { is: 'structure', value: parts })
  },
}

/** All blocks, without some or only some of them; `longer`, `behindTheLast`: what should be refused; `flip`: one bit in the middle of the image is another. */
const sendBlocks: Word = {
  says: 'send blocks of the image',
  properties: {
    ...IMAGE,
    without: { type: 'array', items: { type: 'integer', minimum: 0 } },
    only: { type: 'array', items: { type: 'integer', minimum: 0 } },
    backwards: { type: 'boolean' },
    behindTheLast: { type: 'boolean' },
    longer: { type: 'integer' },
    flip: { type: 'boolean' },
  },
  required: ['image'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const image = imageIn(doing)
    if (!isImage(image)) return image
    const size = await valueOf(doing, image, BLOCK_SIZE)
    if (typeof size !== 'number' || size < 1) return { refusal: 'image_block_size cannot be read' }
    const count = Math.ceil(image.size / size)
    const numbers = doing.args['behindTheLast'] === true ? [count] : wanted(doing, count)
    const flipped = doing.args['flip'] === true ? [Math.floor(image.size / 2)] : []
    let came: Came | Refusal = { refusal: 'no block is to be sent' }
    for (const number of numbers) {
      const due = Math.min(size, image.size - number * size)
      const length = Math.max(0, (due > 0 ? due : size) + (numberArg(doing.args, 'longer') ?? 0))
      const parts: readonly Data[] = [
        { is: 'double-long-unsigned', value: number },
        { is: 'octet-string', value: octetsOf(image, number * size, length, ...flipped) },
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
  properties: IMAGE,
  required: ['image'],
  outcomes: ['progress', 'refused'],
  alive: true,
  async run(doing) {
    const image = imageIn(doing)
    if (!isImage(image)) return image
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
  properties: { ...IMAGE, withinMs: DURATION },
  required: ['image'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const image = imageIn(doing)
    if (!isImage(image)) return image
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
  properties: IMAGE,
  required: ['image'],
  outcomes: ['success', 'refused', 'unlisted'],
  alive: true,
  async run(doing) {
    const image = imageIn(doing)
    return isImage(image) ? invoke(doing, image, ACTIVATE, { is: 'integer', value: 0 }) : image
  },
}

export const imageWords: Readonly<Record<string, Word>> = {
  'image.initiate': initiate,
  'image.send-blocks': sendBlocks,
  'image.progress': progress,
  'image.verify': verify,
  'image.activate': activate,
}
