// The interface classes that the meter has, and in which version (IEC 62056-6-2).
import { interfaceClass, type InterfaceClass } from '../../cosem/classes.ts'
import type { Ms } from '../../protocol/line.ts'
import type { Association } from '../association/association.ts'
import type { MeterDescription, ObjectDescription } from '../description.ts'
import type { Invoked } from './behaviour.ts'
import type { ModelRules } from './rules.ts'
import type { X509 } from './security-setup/x509.ts'
import type { Store } from './store.ts'

/** What an attribute or method may depend on. */
export interface Situation {
  readonly description: MeterDescription
  readonly rules: ModelRules
  readonly association: Association
  readonly store: Store
  readonly now: Ms
  /** Of a meter with certificates. */
  readonly x509?: X509
  /** How the request came, in bits 2 to 4 of access_mode: authenticated, encrypted, signed; plain unless given. */
  readonly protection?: number
  /** Is told how the response has to be protected for what was carried out, in bits 5 to 7 of access_mode. */
  readonly demands?: (bits: number) => void
  /** HLS, pass 3: takes f(StoC) and gives what reply_to_HLS_authentication comes to. */
  readonly authenticate?: (proof: Uint8Array) => Invoked
}

/** Version, by class; what the description says of an object comes before it. */
const VERSIONS: Readonly<Record<number, number>> = {
  1: 0,
  3: 0,
  4: 0,
  5: 0,
  6: 0,
  7: 1,
  8: 0,
  9: 0,
  11: 0,
  12: 2,
  15: 1,
  17: 0,
  18: 0,
  19: 1,
  20: 0,
  21: 0,
  22: 0,
  23: 1,
  30: 0,
  40: 0,
  41: 0,
  62: 0,
  64: 0,
  70: 0,
  71: 0,
  123: 0,
}

const ASSOCIATION_LN = 15
const SECURITY_SETUP = 64

/** Of an object as a client sees it. Undefined: the meter has no such class. */
export function classOf(
  { 'class-id': classId, 'logical-name': name }: Pick<ObjectDescription, 'class-id' | 'logical-name'>,
  { description, association }: Pick<Situation, 'description' | 'association'>,
): InterfaceClass | undefined {
  const version = described() ?? VERSIONS[classId]
  return version === undefined ? undefined : interfaceClass(classId, version)

  function described(): number | undefined {
    if (classId === ASSOCIATION_LN) return association.client.associationVersion
    return classId === SECURITY_SETUP ? description.securitySetups?.[name]?.version : undefined
  }
}
