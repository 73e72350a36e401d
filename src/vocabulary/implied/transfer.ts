// What a service in blocks or with a list has to keep over all its answers (IEC 62056-5-3; rulings B8, B9, X17).
import type { Irregularity, TransferRule } from '../../client/service-outcome.ts'
import type { BrokenRule } from '../../engine/vocabulary.ts'

/** Undefined: the rules of a single APDU tell it already. */
const CLAUSES: Readonly<Record<TransferRule, string | undefined>> = {
  'block-number': 'xdlms.block-transfer.numbers',
  'block-invoke-id': undefined,
  'block-form': 'xdlms.block-transfer',
  'block-contents': 'xdlms.block-transfer',
  'block-transfer-ends': 'xdlms.block-transfer',
  'block-transfer-negotiated': 'xdlms.conformance',
  'block-transfer-needed': 'xdlms.block-transfer',
  'one-result-each': 'xdlms.list',
  'object-list': 'xdlms.short-names',
  'gbt-number': 'xdlms.general-block-transfer',
  'gbt-acknowledgement': 'xdlms.general-block-transfer.acknowledgement',
  'gbt-recovery': 'xdlms.general-block-transfer.recovery',
  'gbt-window': 'xdlms.general-block-transfer.window',
  'gbt-goes-on': 'xdlms.general-block-transfer',
}

export const transferRules = (irregular: readonly Irregularity[]): readonly BrokenRule[] =>
  irregular.flatMap(({ rule, expected, found, remark }) => {
    const clause = CLAUSES[rule]
    if (clause === undefined) return []
    return [{ rule, clause, expected, found, ofExchange: true as const, ...(remark ? { remark } : {}) }]
  })
