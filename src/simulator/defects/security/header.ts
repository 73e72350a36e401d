// What general-ciphering authenticates besides the APDU, done otherwise (IEC 62056-5-3, general-ciphering APDU; ruling Y28).
import { decode } from '../../../codec/codec.ts'
import { concat } from '../../../codec/operator.ts'
import { TAG_OCTETS } from '../../../protocol/security/aes-gcm.ts'
import { headerOctets } from '../../../protocol/security/ciphered-apdu.ts'
import { protect } from '../../../protocol/security/protection.ts'
import { generalHeader } from '../../../protocol/xdlms/ciphered.ts'
import type { Decisions } from '../../decisions.ts'
import type { Defect } from '../defect.ts'
import { changeProtection } from './protection-shared.ts'

/** The header as it should be authenticated → what is. */
type Authenticated = (header: Uint8Array) => Uint8Array

const leftOut: Authenticated = () => new Uint8Array(0)

function withoutLengths(header: Uint8Array): Uint8Array {
  const read = decode(generalHeader, header)
  return read.ok ? concat(Object.values(read.value)) : header
}

const opensOver = (d: Decisions, authenticated: Authenticated): Decisions =>
  changeProtection(d, ({ unprotect }) => ({
    unprotect(protection, octets, key) {
      const { header } = protection
      return unprotect(header ? { ...protection, header: authenticated(header) } : protection, octets, key)
    },
  }))

/** The tag alone is another one. */
const sealsOver = (d: Decisions, authenticated: Authenticated): Decisions =>
  changeProtection(d, ({ cipher }) => ({
    cipher(ciphering, plain) {
      const right = cipher(ciphering, plain)
      const { name, header, protection } = ciphering
      if (name !== 'general-ciphering' || header === undefined || !protection.control.authentication) return right
      const other = protect({ ...protection, header: authenticated(headerOctets(header)) }, plain)
      return concat([right.subarray(0, -TAG_OCTETS), other.subarray(-TAG_OCTETS)])
    },
  }))

export const headerDefects: readonly Defect[] = [
  {
    id: 'protection.header-left-out',
    breaks: ['security.authentication-tag'],
    remark: true,
    needs: 'ciphered',
    says: 'The header of general-ciphering is left out of what is authenticated, in requests and in answers.',
    apply: (d) => sealsOver(opensOver(d, leftOut), leftOut),
  },
  {
    id: 'protection.header-left-out-of-requests',
    breaks: ['security.authentication-tag'],
    remark: true,
    needs: 'ciphered',
    says: 'Requests in general-ciphering are taken only where their header is left out of what is authenticated.',
    apply: (d) => opensOver(d, leftOut),
  },
  {
    id: 'protection.header-left-out-of-answers',
    breaks: ['security.authentication-tag'],
    remark: true,
    needs: 'ciphered',
    says: 'Of answers in general-ciphering the header is left out of what is authenticated.',
    apply: (d) => sealsOver(d, leftOut),
  },
  {
    id: 'protection.header-without-lengths',
    breaks: ['security.authentication-tag'],
    needs: 'ciphered',
    says: 'The fields in the header of general-ciphering are authenticated without their lengths, in requests and in answers.',
    apply: (d) => sealsOver(opensOver(d, withoutLengths), withoutLengths),
  },
  {
    id: 'protection.header-without-lengths-in-answers',
    breaks: ['security.authentication-tag'],
    needs: 'ciphered',
    says: 'Of answers in general-ciphering the fields of the header are authenticated without their lengths.',
    apply: (d) => sealsOver(d, withoutLengths),
  },
]
