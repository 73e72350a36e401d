// Lengths of protected APDUs in more octets than they need (ruling G15).
import { encode, octetString } from '../../../codec/codec.ts'
import { concat } from '../../../codec/operator.ts'
import { apdu } from '../../../protocol/apdu.ts'
import { signature } from '../../../protocol/security/curves.ts'
import { signedOctets } from '../../../protocol/security/general-signing.ts'
import { cipheredApdus } from '../../../protocol/xdlms/ciphered.ts'
import { sends, type Defect } from '../defect.ts'
import { changeProtection } from './protection-shared.ts'

/** In front of a length of one octet: it stands in two then. */
const LONG_FORM = Uint8Array.of(0x81)
const ONE_OCTET = 0x80

const CIPHERED: readonly (number | undefined)[] = Object.entries(apdu.tags)
  .filter(([name]) => Object.hasOwn(cipheredApdus, name) && name !== 'general-signing')
  .map(([, [tag]]) => tag)

/** Behind the tag of a ciphered APDU stands a length, of the title, the transaction-id or the content. */
const withLongLength = (octets: Uint8Array): Uint8Array =>
  CIPHERED.includes(octets[0]) && (octets[1] ?? ONE_OCTET) < ONE_OCTET
    ? concat([octets.subarray(0, 1), LONG_FORM, octets.subarray(1)])
    : octets

export const protectedFormDefects: readonly Defect[] = [
  {
    id: 'protection.length-long-form',
    breaks: ['xdlms.form'],
    remark: true,
    needs: 'ciphered',
    says: 'The first length of a ciphered APDU stands in two octets, where one is enough.',
    apply: (d) =>
      sends(d, (message) => [message.is === 'apdu' ? { ...message, octets: withLongLength(message.octets) } : message]),
  },
  {
    id: 'signing.length-long-form',
    breaks: ['xdlms.form'],
    remark: true,
    needs: 'signing',
    says: 'The length of the transaction-id of a signed APDU stands in two octets, where one is enough, and is signed so.',
    apply: (d) =>
      changeProtection(d, ({ signing }) => ({
        signing: {
          ...signing,
          made({ header, curve, pair, sign = signature }, content) {
            const signed = concat([LONG_FORM, signedOctets(header, content)])
            const [tag = 0] = apdu.tags['general-signing']
            return concat([Uint8Array.of(tag), signed, encode(octetString, sign(curve, pair, signed))])
          },
        },
      })),
  },
]
