// Numbers and object identifiers of ACSE that IEC 62056-5-3 clause 7.2 names.

/** {joint-iso-ccitt(2) country(16) country-name(756) identified-organisation(5) DLMS-UA(8)} */
const DLMS_UA = '2.16.756.5.8'

/** application-context-name: referencing, and whether APDUs may be ciphered. */
export const APPLICATION_CONTEXT = {
  ln: `${DLMS_UA}.1.1`,
  sn: `${DLMS_UA}.1.2`,
  'ln-ciphered': `${DLMS_UA}.1.3`,
  'sn-ciphered': `${DLMS_UA}.1.4`,
} as const

/** mechanism-name: how the parties prove who they are. */
export const MECHANISM = {
  lowest: `${DLMS_UA}.2.0`,
  lls: `${DLMS_UA}.2.1`,
  'hls-2': `${DLMS_UA}.2.2`,
  'hls-md5': `${DLMS_UA}.2.3`,
  'hls-sha1': `${DLMS_UA}.2.4`,
  'hls-gmac': `${DLMS_UA}.2.5`,
  'hls-sha256': `${DLMS_UA}.2.6`,
  'hls-ecdsa': `${DLMS_UA}.2.7`,
} as const

export const ASSOCIATION_RESULT = { accepted: 0, 'rejected-permanent': 1, 'rejected-transient': 2 } as const

export const ACSE_SERVICE_USER = {
  null: 0,
  'no-reason-given': 1,
  'application-context-name-not-supported': 2,
  'calling-AP-title-not-recognized': 3,
  'calling-AP-invocation-identifier-not-recognized': 4,
  'calling-AE-qualifier-not-recognized': 5,
  'calling-AE-invocation-identifier-not-recognized': 6,
  'called-AP-title-not-recognized': 7,
  'called-AP-invocation-identifier-not-recognized': 8,
  'called-AE-qualifier-not-recognized': 9,
  'called-AE-invocation-identifier-not-recognized': 10,
  'authentication-mechanism-name-not-recognised': 11,
  'authentication-mechanism-name-required': 12,
  'authentication-failure': 13,
  'authentication-required': 14,
} as const

export const ACSE_SERVICE_PROVIDER = { null: 0, 'no-reason-given': 1, 'no-common-acse-version': 2 } as const

export const RELEASE_REQUEST_REASON = { normal: 0, urgent: 1, 'user-defined': 30 } as const
export const RELEASE_RESPONSE_REASON = { normal: 0, 'not-finished': 1, 'user-defined': 30 } as const
