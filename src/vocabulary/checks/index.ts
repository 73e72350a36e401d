import type { Vocabulary } from '../../engine/vocabulary.ts'
import { allFilledButTheLast } from './all-filled-but-the-last.ts'
import { finalBitOnTheLastOnly } from './final-bit-on-the-last-only.ts'
import { noRepeatedFrame } from './no-repeated-frame.ts'
import { numberedInSequence } from './numbered-in-sequence.ts'
import { oneLlcHeader } from './one-llc-header.ts'
import { withinTheAgreedLength } from './within-the-agreed-length.ts'

/** Named checks of saved values. None takes an argument. */
export const checks: Vocabulary['checks'] = {
  'numbered-in-sequence': numberedInSequence,
  'within-the-agreed-length': withinTheAgreedLength,
  'final-bit-on-the-last-only': finalBitOnTheLastOnly,
  'one-llc-header': oneLlcHeader,
  'all-filled-but-the-last': allFilledButTheLast,
  'no-repeated-frame': noRepeatedFrame,
}
