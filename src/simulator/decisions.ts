// All that a meter decides, as one value. The conformant meter is this value; a defect is a function on it.
import { conformantAssociation, type AssociationRules } from './association/rules.ts'
import { conformantAddressing, type Addressing } from './link/addressing.ts'
import { conformantLlc, type LlcRules } from './link/llc.ts'
import { conformantReception, type Reception } from './link/reception.ts'
import { conformantDelivery, type DeliveryRules } from './delivery/rules.ts'
import { conformantLink, type LinkTable } from './link/table.ts'
import { conformantModel, type ModelRules } from './model/rules.ts'
import { conformantProtection, type ProtectionRules } from './protection/rules.ts'
import { asItIs, both, type OnSend } from './outgoing.ts'
import { conformantPush, type PushRules } from './push.ts'
import { conformantParsing, type ParsingRules } from './services/parsing.ts'
import { conformantServices, type ServiceRules } from './services/rules.ts'
import { conformantSignOn, type SignOnTable } from './sign-on/table.ts'
import { conformantWrapper, type WrapperRules } from './wrapper/rules.ts'

export interface Decisions {
  readonly reception: Reception
  readonly addressing: Addressing
  readonly link: LinkTable
  readonly llc: LlcRules
  readonly signOn: SignOnTable
  readonly wrapper: WrapperRules
  readonly association: AssociationRules
  readonly protection: ProtectionRules
  readonly parsing: ParsingRules
  readonly services: ServiceRules
  readonly model: ModelRules
  readonly push: PushRules
  readonly delivery: DeliveryRules
  readonly onSend: OnSend
}

export const conformant: Decisions = {
  reception: conformantReception,
  addressing: conformantAddressing,
  link: conformantLink,
  llc: conformantLlc,
  signOn: conformantSignOn,
  wrapper: conformantWrapper,
  association: conformantAssociation,
  protection: conformantProtection,
  parsing: conformantParsing,
  services: conformantServices,
  model: conformantModel,
  push: conformantPush,
  delivery: conformantDelivery,
  onSend: asItIs,
}

/** The same, with one thing more done to what is sent. */
export const sending = (decisions: Decisions, onSend: OnSend): Decisions => ({
  ...decisions,
  onSend: both(decisions.onSend, onSend),
})
