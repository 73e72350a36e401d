// Security policies (IEC 62056-6-2, Security setup, attribute 2): what protects every APDU at least.

export interface Demand {
  readonly authentication: boolean
  readonly encryption: boolean
  readonly signature: boolean
}

export interface Policy {
  readonly request: Demand
  readonly response: Demand
}

/** Version 0 has an enumeration, for both directions; version 1 a bit for each. */
export function policyOf(version: 0 | 1, value: number): Policy {
  if (version === 1) return { request: demandOf(value >> 2), response: demandOf(value >> 5) }
  const both: Demand = { authentication: (value & 1) !== 0, encryption: (value & 2) !== 0, signature: false }
  return { request: both, response: both }
}

const demandOf = (bits: number): Demand => ({
  authentication: (bits & 1) !== 0,
  encryption: (bits & 2) !== 0,
  signature: (bits & 4) !== 0,
})
