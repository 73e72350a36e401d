import { watchBlocks } from '../protocol/blocks-seen.ts'
import { explainApdu, explainUnit } from '../protocol/explain.ts'
import type { Explain } from '../report/explain.ts'

/** What the report asks of the protocol. */
export const explain: Explain = { unit: explainUnit, apdu: explainApdu, blocks: watchBlocks }
