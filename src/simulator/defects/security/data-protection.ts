// Data protection that does not protect (IEC 62056-6-2, class 30).
import { ok } from '../../../codec/value.ts'
import { protect, type Protection } from '../../../protocol/security/protection.ts'
import type { KeyInfo } from '../../../protocol/xdlms/ciphered.ts'
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
