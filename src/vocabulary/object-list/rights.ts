// access_mode of an object list → what it lets a client do. The version of Association LN says how it is read (IEC 62056-6-2, class 15).

/** Bits of access_mode from version 3 on; bit 1 of a method means nothing. */
const REQUESTS = ['authenticated-request', 'encrypted-request', 'digitally-signed-request'] as const
const RESPONSES = ['authenticated-response', 'encrypted-response', 'digitally-signed-response'] as const

/** Versions 0 to 2: authenticated_read_only is 4, and so on. */
const ATTRIBUTE_MODES: readonly (readonly string[])[] = [
  [],
  ['read'],
  ['write'],
  ['read', 'write'],
  ['read', 'authenticated-request'],
  ['write', 'authenticated-request'],
  ['read', 'write', 'authenticated-request'],
]
const METHOD_MODES: readonly (readonly string[])[] = [[], ['invoke'], ['invoke', 'authenticated-request']]

const FIRST_WITH_BITS = 3

/** All rights that an attribute may have. */
export const ATTRIBUTE_RIGHTS = ['read', 'write', ...REQUESTS, ...RESPONSES] as const
export const METHOD_RIGHTS = ['invoke', ...REQUESTS, ...RESPONSES] as const

/** The request has to be protected in some way. */
export const isProtected = (rights: readonly string[]): boolean => REQUESTS.some((right) => rights.includes(right))

/** `version` of the association; undefined where its own object is not in the list. Undefined: no such mode. */
export const attributeRights = (mode: number, version: number | undefined): readonly string[] | undefined =>
  rightsOf(mode, version, ATTRIBUTE_MODES, ['read', 'write', ...REQUESTS, ...RESPONSES])

export const methodRights = (mode: number, version: number | undefined): readonly string[] | undefined =>
  rightsOf(mode, version, METHOD_MODES, ['invoke', undefined, ...REQUESTS, ...RESPONSES])

function rightsOf(
  mode: number,
  version: number | undefined,
  modes: readonly (readonly string[])[],
  bits: readonly (string | undefined)[],
): readonly string[] | undefined {
  if (version !== undefined && version < FIRST_WITH_BITS) return modes[mode]
  if (version === undefined && mode < modes.length) return modes[mode]
  return bits.filter((right, bit) => right !== undefined && (mode & (1 << bit)) !== 0) as readonly string[]
}
