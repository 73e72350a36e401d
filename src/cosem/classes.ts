// The interface classes of COSEM (IEC 62056-6-2), by class_id and version.
import type { InterfaceClass } from './definition.ts'
import { accessClasses } from './tables/access.ts'
import { associationLnClasses } from './tables/association-ln.ts'
import { associationSnClasses } from './tables/association-sn.ts'
import { g3Classes } from './tables/g3.ts'
import { internetClasses } from './tables/internet.ts'
import { localPortsClasses } from './tables/local-ports.ts'
import { mBusClasses } from './tables/m-bus.ts'
import { mobileClasses } from './tables/mobile.ts'
import { monitoringClasses } from './tables/monitoring.ts'
import { otherPowerLineClasses } from './tables/other-power-line.ts'
import { paymentClasses } from './tables/payment.ts'
import { primeClasses } from './tables/prime.ts'
import { pushClasses } from './tables/push.ts'
import { radioClasses } from './tables/radio.ts'
import { sFskClasses } from './tables/s-fsk.ts'
import { storageClasses } from './tables/storage.ts'
import { timeClasses } from './tables/time.ts'

export type {
  AttributeDefinition,
  Confidence,
  InterfaceClass,
  MethodDefinition,
  SelectiveAccess,
  TypeSpec,
} from './definition.ts'

/** All versions of all classes. */
export const interfaceClasses: readonly InterfaceClass[] = [
  ...storageClasses,
  ...associationSnClasses,
  ...associationLnClasses,
  ...accessClasses,
  ...timeClasses,
  ...monitoringClasses,
  ...pushClasses,
  ...paymentClasses,
  ...localPortsClasses,
  ...mBusClasses,
  ...internetClasses,
  ...mobileClasses,
  ...sFskClasses,
  ...primeClasses,
  ...g3Classes,
  ...otherPowerLineClasses,
  ...radioClasses,
]

/** By class_id, then by version. */
const byNumber = new Map<number, Map<number, InterfaceClass>>()
for (const one of interfaceClasses) {
  const versions = byNumber.get(one.classId) ?? new Map<number, InterfaceClass>()
  byNumber.set(one.classId, versions.set(one.version, one))
}

export const interfaceClass = (classId: number, version: number): InterfaceClass | undefined =>
  byNumber.get(classId)?.get(version)

/** The highest version known here; undefined where the class is not known. */
export function currentVersion(classId: number): number | undefined {
  const versions = byNumber.get(classId)
  return versions && Math.max(...versions.keys())
}

/** What the class is called; versions of old bore other names now and then, the newest one counts. */
export const className = (classId: number): string | undefined =>
  interfaceClass(classId, currentVersion(classId) ?? 0)?.name
