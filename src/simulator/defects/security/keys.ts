// Key changes that go wrong (IEC 62056-6-2, Security setup).
import type { KeyName } from '../../../protocol/security/key-names.ts'
import { unwrapUnchecked } from '../../../protocol/security/unwrap-unchecked.ts'
import type { Decisions } from '../../decisions.ts'
import { changeModel, type Defect } from '../defect.ts'
import { changeSecuritySetup } from './shared.ts'

const SECURITY_SETUP = 64
const BROADCAST = 'global-broadcast-encryption-key'
const isNamed = ({ name, key }: { readonly name: unknown; readonly key: unknown }): boolean =>
  name !== undefined && key !== undefined

/** Unwraps with this key where the master key does not fit. */
const unwrapping = (d: Decisions, name: KeyName): Decisions =>
  changeSecuritySetup(d, ({ unwrap }) => ({
    unwrap(masterKey, wrapped, others, place) {
      const other = others[name]
      return unwrap(masterKey, wrapped, others, place) ?? (other && unwrap(other, wrapped, others, place))
    },
  }))

/** Takes whatever comes for the place of this key. */
const heedless = (d: Decisions, name: KeyName): Decisions =>
  changeSecuritySetup(d, ({ unwrap }) => ({
    unwrap: (masterKey, wrapped, others, place) =>
      place === name ? unwrapUnchecked(masterKey, wrapped) : unwrap(masterKey, wrapped, others, place),
  }))

