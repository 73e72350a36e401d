// Protection that access rights ask for, and that is not asked for or not given (IEC 62056-6-2, Association LN version 3).
import type { Decisions } from '../../decisions.ts'
import { REQUEST_BITS, type AccessRules } from '../../model/access.ts'
import { SIGNED_REQUEST, SIGNED_RESPONSE } from '../../protection/signing.ts'
import { changeModel, type Defect } from '../defect.ts'

const changeAccess = (d: Decisions, change: (before: AccessRules) => Partial<AccessRules>): Decisions =>
  changeModel(d, ({ access }) => ({ access: { ...access, ...change(access) } }))

export const accessProtectionDefects: readonly Defect[] = [
  {
    id: 'access.protection.request-unchecked',
    aliases: ['acc3_bits_ignored'],
    breaks: ['access.protection.request'],
    needs: 'access-bits',
    says: 'Of access_mode only the bits for reading and writing count.',
    apply: (d) => changeAccess(d, () => ({ isProtected: () => true })),
  },
  {
    id: 'access.protection.any-request',
    breaks: ['access.protection.request'],
    needs: 'access-bits',
    says: 'A request with any protection is served, whichever is asked for.',
    apply: (d) =>
      changeAccess(d, ({ isProtected }) => ({
        isProtected: (required, request, association) => request !== 0 || isProtected(required, request, association),
      })),
  },
  {
    id: 'access.protection.signature-unchecked',
    breaks: ['access.protection.request'],
    needs: 'access-bits',
    says: 'What is for signed requests only is given to all that are protected otherwise.',
    apply: (d) =>
      changeAccess(d, ({ isProtected }) => ({
        isProtected: (required, request, association) =>
          isProtected(required, request === 0 ? 0 : request | SIGNED_REQUEST, association),
      })),
  },
  {
    id: 'access.protection.signature-unseen',
    breaks: ['access.protection.request'],
    needs: 'access-bits',
    says: 'What is for signed requests is given to none, be it signed.',
    apply: (d) =>
      changeAccess(d, ({ isProtected }) => ({
        isProtected: (required, request, association) => isProtected(required, request & ~SIGNED_REQUEST, association),
      })),
  },
  {
    id: 'access.protection.stronger-refused',
    breaks: ['access.protection.request'],
    needs: 'access-bits',
    says: 'A request with more protection than is asked for is refused.',
    apply: (d) =>
      changeAccess(d, ({ isProtected }) => ({
        isProtected: (required, request, association) =>
          isProtected(required, request, association) &&
          ((required & REQUEST_BITS) === 0 || (required & REQUEST_BITS) === request),
      })),
  },
  {
    id: 'access.protection.response-plain',
    aliases: ['acc3_response_plain'],
    breaks: ['access.protection.response'],
    needs: 'access-bits',
    says: 'Responses are protected as their requests are, whatever access_mode asks for.',
    apply: (d) => changeAccess(d, () => ({ responseProtection: () => 0 })),
  },
  {
    id: 'access.protection.response-unsigned',
    breaks: ['access.protection.response'],
    needs: 'access-bits',
    says: 'Responses are authenticated and encrypted as access_mode asks for, and never signed.',
    apply: (d) =>
      changeAccess(d, ({ responseProtection }) => ({
        responseProtection: (demanded) => responseProtection(demanded) & ~SIGNED_RESPONSE,
      })),
  },
  {
    id: 'access.protection.response-of-first',
    breaks: ['access.protection.response'],
    needs: 'access-bits',
    says: 'In a list only the first element says how the response is protected.',
    apply: (d) => changeAccess(d, () => ({ responseProtection: ([first = 0]) => first })),
  },
]
