// All defects, by name.
import { conformant, type Decisions } from '../decisions.ts'
import { accessDefects } from './application/access.ts'
import { apduDefects } from './application/apdus.ts'
import { axdrDefects } from './application/axdr.ts'
import { notificationDefects } from './application/events.ts'
import { listDefects } from './application/lists.ts'
import { robustnessDefects } from './application/robustness.ts'
import { checkDefects } from './association/checks.ts'
import { diagnosticDefects } from './association/diagnostics.ts'
import { encodingDefects } from './association/encoding.ts'
import { formDefects } from './association/form.ts'
import { initiateDefects } from './association/initiate.ts'
import { lifeDefects } from './association/life.ts'
import { responseDefects } from './association/response.ts'
import { secondDefects } from './association/second.ts'
import { blockDefects } from './application/blocks.ts'
import { automationDefects } from './cosem/automation.ts'
import { eventDefects } from './cosem/events.ts'
import { imageDefects } from './cosem/image.ts'
import { scriptDefects } from './cosem/script.ts'
import { clockDeviationDefects } from './cosem/clock-deviation.ts'
import { gbtDefects } from './application/general-block-transfer.ts'
import { identityDefects } from './cosem/identity.ts'
import { relationDefects } from './cosem/relations.ts'
import { objectListDefects } from './cosem/object-list.ts'
import { objectDefects } from './cosem/objects.ts'
import { shortNameDefects } from './application/short-names.ts'
import { profileDefects } from './cosem/profiles.ts'
import { compactDataDefects } from './cosem/compact-data.ts'
import { pushDefects } from './cosem/push.ts'
import { rightDefects } from './cosem/rights.ts'
import { clockSettingDefects } from './cosem/clock-setting.ts'
import { supplyDefects } from './cosem/supply.ts'
import { writingDefects } from './cosem/writing.ts'
import { bufferDefects } from './cosem/buffer.ts'
import { entryDefects } from './cosem/entries.ts'
import { rangeDefects } from './cosem/ranges.ts'
import { refusalDefects } from './application/refusals.ts'
import { serviceClassDefects } from './application/service-class.ts'
import type { Defect } from './defect.ts'
import { accessProtectionDefects } from './security/access.ts'
import { agreementDefects } from './security/agreement.ts'
import { certificateDefects } from './security/certificates.ts'
import { signingDefects } from './security/signing.ts'
import { contentKeyDefects } from './security/content-key.ts'
import { defaultKeyDefects } from './security/defaults.ts'
import { indirectDefects } from './security/indirect.ts'
import { keyDefects } from './security/keys.ts'
import { policyDefects } from './security/policy.ts'
import { addressDefects } from './hdlc/address.ts'
import { connectDefects } from './hdlc/connect.ts'
import { checkSequenceDefects } from './hdlc/check-sequences.ts'
import { flagDefects } from './hdlc/flags.ts'
import { lengthDefects } from './hdlc/lengths.ts'
import { informationDefects } from './hdlc/information.ts'
import { negotiationDefects } from './hdlc/negotiation.ts'
import { ndmDefects } from './hdlc/ndm.ts'
import { proposalDefects } from './hdlc/proposals.ts'
import { recoveryDefects } from './hdlc/recovery.ts'
import { pollingDefects } from './hdlc/polling.ts'
import { rejectionDefects } from './hdlc/rejection.ts'
import { segmentDefects } from './hdlc/segments.ts'
import { sendingDefects } from './hdlc/sending.ts'
import { clientDefects, timeDefects, uiDefects } from './hdlc/time-and-clients.ts'
import { DEAF, diesAt } from './meter.ts'
import { counterDefects } from './security/counters.ts'
import { dataProtectionDefects } from './security/data-protection.ts'
import { hlsChallengeDefects } from './security/hls-challenges.ts'
import { hlsProofDefects } from './security/hls-proofs.ts'
import { hlsDefects } from './security/hls.ts'
import { headerDefects } from './security/header.ts'
import { protectionDefects } from './security/protection.ts'
import { modeEDefects } from './sign-on/mode-e.ts'
import { modeDefects } from './sign-on/modes.ts'
import { openingDefects } from './sign-on/opening.ts'
import { programmingDefects } from './sign-on/programming.ts'
import { streamDefects } from './wrapper/stream.ts'
import { tcpDefects } from './wrapper/tcp.ts'
import { udpDefects } from './wrapper/udp.ts'
import { wrapperDefects } from './wrapper/wrapper.ts'

