// Parts of the ACSE APDUs (IEC 62056-5-3 clause 7.2.4, BER). Each TLV inside another has a name of its own.
import { enumerated, named, rest, tagged, type Codec, type Names } from '../../codec/codec.ts'
import { objectIdentifier } from './object-identifier.ts'
import { APPLICATION_CONTEXT, MECHANISM } from './names.ts'

/** `06 L` and the identifier. */
export const applicationContextName = named('object-identifier', tagged(0x06, objectIdentifier(APPLICATION_CONTEXT)))

/** IMPLICIT: the identifier without a tag of its own. */
export const mechanismName = objectIdentifier(MECHANISM)

/** AP titles (the system title) and AE qualifiers (the certificate): `04 L` and octets. */
export const inOctetString = named('octet-string', tagged(0x04, rest))

/** Authentication-value, CHOICE charstring [0]: the password or the challenge. */
export const charstring = named('charstring', tagged(0x80, rest))

/** `02 01` and a number that has names. */
export const namedInteger = <const N extends Names>(names: N): Codec<(keyof N & string) | number> =>
  named('integer', tagged(0x02, enumerated(names)))

const MOST = 0xffffffff

/** `02 L` and a number without sign, in as few octets as it takes: invocation ids, the user id. */
export const unsignedInteger: Codec<number> = named(
  'integer',
  tagged(0x02, {
    shape: { is: 'octets', as: 'unsigned' },
    write(to, value) {
      if (value > MOST) throw new RangeError(`${value} does not fit in 4 octets`)
      const octets = [value % 256]
      for (let left = Math.floor(value / 256); left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256)
      for (const octet of octets) to.u8(octet)
    },
    read(from) {
      const { at, left } = from
      if (left === 0 || left > 4) from.fail('value', at, '1 to 4 octets', `${left}`)
      let value = 0
      while (from.left > 0) value = value * 256 + from.u8()
      return value
    },
  }),
)
