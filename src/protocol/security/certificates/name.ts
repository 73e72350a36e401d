// Distinguished names: of an end entity, the common name is its system title in hex (IEC 62056-5-3, Issuer and Subject).
import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509'
import { unhex } from '../../../codec/value.ts'

const COMMON_NAME = '2.5.4.3'
const SYSTEM_TITLE = /^[0-9a-f]{16}$/i

export interface DistinguishedName {
  /** In DER: by them names are compared. */
  readonly octets: Uint8Array
  /** Absent: there is none, or several. */
  readonly commonName?: string
}

/** A name that is nothing but a common name. */
export const nameOf = (commonName: string): Name => {
  const value = new AttributeValue({ utf8String: commonName })
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: COMMON_NAME, value })])])
}

/** A name, and the octets from which it was read. */
export function distinguishedName(name: Name, octets: Uint8Array = new Uint8Array(0)): DistinguishedName {
  const found = name.flatMap((part) =>
    part.filter(({ type }) => type === COMMON_NAME).map(({ value }) => textOf(value)),
  )
  const [commonName] = found
  return found.length === 1 && commonName !== undefined ? { octets, commonName } : { octets }
}

const textOf = ({ utf8String, printableString }: AttributeValue): string | undefined => utf8String ?? printableString

/** The system title that a common name is; undefined: it is none. */
export const systemTitleIn = ({ commonName }: DistinguishedName): Uint8Array | undefined =>
  commonName !== undefined && SYSTEM_TITLE.test(commonName) ? unhex(commonName) : undefined
