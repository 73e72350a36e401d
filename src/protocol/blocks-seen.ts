// Block transfer as somebody sees it who only looks on: blocks of both directions in the order they passed → what they carried.
import { decode, explain, type Codec, type Node } from '../codec/codec.ts'
import { apdu, type Apdu } from './apdu.ts'
import { assemble, NOTHING_ASSEMBLED, type Assembly } from './block-transfer/assemble.ts'
import type { Datablock } from './block-transfer/datablock.ts'
import { rawData } from './block-transfer/raw-data.ts'
import { watchGeneral } from './gbt/watch.ts'
import { complete } from './tree.ts'

type Direction = 'sent' | 'received'

/** What several blocks carried together. */
export interface BlocksSeen {
  /** `value`, `get-results`, `apdu`: what the octets are. */
  readonly is: string
  readonly blocks: number
  readonly octets: Uint8Array
  /** 1 for each octet that is hidden, and so zero. */
  readonly hidden: Uint8Array
  readonly tree: Node
  /** Why the octets are not what they should be, or do not belong together. */
  readonly trouble?: string
}

/** One connection: APDUs as they pass in, and what ended in one out. `hidden` is as long as the APDU. */
export type WatchBlocks = (octets: Uint8Array, hidden: Uint8Array, direction: Direction) => BlocksSeen | undefined

type RawName = keyof typeof rawData

/** A datablock, and what it and those after it are parts of; the first of a request says so itself. */
interface Part {
  readonly block: Datablock
  readonly of?: RawName
}

interface Open {
  readonly of: RawName
  readonly octets: Assembly
  readonly hidden: Assembly
}

/** Looks at one connection. Kept is no more than one transfer of each kind and direction, and of that what `assemble` takes. */
export function watchBlocks(): WatchBlocks {
  const open = new Map<Direction, Open>()
  const general = watchGeneral()
  let asked: Apdu['is'] | undefined
  return (octets, hidden, direction) => {
    if (!mayBeBlock(octets)) {
      const request = REQUESTS[octets[0] ?? 0]?.[octets[1] ?? 0]
      if (request !== undefined) asked = request
      return undefined
    }
    const read = decode(apdu, octets)
    if (!read.ok) return undefined
    const seen = read.value
    if (seen.is === 'general-block-transfer') {
      const whole = general(seen.value, hidden, direction)
      return whole && joined('apdu', whole.blocks, whole.octets, whole.hidden)
    }
    if (OPENING.has(seen.is)) asked = seen.is
    const part = partOf(seen)
    if (part === undefined) return undefined
    const before = part.block['block-number'] === 1 ? undefined : open.get(direction)
    const of = part.of ?? before?.of ?? answerTo(asked)
    const current = before ?? { of, octets: NOTHING_ASSEMBLED, hidden: NOTHING_ASSEMBLED }
    if (isRepeated(current, part.block)) return undefined
    const raw = part.block['raw-data']
    const mask = { ...part.block, 'raw-data': hidden.subarray(octets.length - raw.length) }
    const taken = assemble(current.octets, part.block)
    const masks = assemble(current.hidden, mask)
    open.delete(direction)
    if (taken.is === 'failed' || masks.is === 'failed') return before && broken(current, taken)
    if (taken.is === 'whole' && masks.is === 'whole')
      return taken.assembly.blocks < 2 ? undefined : joined(of, taken.assembly.blocks, taken.raw, masks.raw)
    open.set(direction, { of, octets: taken.assembly, hidden: masks.assembly })
    return undefined
  }
}

/** By its first two octets, as nearly all APDUs are not: nothing is decoded for them. */
function mayBeBlock([first, second]: Uint8Array): boolean {
  if (first === undefined) return false
  return SINGLE_TAGS.has(first) || (second !== undefined && (BLOCK_TAGS[first]?.includes(second) ?? false))
}

