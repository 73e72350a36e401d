// Data protection that does not protect (IEC 62056-6-2, class 30).
import { concat } from '../../../codec/operator.ts'
import { ok } from '../../../codec/value.ts'
import { COORDINATE } from '../../../protocol/security/curves.ts'
import type { Policy } from '../../../protocol/security/policy.ts'
import { protect, type Protection } from '../../../protocol/security/protection.ts'
import type { GeneralHeader, KeyInfo } from '../../../protocol/xdlms/ciphered.ts'
import type { Decisions } from '../../decisions.ts'
import type { DataProtectionRules } from '../../model/data-protection/rules.ts'
import { changeModel, type Defect } from '../defect.ts'

const changeDataProtection = (
  d: Decisions,
  change: (before: DataProtectionRules) => Partial<DataProtectionRules>,
): Decisions =>
  changeModel(d, ({ dataProtection }) => ({ dataProtection: { ...dataProtection, ...change(dataProtection) } }))

const TAG_OCTETS = 12

const untagged = (protection: Protection, octets: Uint8Array): Uint8Array =>
  protect({ ...protection, control: { ...protection.control, authentication: false } }, octets.subarray(0, -TAG_OCTETS))

const givesUnderUnicast = (d: Decisions, kind: KeyInfo['is']): Decisions =>
  changeDataProtection(d, ({ givenUnder }) => ({
    givenUnder: (info, keys) => (info.is === kind ? keys.unicast : givenUnder(info, keys)),
  }))

const turned = (header: GeneralHeader): GeneralHeader => ({
  ...header,
  'originator-system-title': header['recipient-system-title'],
  'recipient-system-title': header['originator-system-title'],
})

const withoutRequired = (d: Decisions, direction: keyof Policy): Decisions =>
  changeDataProtection(d, ({ isEnough }) => ({
    isEnough: (given, demand, of) => of === direction || isEnough(given, demand, of),
  }))

