// Policies that can be weakened, or are told and not kept (IEC 62056-6-2, Security setup).
import { SIGNED_REQUEST, SIGNED_RESPONSE } from '../../protection/signing.ts'
import { changeModel, type Defect } from '../defect.ts'
import { changeProtection } from './protection-shared.ts'
import { changeSecuritySetup } from './shared.ts'

const SECURITY_SETUP = 64
const POLICY = 2

export const policyDefects: readonly Defect[] = [
  {
    id: 'policy.weakened',
    breaks: ['security.policy.activation'],
    needs: 'keys',
    says: 'A policy is replaced by any other, also by a weaker one.',
    apply: (d) => changeSecuritySetup(d, () => ({ mayActivate: () => true })),
  },
  {
    id: 'policy.compared-as-number',
    breaks: ['security.policy.activation'],
    needs: 'keys',
    says: 'A policy of version 1 is stronger where its number is higher, whichever bits it has.',
    apply: (d) => changeSecuritySetup(d, () => ({ mayActivate: ({ before, after }) => after >= before })),
  },
  {
    id: 'policy.weakened-by-set',
    aliases: ['policy_lower_by_set'],
    breaks: ['security.policy.activation', 'cosem.access-rights'],
    needs: 'keys',
    says: 'Whoever sees a Security setup may write its policy.',
    apply: (d) =>
      changeModel(d, ({ access }) => ({
        access: {
          ...access,
          mayWrite: (object, id, association) =>
            (object['class-id'] === SECURITY_SETUP && id === POLICY) || access.mayWrite(object, id, association),
        },
      })),
  },
  {
    id: 'policy.never-activated',
    breaks: ['security.policy.activation'],
    needs: 'keys',
    says: 'A stronger policy is taken with success, and the one before stays.',
    apply: (d) => changeSecuritySetup(d, () => ({ activated: ({ before }) => before })),
  },
  {
    id: 'policy.refused',
    breaks: ['security.policy.activation'],
    needs: 'keys',
    says: 'Every policy but the one that there is is refused.',
    apply: (d) => changeSecuritySetup(d, () => ({ mayActivate: ({ before, after }) => before === after })),
  },
  {
    id: 'policy.responses-as-requests',
    breaks: ['security.response', 'access.protection.response'],
    needs: 'agreement',
    says: 'An answer is protected as its request was, whatever is demanded of answers alone.',
    apply: (d) =>
      changeProtection(d, ({ response }) => ({ response: (how, _demanded, inBlocks) => response(how, 0, inBlocks) })),
  },
  {
    id: 'policy.responses-unsigned',
    breaks: ['security.response'],
    needs: 'agreement',
    says: 'A policy of signed responses is taken, and what it demands of ciphering alone is kept.',
    apply: (d) =>
      changeProtection(d, ({ demanded }) => ({ demanded: (partners) => demanded(partners) & ~SIGNED_RESPONSE })),
  },
  {
    id: 'policy.requests-unsigned',
    breaks: ['security.policy'],
    needs: 'agreement',
    says: 'A policy of signed requests is taken, and what it demands of ciphering alone is kept.',
    apply: (d) =>
      changeProtection(d, ({ demanded }) => ({ demanded: (partners) => demanded(partners) & ~SIGNED_REQUEST })),
  },
  {
    id: 'policy.weaker-succeeds',
    breaks: ['security.policy.activation'],
    remark: true,
    needs: 'keys',
    says: 'A weaker policy succeeds, and the stronger one stays.',
    apply: (d) =>
      changeSecuritySetup(d, ({ mayActivate }) => ({
        mayActivate: () => true,
        activated: (change) => (mayActivate(change) ? change.after : change.before),
      })),
  },
]
