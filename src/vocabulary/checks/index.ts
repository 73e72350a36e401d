import type { Value } from '../../codec/value.ts'
import type { Vocabulary } from '../../engine/vocabulary.ts'
import { FIELDS } from '../steps/word.ts'
import { SELECTION } from './answered-rows.ts'
import { allFilledButTheLast } from './all-filled-but-the-last.ts'
import { cosemValueOf } from './cosem-value-of.ts'
import { firstRowComplete } from './first-row-complete.ts'
import { finalBitOnTheLastOnly } from './final-bit-on-the-last-only.ts'
import { listsASelector } from './lists-a-selector.ts'
import { noRepeatedFrame } from './no-repeated-frame.ts'
import { noSecret } from './no-secret.ts'
import { numberedInSequence } from './numbered-in-sequence.ts'
import { oneLlcHeader } from './one-llc-header.ts'
import { rowsOf } from './rows-of.ts'
import { rowsWithin } from './rows-within.ts'
import { withinTheAgreedLength } from './within-the-agreed-length.ts'

/** Named checks of saved values. */
export const checks: Vocabulary['checks'] = {
  'numbered-in-sequence': numberedInSequence,
  'within-the-agreed-length': withinTheAgreedLength,
  'final-bit-on-the-last-only': finalBitOnTheLastOnly,
  'one-llc-header': oneLlcHeader,
  'all-filled-but-the-last': allFilledButTheLast,
  'no-repeated-frame': noRepeatedFrame,
  'cosem-value-of': cosemValueOf,
  'no-secret': noSecret,
  'lists-a-selector': listsASelector,
  'rows-of': rowsOf,
  'rows-within': rowsWithin,
  'first-row-complete': firstRowComplete,
}

/** JSON Schema of the argument, of those that take one. */
export const checkArguments: Readonly<Record<string, Value>> = {
  'cosem-value-of': FIELDS,
  'rows-of': SELECTION,
  'rows-within': SELECTION,
  'first-row-complete': SELECTION,
}
