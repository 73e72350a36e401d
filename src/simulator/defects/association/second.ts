// A second AARQ inside an association, and what is agreed that does not bind.
import { CONFORMANCE, type ConformanceBit } from '../../../protocol/xdlms/conformance.ts'
import type { Association } from '../../association/association.ts'
import type { Decisions } from '../../decisions.ts'
import type { Defect } from '../defect.ts'
import { opens, responds } from './shared.ts'

const union = (one: readonly ConformanceBit[], other: readonly ConformanceBit[] = []): readonly ConformanceBit[] =>
  CONFORMANCE.filter((bit) => one.includes(bit) || other.includes(bit))

/** What is open has other services than the AARE says. */
const keeps = (
  d: Decisions,
  bits: (association: Association, before: Association | undefined) => readonly ConformanceBit[],
): Decisions =>
  opens(d, (opened, { before }) =>
    opened.association === undefined
      ? opened
      : { ...opened, association: { ...opened.association, conformance: bits(opened.association, before) } },
  )

export const secondDefects: readonly Defect[] = [
  {
    id: 'association.second.union',
    aliases: ['aarq_twice_union'],
    breaks: ['association.second-aarq', 'initiate.conformance'],
    needs: 'several-services',
    says: 'A second AARQ grants what it proposes, and keeps what the first had.',
    apply: (d) =>
      responds(
        keeps(d, ({ conformance }, before) => union(conformance, before?.conformance)),
        ({ 'negotiated-conformance': granted }, { before }) => ({
          'negotiated-conformance': union(granted, before?.conformance),
        }),
      ),
  },
  {
    id: 'association.second.old-services',
    breaks: ['association.second-aarq'],
    needs: 'several-services',
    says: 'After a second AARQ the services of the first are served as well, without a word.',
    apply: (d) => keeps(d, ({ conformance }, before) => union(conformance, before?.conformance)),
  },
  {
    id: 'association.second.both-lost',
    breaks: ['association.second-aarq'],
    needs: 'any',
    says: 'A second AARQ is not answered, and the association is gone.',
    apply: (d) => opens(d, (opened, { before }) => (before === undefined ? opened : {})),
  },
  {
    id: 'initiate.conformance.not-binding',
    breaks: ['initiate.conformance'],
    needs: 'several-services',
    says: 'Whatever was negotiated, all services of the association are served.',
    apply: (d) => keeps(d, ({ client }) => CONFORMANCE.filter((bit) => client.conformance.includes(bit))),
  },
  {
    id: 'initiate.conformance.overclaimed',
    aliases: ['conformance_overclaim'],
    breaks: ['initiate.conformance'],
    needs: 'several-services',
    says: 'SET and ACTION are granted, and refused as not supported.',
    apply: (d) => keeps(d, ({ conformance }) => conformance.filter((bit) => bit !== 'set' && bit !== 'action')),
  },
]
