// What a meter says of itself against its declaration (G17): claimed but absent fails and names the claim, present but unclaimed is remarked.
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, isRecord, type JsonRecord } from '../../protocol/json.ts'
import { PASS } from './exchange.ts'

/** A claim that is not as it is declared. */
export interface Broken {
  /** Path into the declaration. */
  readonly claim: string
  readonly expected: string
  readonly found: string
}

/** All that is wrong is told at once; `unclaimed`: what is there besides, as sentences. */
export function asDeclared(broken: readonly Broken[], unclaimed: readonly string[] = []): Checked {
  if (broken.length === 0)
    return unclaimed.length === 0 ? PASS : { is: 'remark', text: unclaimed.join('; '), ruling: 'G17' }
  return {
    is: 'fails',
    expected: broken.map(({ claim, expected }) => `${expected} (${claim})`).join('; '),
    found: broken.map(({ found }) => found).join('; '),
    claims: [...new Set(broken.map(({ claim }) => claim))],
  }
}

export const record = (value: Value | undefined): JsonRecord => (value !== undefined && isRecord(value) ? value : {})

const texts = (value: Value | undefined): readonly string[] =>
  value !== undefined && isList(value) ? value.filter((each) => typeof each === 'string') : []

/** The negotiated block, everything having been proposed, against the one declared of a client. */
export function conformanceAsDeclared(negotiated: Value, client: Value | undefined): Checked {
  const { name, conformance } = record(client)
  const claim = `testing.clients.${typeof name === 'string' ? name : '?'}.conformance`
  const [granted, declared] = [texts(negotiated), texts(conformance)]
  const missing = declared.filter((bit) => !granted.includes(bit))
  const more = granted.filter((bit) => !declared.includes(bit))
  return asDeclared(
    missing.length === 0
      ? []
      : [{ claim, expected: `${missing.join(', ')} granted`, found: `only ${granted.join(', ') || 'nothing'}` }],
    more.length === 0 ? [] : [`granted, and not declared in ${claim}: ${more.join(', ')}`],
  )
}
