// Data protection that does not protect (IEC 62056-6-2, class 30).
import { ok } from '../../../codec/value.ts'
import { protect } from '../../../protocol/security/protection.ts'
import type { Decisions } from '../../decisions.ts'
import type { DataProtectionRules } from '../../model/data-protection/rules.ts'
import { changeModel, type Defect } from '../defect.ts'

const changeDataProtection = (
  d: Decisions,
  change: (before: DataProtectionRules) => Partial<DataProtectionRules>,
): Decisions =>
  changeModel(d, ({ dataProtection }) => ({ dataProtection: { ...dataProtection, ...change(dataProtection) } }))

const TAG_OCTETS = 12

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
        unprotect(protection, octets) {
          const opened = unprotect(protection, octets)
          const encrypted = { ...protection, control: { ...protection.control, authentication: false } }
          return opened.ok ? opened : ok(protect(encrypted, octets.subarray(0, -TAG_OCTETS)))
        },
      })),
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