export type { Defect, Need } from './defect.ts'

/** What cases have to catch, in the order in which they are listed. */
export const defects: readonly Defect[] = [
  ...sendingDefects,
  ...connectDefects,
  ...ndmDefects,
  ...flagDefects,
  ...lengthDefects,
  ...checkSequenceDefects,
  ...pollingDefects,
  ...rejectionDefects,
  ...addressDefects,
  ...negotiationDefects,
  ...proposalDefects,
  ...informationDefects,
  ...recoveryDefects,
  ...segmentDefects,
  ...timeDefects,
  ...clientDefects,
  ...uiDefects,
  ...openingDefects,
  ...modeDefects,
  ...modeEDefects,
  ...programmingDefects,
  ...wrapperDefects,
  ...streamDefects,
  ...tcpDefects,
  ...udpDefects,
  ...checkDefects,
  ...diagnosticDefects,
  ...initiateDefects,
  ...responseDefects,
  ...lifeDefects,
  ...secondDefects,
  ...encodingDefects,
  ...formDefects,
  ...apduDefects,
  ...objectDefects,
  ...rightDefects,
  ...writingDefects,
  ...rangeDefects,
  ...entryDefects,
  ...bufferDefects,
  ...objectListDefects,
  ...identityDefects,
  ...profileDefects,
  ...clockDeviationDefects,
  ...clockSettingDefects,
  ...supplyDefects,
  ...imageDefects,
  ...scriptDefects,
  ...pushDefects,
  ...compactDataDefects,
  ...automationDefects,
  ...eventDefects,
  ...relationDefects,
  ...axdrDefects,
  ...robustnessDefects,
  ...serviceClassDefects,
  ...refusalDefects,
  ...listDefects,
  ...accessDefects,
  ...notificationDefects,
  ...blockDefects,
  ...shortNameDefects,
  ...gbtDefects,
  ...keyDefects,
  ...defaultKeyDefects,
  ...policyDefects,
  ...agreementDefects,
  ...certificateDefects,
  ...contentKeyDefects,
  ...signingDefects,
  ...accessProtectionDefects,
  ...indirectDefects,
  ...dataProtectionDefects,
  ...hlsDefects,
  ...hlsChallengeDefects,
  ...hlsProofDefects,
  ...protectionDefects,
  ...headerDefects,
  ...counterDefects,
]

const LAST_FRAME = 30

/** Meters that are gone, wholly or from their message n on. No single case is to tell them: nothing may pass any more. */
export const outages: readonly Defect[] = [DEAF, ...Array.from({ length: LAST_FRAME }, (_, at) => diesAt(at + 1))]

const byName = new Map(
  [...defects, ...outages].flatMap((defect) => [defect.id, ...(defect.aliases ?? [])].map((name) => [name, defect])),
)

/** By id or alias; undefined: there is none of this name. */
export const findDefect = (name: string): Defect | undefined => byName.get(name)

/** The decisions of a meter with all these defects at once, in the order given. Throws for a name that there is not. */
export const withDefects = (names: readonly string[]): Decisions =>
  names.reduce((decisions, name) => {
    const defect = findDefect(name)
    if (defect === undefined) throw new RangeError(`"defects" expected names of defects, got ${name}`)
    return defect.apply(decisions)
  }, conformant)
