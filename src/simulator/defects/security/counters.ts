// Invocation counters that protect from nothing, or from too much.
import { hex } from '../../../codec/value.ts'
import { sending } from '../../decisions.ts'
import { text } from '../../memory.ts'
import type { OnSend } from '../../outgoing.ts'
import type { Defect } from '../defect.ts'
import { changeCounters, changeProtection } from './protection-shared.ts'

const HIGHEST = 0xffffffff
const STORED_EACH = 100

const isOfServer = (name: string): boolean => name.startsWith('sent')

const LAST = 'last-information'

/** Octets that go once more, the last bit of them changed. */
const repeatedOtherwise: OnSend = (message, memory) => {
  if (message.is !== 'frame' || message.frame.control.is !== 'i') return { messages: [message], memory }
  const { frame } = message
  const information = hex(frame.information)
  if (text(memory, LAST) !== information) return { messages: [message], memory: { ...memory, [LAST]: information } }
  const changed = frame.information.map((octet, at, all) => (at === all.length - 1 ? octet ^ 1 : octet))
  return { messages: [{ ...message, frame: { ...frame, information: changed } }], memory }
}

export const counterDefects: readonly Defect[] = [
  {
    id: 'counter.unchecked',
    aliases: ['ic_no_check'],
    breaks: ['security.replay'],
    needs: 'ciphered',
    says: 'Invocation counters of requests are not looked at.',
    apply: (d) => changeCounters(d, () => ({ isFresh: () => true })),
  },
  {
    id: 'counter.unchecked-in-general-ciphering',
    aliases: ['ic_unchecked_general_ciphering'],
    breaks: ['security.replay'],
    needs: 'ciphered',
    says: 'Invocation counters are checked in service-specific ciphering, and not in general forms.',
    apply: (d) =>
      changeCounters(d, ({ isFresh }) => ({
        isFresh: (counter, last, counting) =>
          counting.form?.startsWith('general-') === true || isFresh(counter, last, counting),
      })),
  },
  {
    id: 'counter.unchecked-of-content-keys',
    breaks: ['security.replay'],
    needs: 'ciphered',
    says: 'A key that comes with its APDU is taken for one that was never used.',
    apply: (d) =>
      changeCounters(d, ({ isFresh }) => ({
        isFresh: (counter, last, counting) => counting.name === 'content-key' || isFresh(counter, last, counting),
      })),
  },
  {
    id: 'counter.unchecked-in-proofs',
    breaks: ['security.replay'],
    needs: 'ciphered',
    says: 'Invocation counters of APDUs are checked, that of the proof of HLS is not.',
    apply: (d) =>
      changeCounters(d, ({ isFresh }) => ({
        isFresh: (counter, last, counting) => counting.use === 'proof' || isFresh(counter, last, counting),
      })),
  },
  {
    id: 'counter.last-octets',
    breaks: ['security.replay'],
    needs: 'ciphered',
    says: 'Of an invocation counter the last two octets are compared.',
    apply: (d) =>
      changeCounters(d, () => ({ isFresh: (counter, last) => last < 0 || (counter & 0xffff) > (last & 0xffff) })),
  },
  {
    id: 'counter.equal-taken',
    aliases: ['ic_equal_accepted'],
    breaks: ['security.replay'],
    needs: 'ciphered',
    says: 'The last counter is taken once more.',
    apply: (d) => changeCounters(d, () => ({ isFresh: (counter, last) => counter >= last })),
  },
  {
    id: 'counter.gaps-refused',
    breaks: ['security.counter.gaps'],
    needs: 'ciphered',
    says: 'A counter that jumps ahead is refused.',
    apply: (d) =>
      changeCounters(d, ({ isFresh }) => ({
        isFresh: (counter, last, counting) => isFresh(counter, last, counting) && counter < last + 10,
      })),
  },
  {
    id: 'counter.wraps',
    aliases: ['ic_wraps'],
    breaks: ['security.counter.end'],
    needs: 'ciphered',
    says: 'Behind the highest counter 0 is taken again.',
    apply: (d) =>
      changeCounters(d, ({ isFresh }) => ({
        isFresh: (counter, last, counting) => last === HIGHEST || isFresh(counter, last, counting),
      })),
  },
  {
    id: 'counter.of-association',
    aliases: ['ic_per_association'],
    breaks: ['security.replay'],
    needs: 'ciphered',
    says: 'What was taken is remembered in its association only.',
    apply: (d) =>
      changeCounters(d, ({ received }) => ({
        received: (counting) => `${received(counting)} ${counting.partners.association}`,
      })),
  },
  {
    id: 'counter.of-channel',
    aliases: ['ic_per_channel_same_key'],
    breaks: ['security.replay'],
    needs: 'ciphered',
    remark: true,
    says: 'Each port has counters of its own, under the same keys.',
    apply: (d) =>
      changeCounters(d, ({ received }) => ({
        received: (counting) => `${received(counting)} ${counting.partners.path.port}`,
      })),
  },
  {
    id: 'counter.shared',
    aliases: ['ic_shared_global'],
    breaks: ['security.counter.of-key'],
    needs: 'ciphered',
    says: 'One counter serves all keys and clients.',
    apply: (d) => changeCounters(d, () => ({ received: () => 'received' })),
  },
  {
    id: 'counter.anew-with-authentication-key',
    aliases: ['ic_reset_on_ak_change'],
    breaks: ['security.counter.of-key'],
    needs: 'keys',
    says: 'With a new authentication key the counters of the encryption keys begin anew.',
    apply: (d) =>
      changeCounters(d, ({ received }) => ({
        received(counting) {
          const { 'authentication-key': authentication } = counting.partners.state.keys
          return `${received(counting)} ${authentication === undefined ? '' : hex(authentication)}`
        },
      })),
  },
  {
    id: 'counter.volatile',
    aliases: ['ic_volatile'],
    breaks: ['security.replay'],
    needs: 'ciphered',
    says: 'With the power the counters of the clients are gone.',
    apply: (d) => changeCounters(d, () => ({ afterPower: (name, value) => (isOfServer(name) ? value : undefined) })),
  },
  {
    id: 'counter.server-volatile',
    breaks: ['security.counter.server'],
    needs: 'ciphered',
    says: 'With the power the counter of the server begins anew, under the same key.',
    apply: (d) => changeCounters(d, () => ({ afterPower: (name, value) => (isOfServer(name) ? undefined : value) })),
  },
  {
    id: 'counter.server-stored-seldom',
    aliases: ['server_ic_reset_on_boot'],
    breaks: ['security.counter.server'],
    needs: 'ciphered',
    says: 'Of the counter of the server each hundredth value is stored: with the power it goes back to that.',
    apply: (d) =>
      changeCounters(d, () => ({
        afterPower: (name, value) => (isOfServer(name) ? value - (value % STORED_EACH) : value),
      })),
  },
  {
    id: 'counter.repeated-with-other-octets',
    breaks: ['security.counter.server'],
    needs: 'ciphered',
    says: 'An answer that the link sends once more has other octets, and the same counter.',
    apply: (d) => sending(d, repeatedOtherwise),
  },
  {
    id: 'counter.server-stands',
    breaks: ['security.counter.server'],
    needs: 'ciphered',
    says: 'All answers have the same invocation counter.',
    apply: (d) => changeCounters(d, () => ({ next: () => 1 })),
  },
  {
    id: 'counter.object-stale',
    aliases: ['ic_object_stale'],
    breaks: ['security.counter-object'],
    needs: 'ciphered',
    says: 'The invocation counter object shows what it began with.',
    apply: (d) => changeCounters(d, () => ({ isShown: () => false })),
  },
  {
    id: 'counter.kept-before-tag',
    aliases: ['ic_update_before_tag'],
    breaks: ['security.counter.verified'],
    needs: 'ciphered',
    says: 'A counter is kept before the tag is verified: whoever has no key locks others out.',
    apply: (d) => changeProtection(d, () => ({ keepsUnverified: true })),
  },
  {
    id: 'counter.told-before-tag',
    aliases: ['ic_error_before_tag'],
    breaks: ['security.counter.verified'],
    remark: true,
    needs: 'ciphered',
    says: 'The counter is checked, and told, before the tag.',
    apply: (d) => changeProtection(d, () => ({ countersFirst: true })),
  },
]
