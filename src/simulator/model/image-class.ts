// Class 18, Image transfer: initiate, blocks, verify, activate (IEC 62056-6-2, Image transfer). What the image holds is kept, and judged, where the description says who made it.
import { concat } from '../../codec/operator.ts'
import type { Data } from '../../protocol/data/data.ts'
import { secretOctets, type ObjectDescription } from '../description.ts'
import type { Invocation, Invoked } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { isAuthentic } from './image-content.ts'
import { array, doubleLongUnsigned, enumerated, fieldsOf, numberOf, octets, structure } from './data.ts'

const BLOCK_SIZE = 2
const BLOCKS_STATUS = 3
const FIRST_NOT_TRANSFERRED = 4
const ENABLED = 5
const STATUS = 6
const TO_ACTIVATE = 7

const INITIATE = 1
const BLOCK_TRANSFER = 2
const VERIFY = 3
const ACTIVATE = 4

const INITIATED = 1
const VERIFICATION_FAILED = 4

const DONE: Invoked = { result: 'success' }
const refused = (result: Invoked['result']): Invoked => ({ result })

export function imageAttribute(object: ObjectDescription, attribute: number, { store }: Situation): Data | undefined {
  if (attribute !== FIRST_NOT_TRANSFERRED) return undefined
  const blocks = blocksOf(store.get(object, BLOCKS_STATUS))
  const first = blocks.indexOf('0')
  return doubleLongUnsigned(first < 0 ? blocks.length : first)
}

/** One character a block: whether it has come. */
const blocksOf = (value: Data | undefined): string => (value?.is === 'bit-string' ? value.value : '')

export function invokeImage(invocation: Invocation): Invoked | undefined {
  const { object, method, situation } = invocation
  const enabled = situation.store.get(object, ENABLED)
  if (enabled?.is !== 'boolean' || !enabled.value) return refused('other-reason')
  if (method === INITIATE) return initiate(invocation)
  if (method === BLOCK_TRANSFER) return takeBlock(invocation)
  if (method === VERIFY) return verify(invocation)
  return method === ACTIVATE ? activate(invocation) : undefined
}

const statusOf = ({ object, situation: { store } }: Invocation): number | undefined =>
  numberOf(store.get(object, STATUS), 'enum')

/** After a verification that has failed the missing blocks may still come. */
const isUnderWay = (invocation: Invocation): boolean =>
  [INITIATED, VERIFICATION_FAILED].includes(statusOf(invocation) ?? 0)

const sizeOf = ({ object, situation: { store } }: Invocation): number =>
  numberOf(store.get(object, BLOCK_SIZE), 'double-long-unsigned') ?? 1

/** image_identifier and image_size. */
function initiate(invocation: Invocation): Invoked {
  const { object, parameters, situation } = invocation
  const fields = fieldsOf(parameters, 2) ?? []
  const size = numberOf(fields[1], 'double-long-unsigned')
  if (parameters === undefined || fields[0]?.is !== 'octet-string' || size === undefined)
    return refused('type-unmatched')
  const { store, rules } = situation
  if (!rules.image.takesSize(size)) return refused('other-reason')
  const blocks = rules.image.begun(blocksOf(store.get(object, BLOCKS_STATUS)), Math.ceil(size / sizeOf(invocation)))
  store.remember(object, parameters)
  store.forgetBlocks(object)
  store.set(object, BLOCKS_STATUS, { is: 'bit-string', value: blocks })
  store.set(object, STATUS, enumerated(INITIATED))
  store.set(object, TO_ACTIVATE, array([]))
  return DONE
}

/** image_block_number and image_block_value: all blocks but the last are full. */
function takeBlock(invocation: Invocation): Invoked {
  const { object, parameters, situation } = invocation
  const fields = fieldsOf(parameters, 2) ?? []
  const number = numberOf(fields[0], 'double-long-unsigned')
  if (number === undefined || fields[1]?.is !== 'octet-string') return refused('type-unmatched')
  const { store, rules } = situation
  const blocks = blocksOf(store.get(object, BLOCKS_STATUS))
  if (!isUnderWay(invocation)) return refused('other-reason')
  const total = imageSize(invocation)
  const due = Math.min(sizeOf(invocation), total - number * sizeOf(invocation))
  if (!rules.image.takes({ blocks, number, length: fields[1].value.length, due })) return refused('other-reason')
  if (object.image !== undefined) store.keepBlock(object, number, fields[1].value)
  store.set(object, BLOCKS_STATUS, {
    is: 'bit-string',
    value: `${blocks.slice(0, number)}1${blocks.slice(number + 1)}`,
  })
  return DONE
}

const announced = ({ object, situation: { store } }: Invocation): readonly Data[] =>
  fieldsOf(store.remembered(object), 2) ?? []
const imageSize = (invocation: Invocation): number => numberOf(announced(invocation)[1], 'double-long-unsigned') ?? 0

/** Its blocks, where the maker is known. */
function isRight({ object, situation }: Invocation): boolean {
  const { store, rules, description } = situation
  if (object.image === undefined) return true
  const { type, version, secret } = object.image
  const blocks = [...store.blocks(object)].sort(([a], [b]) => a - b).map(([, octets]) => octets)
  return isAuthentic(rules.image.checks, concat(blocks), { type, version, key: secretOctets(description, secret) })
}

/** An image with all its blocks is right, unless it can be looked at and is not. */
function verify(invocation: Invocation): Invoked {
  const { object, situation } = invocation
  const { store, rules } = situation
  if (!isUnderWay(invocation)) return refused('other-reason')
  const right = rules.isImageWhole(blocksOf(store.get(object, BLOCKS_STATUS))) && isRight(invocation)
  store.set(object, STATUS, enumerated(rules.image.verified(right)))
  if (!right) return refused('other-reason')
  const [identifier] = announced(invocation)
  if (identifier !== undefined)
    store.set(
      object,
      TO_ACTIVATE,
      array([structure(doubleLongUnsigned(imageSize(invocation)), identifier, octets(new Uint8Array(0)))]),
    )
  return DONE
}

/** Only what has been verified. */
function activate(invocation: Invocation): Invoked {
  const { object, situation } = invocation
  const { store, rules } = situation
  if (!rules.image.mayActivate(statusOf(invocation))) return refused('other-reason')
  store.set(object, STATUS, enumerated(rules.image.activated))
  return DONE
}