export const keyDefects: readonly Defect[] = [
  {
    id: 'keys.wrap-unchecked',
    aliases: ['kw_no_icv_check'],
    breaks: ['keys.wrap'],
    needs: 'keys',
    says: 'Whatever comes out of a wrapped key is taken, its check value is not looked at.',
    apply: (d) => changeSecuritySetup(d, () => ({ unwrap: unwrapUnchecked })),
  },
  {
    id: 'keys.broadcast-wrap-unchecked',
    breaks: ['keys.wrap'],
    needs: 'keys',
    says: 'Of a wrapped broadcast key the check value is not looked at.',
    apply: (d) => heedless(d, BROADCAST),
  },
  {
    id: 'keys.master-wrap-unchecked',
    breaks: ['keys.wrap'],
    needs: 'agreement',
    says: 'Of a wrapped master key the check value is not looked at.',
    apply: (d) => heedless(d, 'master-key'),
  },
  {
    id: 'keys.broken-told-taken',
    breaks: ['keys.wrap'],
    needs: 'keys',
    says: 'A broken key is answered with success, and nothing is stored.',
    apply: (d) => changeSecuritySetup(d, () => ({ isTaken: (keys) => keys.every(({ name }) => name !== undefined) })),
  },
  {
    id: 'keys.wrapped-under-unicast',
    breaks: ['keys.wrap'],
    needs: 'keys',
    says: 'A key that is wrapped under the unicast encryption key is taken as well.',
    apply: (d) => unwrapping(d, 'global-unicast-encryption-key'),
  },
  {
    id: 'keys.wrapped-under-authentication',
    breaks: ['keys.wrap'],
    needs: 'keys',
    says: 'A key that is wrapped under the authentication key is taken as well.',
    apply: (d) => unwrapping(d, 'authentication-key'),
  },
  {
    id: 'keys.length-unchecked',
    breaks: ['keys.wrap'],
    needs: 'keys',
    says: 'A key of any length is taken.',
    apply: (d) => changeSecuritySetup(d, () => ({ isLength: () => true })),
  },
  {
    id: 'keys.id-unchecked',
    breaks: ['keys.wrap'],
    needs: 'keys',
    says: 'A key_id that there is not succeeds, and nothing is stored.',
    apply: (d) =>
      changeSecuritySetup(d, ({ isTaken }) => ({
        isTaken: (keys) => isTaken(keys.filter(({ name }) => name !== undefined)) || keys.every((each) => !each.name),
      })),
  },
  {
    id: 'keys.list-in-part',
    breaks: ['keys.whole'],
    remark: true,
    needs: 'keys',
    says: 'Of a list of keys those are stored that are right, though the list is refused.',
    apply: (d) => changeSecuritySetup(d, () => ({ stored: (keys) => keys.filter(isNamed) })),
  },
  {
    id: 'keys.lost-when-refused',
    breaks: ['keys.wrap'],
    needs: 'keys',
    says: 'A wrapped key that is refused leaves zeros in the place of the key that was there.',
    apply: (d) =>
      changeSecuritySetup(d, ({ stored }) => ({
        stored: (keys) =>
          keys.every(isNamed) ? stored(keys) : keys.map(({ name }) => ({ name, key: new Uint8Array(16) })),
      })),
  },
  {
    id: 'keys.never-stored',
    breaks: ['keys.transfer'],
    needs: 'keys',
    says: 'A key transfer succeeds, and the old keys stay in use.',
    apply: (d) => changeSecuritySetup(d, () => ({ stored: () => [] })),
  },
  {
    id: 'keys.authentication-never-stored',
    breaks: ['keys.transfer'],
    needs: 'keys',
    says: 'An authentication key is taken, and the old one stays in use.',
    apply: (d) =>
      changeSecuritySetup(d, ({ stored }) => ({
        stored: (keys) => stored(keys).filter(({ name }) => name !== 'authentication-key'),
      })),
  },
  {
    id: 'keys.broadcast-never-stored',
    breaks: ['keys.transfer'],
    needs: 'keys',
    says: 'A broadcast key is taken, and the old one stays in use.',
    apply: (d) =>
      changeSecuritySetup(d, ({ stored }) => ({
        stored: (keys) => stored(keys).filter(({ name }) => name !== BROADCAST),
      })),
  },
  {
    id: 'keys.broadcast-reversed',
    breaks: ['keys.transfer'],
    needs: 'keys',
    says: 'A broadcast key is stored with its octets in the wrong order.',
    apply: (d) =>
      changeSecuritySetup(d, ({ stored }) => ({
        stored: (keys) =>
          stored(keys).map((each) => (each.name === BROADCAST ? { ...each, key: each.key?.toReversed() } : each)),
      })),
  },
  {
    id: 'keys.volatile',
    breaks: ['keys.transfer'],
    needs: 'keys',
    says: 'Keys that were transferred are gone with the power: those that were there before are valid again.',
    apply: (d) => changeSecuritySetup(d, () => ({ outlivesPower: (came) => came !== 'transferred' })),
  },
  {
    id: 'keys.stored-one-by-one',
    aliases: ['key_store_not_atomic'],
    breaks: ['keys.whole'],
    needs: 'keys',
    says: 'Of a list of keys one is stored at once, and the others when there is nothing else to do: without power they are lost.',
    apply: (d) => changeSecuritySetup(d, () => ({ atOnce: () => 1 })),
  },
  {
    id: 'keys.lost-without-power',
    breaks: ['keys.whole'],
    needs: 'keys',
    says: 'Keys are wiped before others take their place: without power in between there are none.',
    apply: (d) => changeSecuritySetup(d, () => ({ atOnce: () => 0, wipes: true })),
  },
  {
    id: 'keys.used-at-once',
    aliases: ['key_active_before_response'],
    breaks: ['keys.transfer'],
    needs: 'keys',
    says: 'The response to a key transfer is protected with the new key already.',
    apply: (d) => ({ ...d, protection: { ...d.protection, answersWith: (_before, after) => after } }),
  },
  {
    id: 'keys.any-client',
    aliases: ['key_change_any_client'],
    breaks: ['keys.rights'],
    needs: 'keys',
    says: 'Whoever sees a Security setup may invoke its methods.',
    apply: (d) =>
      changeModel(d, ({ access }) => ({
        access: {
          ...access,
          mayInvoke: (object, id, association) =>
            object['class-id'] === SECURITY_SETUP || access.mayInvoke(object, id, association),
        },
      })),
  },
  {
    id: 'keys.unprotected',
    breaks: ['keys.rights'],
    remark: true,
    needs: 'keys',
    says: 'Methods of a Security setup are carried out whatever protection their requests have.',
    apply: (d) =>
      changeModel(d, ({ access }) => ({
        access: {
          ...access,
          requiredProtection: (object, member, association) =>
            object['class-id'] === SECURITY_SETUP ? 0 : access.requiredProtection(object, member, association),
        },
      })),
  },
]
