// set.in-many-blocks: a value as long as one likes, by either block transfer (IEC 62056-5-3, block transfer; rulings B6, B11).
import { invokeIdAndPriority } from '../../client/services.ts'
import type { Data } from '../../protocol/data/data.ts'
import { writeAttribute } from './attribute-services.ts'
import { BLOCKS, GENERAL, mannerOf } from './manner.ts'
import { attributeOf } from './objects.ts'
import { serve } from './service.ts'
import { COUNT, FIELDS, numberArg, within, type Word } from './word.ts'

const OCTET_STRING = 9

/** An octet-string as long as all blocks together, its length in the form of five octets. */
function announced(octets: number): Uint8Array {
  const header = Uint8Array.of(OCTET_STRING, 0x84, 0, 0, 0, 0)
  new DataView(header.buffer).setUint32(2, octets - header.length)
  return header
}

const setInManyBlocks: Word = {
  says: 'write a value of many blocks',
  properties: { attribute: FIELDS, by: BLOCKS.by, blocks: COUNT, octets: { type: 'integer', minimum: 8 } },
  required: ['attribute', 'blocks', 'octets'],
  outcomes: ['success', 'refused', 'assembled'],
  alive: true,
  async run(doing) {
    const { args, connection } = doing
    const attribute = attributeOf(args['attribute'])
    const blocks = numberArg(args, 'blocks') ?? 1
    const octets = numberArg(args, 'octets') ?? 8
    if (!attribute) return { refusal: 'expected an attribute (class-id, instance-id, attribute-id)' }
    if (args['by'] === GENERAL) {
      const value: Data = { is: 'octet-string', value: new Uint8Array(blocks * octets) }
      return writeAttribute(doing, { attribute, value }, mannerOf({ by: GENERAL, octets }))
    }
    const id = { 'invoke-id-and-priority': invokeIdAndPriority(connection.nextInvokeId()) }
    const header = announced(blocks * octets)
    for (let number = 1; ; number++) {
      const raw = new Uint8Array(octets)
      if (number === 1) raw.set(header)
      const datablock = { 'last-block': number === blocks, 'block-number': number, 'raw-data': raw }
      const { outcome, answer } = await serve(
        within(doing),
        number === 1
          ? {
              is: 'set-request-with-first-datablock',
              value: { ...id, 'cosem-attribute-descriptor': attribute, datablock },
            }
          : { is: 'set-request-with-datablock', value: { ...id, datablock } },
      )
      const done = answer?.is === 'set-response-last-datablock' && answer.value.result === 'success'
      if (answer?.is !== 'set-response-datablock' || number === blocks)
        return { outcome: done ? { ...outcome, names: { ...outcome.names, success: true } } : outcome }
    }
  },
}

export const blockWords: Readonly<Record<string, Word>> = {
  'set.in-many-blocks': setInManyBlocks,
}
