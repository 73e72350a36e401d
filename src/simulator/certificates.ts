// Loads what a meter with certificates needs, for whoever makes one: the meter itself never waits.
import type { MeterDescription } from './description.ts'
import type { X509 } from './model/security-setup/x509.ts'

/** Undefined: no Security setup of this meter has certificates. */
export async function x509For({ securitySetups = {} }: MeterDescription): Promise<X509 | undefined> {
  const isNeeded = Object.values(securitySetups).some(({ certificates }) => certificates !== undefined)
  return isNeeded ? (await import('./model/security-setup/x509.ts')).x509 : undefined
}