const SINGLE_TAGS: ReadonlySet<number> = new Set([0x05, 0x06, 0x0c, 0xe0])
const BLOCK_TAGS: Readonly<Record<number, readonly number[]>> = {
  0xc1: [2, 3, 5],
  0xc3: [4, 5, 6],
  0xc4: [2],
  0xc7: [2],
}
/** Requests that are answered in blocks and are none themselves. */
const REQUESTS: Readonly<Record<number, Readonly<Record<number, Apdu['is']>>>> = {
  0xc0: { 1: 'get-request-normal', 3: 'get-request-with-list' },
  0xc3: { 1: 'action-request-normal', 3: 'action-request-with-list' },
}
const OPENING: ReadonlySet<Apdu['is']> = new Set([
  'action-request-with-first-pblock',
  'action-request-with-list-and-first-pblock',
  'read-request',
])

function answerTo(asked: Apdu['is'] | undefined): RawName {
  switch (asked) {
    case 'get-request-with-list':
      return 'get-results'
    case 'action-request-normal':
    case 'action-request-with-first-pblock':
      return 'action-response'
    case 'action-request-with-list':
    case 'action-request-with-list-and-first-pblock':
      return 'action-responses'
    case 'read-request':
      return 'read-results'
    default:
      return 'value'
  }
}

function partOf(seen: Apdu): Part | undefined {
  switch (seen.is) {
    case 'get-response-with-datablock': {
      const { result, ...numbers } = seen.value.result
      return result.is === 'raw-data' ? { block: { ...numbers, 'raw-data': result.value } } : undefined
    }
    case 'set-request-with-first-datablock':
      return { block: seen.value.datablock, of: 'value' }
    case 'set-request-with-list-and-first-datablock':
      return { block: seen.value.datablock, of: 'values' }
    case 'set-request-with-datablock':
      return { block: seen.value.datablock }
    case 'action-request-with-first-pblock':
      return { block: seen.value.pblock, of: 'value' }
    case 'action-request-with-list-and-first-pblock':
      return { block: seen.value.pblock, of: 'values' }
    case 'action-request-with-pblock':
    case 'action-response-with-pblock':
      return { block: seen.value.pblock }
    case 'read-response': {
      const [only, ...others] = seen.value.result
      return only?.is === 'data-block-result' && others.length === 0 ? { block: only.value } : undefined
    }
    case 'read-request': {
      const [only, ...others] = seen.value['variable-access-specification']
      const is = only?.is === 'read-data-block-access' && others.length === 0
      return is ? { block: only.value, of: 'read-request' } : undefined
    }
    case 'write-request': {
      const [only, ...others] = seen.value['variable-access-specification']
      const [data] = seen.value['list-of-data']
      if (only?.is !== 'write-data-block-access' || others.length > 0 || data?.is !== 'octet-string') return undefined
      return { block: { ...only.value, 'raw-data': data.value }, of: 'write-request' }
    }
    default:
      return undefined
  }
}

/** Sent once more, for want of an acknowledgement. */
const isRepeated = ({ octets }: Open, block: Datablock): boolean =>
  octets.blocks > 0 && block['block-number'] === octets.blocks

function joined(of: RawName | 'apdu', blocks: number, octets: Uint8Array, hidden: Uint8Array): BlocksSeen {
  const codec: Codec<unknown> = of === 'apdu' ? apdu : rawData[of]
  const { tree, failure } = explain(codec, octets)
  const trouble = failure && `octet ${failure.at}: expected ${failure.expected}, found ${failure.found}`
  const named = { ...complete(tree, octets), name: of }
  return { is: of, blocks, octets, hidden, tree: named, ...(trouble === undefined ? {} : { trouble }) }
}

function broken({ of, octets }: Open, taken: ReturnType<typeof assemble>): BlocksSeen {
  const why = taken.is === 'failed' ? FAILURES[taken.failure.is](taken.failure.expected, taken.failure.found) : ''
  const nothing = new Uint8Array(0)
  const tree: Node = { name: of, kind: 'field', start: 0, end: 0, children: [] }
  return { is: of, blocks: octets.blocks, octets: nothing, hidden: nothing, tree, trouble: `not joined: ${why}` }
}

const FAILURES = {
  'block-number': (expected: number, found: number): string => `block ${found} came where ${expected} was due`,
  'too-long': (expected: number): string => `more than ${expected} octets`,
  'no-data': (expected: number): string => `more than ${expected} blocks without data`,
}
