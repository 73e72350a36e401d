// APDUs of a connection's client, protected as its association has it.
import type { Least } from './implied/security.ts'
import type { Manner } from '../client/security-material.ts'
import type { SecurityContext } from '../client/security-context.ts'
import { apduOctets } from '../client/services.ts'
import { encode } from '../codec/codec.ts'
import { ok, type Result } from '../codec/value.ts'
import { apdu, type Apdu } from '../protocol/apdu.ts'
import type { CipheredForm } from '../protocol/security/ciphered-apdu.ts'
import type { Connection } from './connection.ts'
import { openOwn } from './opened.ts'

/** The octets that are sent for an APDU; a failure says which key is not known. */
export function protectedOctets(
  { security }: Pick<Connection, 'security'>,
  asked: Apdu,
  manner: Manner = {},
): Result<Uint8Array, string> {
  const plain = apduOctets(asked)
  if (security === undefined || !security.material.ciphers) return ok(plain)
  switch (asked.is) {
    case 'aarq':
    case 'rlrq':
      return inUserInformation(security, asked, manner)
    case 'general-block-transfer':
      return ok(plain)
    default:
      return security.protect(plain, manner)
  }
}

/** ACSE is plain; what is protected is the xDLMS APDU in it. */
function inUserInformation(
  security: SecurityContext,
  asked: Extract<Apdu, { is: 'aarq' | 'rlrq' }>,
  manner: Manner,
): Result<Uint8Array, string> {
  const information = asked.value['user-information']
  if (information?.is !== 'initiate-request') return ok(apduOctets(asked))
  const inside = security.protect(encode(apdu, information), { form: 'glo', ...manner, signed: false })
  if (!inside.ok) return inside
  const carrying = { 'user-information': { is: 'octets', value: inside.value } } as const
  return ok(
    apduOctets(
      asked.is === 'aarq'
        ? { is: 'aarq', value: { ...asked.value, ...carrying } }
        : { is: 'rlrq', value: { ...asked.value, ...carrying } },
    ),
  )
}

/** What the client sent, opened; undefined: it cannot be read. */
export function ownApdu({ security }: Pick<Connection, 'security'>, octets: Uint8Array): Apdu | undefined {
  const { inner } = openOwn(octets, security)
  return inner !== undefined && 'apdu' in inner ? inner.apdu : undefined
}

/** How an APDU that the client sent is protected. */
export function protectionOf(
  security: SecurityContext,
  sent: Uint8Array,
): Least & { readonly form: CipheredForm | undefined } {
  const { seen, signed } = openOwn(sent, security)
  const { authentication = false, encryption = false } = seen?.control ?? {}
  return { authentication, encryption, signature: signed !== undefined, form: seen?.form }
}