export const dataProtectionDefects: readonly Defect[] = [
  {
    id: 'data-protection.clear',
    breaks: ['cosem.data-protection'],
    needs: 'ciphered',
    says: 'Attributes that are asked for encrypted are authenticated only.',
    apply: (d) =>
      changeDataProtection(d, ({ protect: before }) => ({
        protect: (protection, plain) =>
          before({ ...protection, control: { ...protection.control, encryption: false, authentication: true } }, plain),
      })),
  },
  {
    id: 'data-protection.tag-unverified',
    breaks: ['cosem.data-protection'],
    needs: 'ciphered',
    says: 'What comes protected is taken whatever its tag.',
    apply: (d) =>
      changeDataProtection(d, ({ unprotect }) => ({
        unprotect(protection, octets, isInner) {
          const opened = unprotect(protection, octets, isInner)
          return opened.ok ? opened : ok(untagged(protection, octets))
        },
      })),
  },
  {
    id: 'data-protection.inner-tag-unverified',
    breaks: ['cosem.data-protection'],
    needs: 'ciphered',
    says: 'Of several layers only the tag of the outermost is verified.',
    apply: (d) =>
      changeDataProtection(d, ({ unprotect }) => ({
        unprotect(protection, octets, isInner) {
          const opened = unprotect(protection, octets, isInner)
          return opened.ok || !isInner ? opened : ok(untagged(protection, octets))
        },
      })),
  },
  {
    id: 'data-protection.last-layer-only',
    breaks: ['cosem.data-protection'],
    needs: 'ciphered',
    says: 'Of several layers that are asked for only the last one is laid on.',
    apply: (d) => changeDataProtection(d, ({ applied }) => ({ applied: (layers) => applied(layers).slice(-1) })),
  },
  {
    id: 'data-protection.signature-unverified',
    breaks: ['cosem.data-protection'],
    needs: 'signing',
    says: 'Data that come signed are taken whatever their signature.',
    apply: (d) => changeDataProtection(d, () => ({ isSigned: () => true })),
  },
  {
    id: 'data-protection.zero-signature-taken',
    breaks: ['cosem.data-protection'],
    needs: 'signing',
    says: 'R and S that are both 0 are a signature of any data.',
    apply: (d) =>
      changeDataProtection(d, ({ isSigned }) => ({
        isSigned: (layer) => isSigned(layer) || layer.found.signature.every((octet) => octet === 0),
      })),
  },
  {
    id: 'data-protection.unsigned',
    breaks: ['cosem.data-protection'],
    needs: 'signing',
    says: 'Attributes that are asked for signed are given without a signature.',
    apply: (d) => changeDataProtection(d, () => ({ sign: (_, plain) => plain })),
  },
  {
    id: 'data-protection.zero-signature-given',
    breaks: ['cosem.data-protection'],
    needs: 'signing',
    says: 'Attributes that are asked for signed are given with R and S that are both 0.',
    apply: (d) =>
      changeDataProtection(d, () => ({
        sign: ({ curve }, plain) => concat([plain, new Uint8Array(2 * COORDINATE[curve])]),
      })),
  },
  {
    id: 'data-protection.signed-by-another-key',
    breaks: ['cosem.data-protection'],
    needs: 'signing',
    says: 'Attributes are signed with the key for agreement.',
    apply: (d) => changeDataProtection(d, () => ({ signingKey: 'agreement-key' })),
  },
  {
    id: 'data-protection.signed-as-asked',
    breaks: ['cosem.data-protection'],
    remark: true,
    needs: 'signing',
    says: 'What is signed with attributes is the titles of the request, and not those that are told with the signature.',
    apply: (d) =>
      changeDataProtection(d, ({ sign }) => ({
        sign: (signing, plain) => sign({ ...signing, header: turned(signing.header) }, plain),
      })),
  },
  {
    id: 'data-protection.first-layer-outermost',
    breaks: ['cosem.data-protection'],
    remark: true,
    needs: 'signing',
    says: 'The first of several layers is the outermost: what is to be signed and encrypted is encrypted first.',
    apply: (d) => changeDataProtection(d, () => ({ isFirstInnermost: false })),
  },
  {
    id: 'data-protection.response-as-asked',
    breaks: ['cosem.data-protection.required'],
    remark: true,
    needs: 'ciphered',
    says: 'Attributes are given as they are asked for, whatever required_protection says of responses.',
    apply: (d) => withoutRequired(d, 'response'),
  },
  {
    id: 'data-protection.request-as-it-comes',
    breaks: ['cosem.data-protection.required'],
    remark: true,
    needs: 'ciphered',
    says: 'What comes is taken however it is protected, whatever required_protection says of requests.',
    apply: (d) => withoutRequired(d, 'request'),
  },
  {
    id: 'data-protection.first-attribute-only',
    breaks: ['cosem.data-protection'],
    needs: 'ciphered',
    says: 'Of several attributes that come together only the first is written.',
    apply: (d) =>
      changeDataProtection(d, ({ written }) => ({ written: (attributes) => written(attributes).slice(0, 1) })),
  },
  {
    id: 'data-protection.wrapped-key-unused',
    breaks: ['cosem.data-protection'],
    needs: 'ciphered',
    says: 'Attributes that are said to be under a wrapped key are under the global unicast key.',
    apply: (d) => givesUnderUnicast(d, 'wrapped-key'),
  },
  {
    id: 'data-protection.agreed-key-unused',
    breaks: ['cosem.data-protection'],
    needs: 'agreement',
    says: 'Attributes that are said to be under an agreed key are under the global unicast key.',
    apply: (d) => givesUnderUnicast(d, 'agreed-key'),
  },
  {
    id: 'data-protection.any-key',
    breaks: ['cosem.data-protection'],
    needs: 'ciphered',
    says: 'What does not open under the key that key_info means is tried with the global unicast key.',
    apply: (d) =>
      changeDataProtection(d, ({ takenUnder }) => ({ takenUnder: (keys) => [...takenUnder(keys), keys.unicast] })),
  },
  {
    id: 'data-protection.buffer-clear',
    breaks: ['cosem.data-protection'],
    needs: 'ciphered',
    says: 'What is read from protection_buffer is the attributes as they are.',
    apply: (d) => changeDataProtection(d, () => ({ buffered: (_, plain) => plain })),
  },
  {
    id: 'data-protection.buffer-plain-taken',
    breaks: ['cosem.data-protection'],
    needs: 'ciphered',
    says: 'What is written to protection_buffer is taken without any protection as well.',
    apply: (d) => changeDataProtection(d, () => ({ unbuffered: (opened, content) => opened ?? content })),
  },
  {
    id: 'data-protection.any-attribute',
    breaks: ['access.indirect'],
    remark: true,
    needs: 'ciphered',
    says: 'Data protection gives what the client may not read itself.',
    apply: (d) => changeDataProtection(d, () => ({ mayReach: () => true })),
  },
]
