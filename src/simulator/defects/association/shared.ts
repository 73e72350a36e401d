// How defects change what comes of an AARQ.
import type { Aare } from '../../../protocol/acse/acse.ts'
import type { InitiateResponse } from '../../../protocol/xdlms/initiate.ts'
import type {
  AssociationRules,
  Diagnostic,
  InitiateError,
  Opened,
  Opening,
  Proposal,
  Request,
} from '../../association/rules.ts'
import type { Decisions } from '../../decisions.ts'

type AcseCheck = keyof AssociationRules['acse']
type InitiateCheck = keyof AssociationRules['initiate']

export const changeAssociation = (
  d: Decisions,
  change: (before: AssociationRules) => Partial<AssociationRules>,
): Decisions => ({ ...d, association: { ...d.association, ...change(d.association) } })

/** A check of ACSE finds something else than before. */
export const finds = (
  d: Decisions,
  check: AcseCheck,
  found: (before: Diagnostic | undefined, request: Request) => Diagnostic | undefined,
): Decisions =>
  changeAssociation(d, ({ acse }) => ({
    acse: { ...acse, [check]: (request: Request) => found(acse[check](request), request) },
  }))

/** Some checks of ACSE are not made: always, or for some requests. */
export const skips = (
  d: Decisions,
  checks: readonly AcseCheck[],
  when: (request: Request) => boolean = () => true,
): Decisions =>
  checks.reduce(
    (decisions, check) => finds(decisions, check, (before, request) => (when(request) ? undefined : before)),
    d,
  )

/** A check of Initiate finds something else than before. */
export const findsInInitiate = (
  d: Decisions,
  check: InitiateCheck,
  found: (before: InitiateError | undefined, proposal: Proposal) => InitiateError | undefined,
): Decisions =>
  changeAssociation(d, ({ initiate }) => ({
    initiate: { ...initiate, [check]: (proposal: Proposal) => found(initiate[check](proposal), proposal) },
  }))

/** Something else comes of an AARQ, once all has been checked. */
export const opens = (d: Decisions, change: (opened: Opened, opening: Opening) => Opened): Decisions =>
  changeAssociation(d, ({ opened }) => ({ opened: (before, opening) => change(opened(before, opening), opening) }))

/** Another AARE where the association is accepted. */
export const accepts = (d: Decisions, change: (aare: Aare, opening: Opening) => Aare): Decisions =>
  opens(d, (opened, opening) =>
    opened.aare?.result === 'accepted' ? { ...opened, aare: change(opened.aare, opening) } : opened,
  )

/** Another InitiateResponse, field by field. */
export const responds = (
  d: Decisions,
  change: (response: InitiateResponse, opening: Opening) => Partial<InitiateResponse>,
): Decisions =>
  accepts(d, (aare, opening) => {
    const information = aare['user-information']
    if (information?.is !== 'initiate-response') return aare
    const value = { ...information.value, ...change(information.value, opening) }
    return { ...aare, 'user-information': { ...information, value } }
  })

/** Another AARE where it rejects. */
export const rejects = (d: Decisions, change: (aare: Aare) => Aare): Decisions =>
  opens(d, (opened) =>
    opened.aare === undefined || opened.aare.result === 'accepted' ? opened : { ...opened, aare: change(opened.aare) },
  )
