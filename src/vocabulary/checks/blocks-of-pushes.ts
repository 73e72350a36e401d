// Pushes in general block transfer (IEC 62056-5-3): numbers from 1, one last block, one notification in all of them together.
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

const CLAUSE = 'xdlms.general-block-transfer'

/** Of pushes as push.sample saves them. Blocks that are numbered otherwise are only remarked: no clause says more of blocks that nobody acknowledges. */
export function blocksOfPushes(value: Value): Checked {
  for (const push of recordsIn(value)) {
    const blocks = recordsIn(push['blocks'])
    const wrong = blocks.findIndex((block, at) => block['block-number'] !== at + 1)
    const numbers = blocks.map((block) => JSON.stringify(block['block-number'])).join(', ')
    if (wrong >= 0) return remark(`blocks 1 to ${blocks.length} expected, found ${numbers}`)
    const last = blocks.map((block) => block['last-block'] === true)
    if (last.length > 0 && last.indexOf(true) !== last.length - 1)
      return remark('last-block expected on the last block and on no other')
    if (!isRecord(push['notification'])) return fails('a data-notification in the blocks together', 'none')
  }
  return PASS
}

const remark = (text: string): Checked => ({ is: 'remark', text, clause: CLAUSE })

const recordsIn = (value: Value | undefined): readonly JsonRecord[] =>
  value !== undefined && isList(value) ? value.filter(isRecord) : []
