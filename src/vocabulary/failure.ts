// What the codecs refuse, as a sentence.
import type { MessageFailure } from '../protocol/json.ts'

/** `hdlc.n-s: expected an integer from 0 to 7, found 8 (did you mean …?)`. */
export const failureText = ({
  path,
  expected,
  found,
  candidates = [],
}: Omit<MessageFailure, 'is' | 'candidates'> & Partial<Pick<MessageFailure, 'candidates'>>): string =>
  `${path === '' ? 'the message' : path}: expected ${expected}, found ${found}${candidates.length > 0 ? ` (did you mean ${candidates.join(', ')}?)` : ''}`
