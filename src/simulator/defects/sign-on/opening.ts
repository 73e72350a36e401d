// The opening of a sign-on: who is meant, how fast the answer comes, what the identification says.
import { changeSignOn, type Defect } from '../defect.ts'
import { count } from '../../memory.ts'
import { LONGEST_ADDRESS } from '../../sign-on/rows.ts'

const DEAD = 'dead'
const UNREADABLE = '\u0001'

export const openingDefects: readonly Defect[] = [
  {
    id: 'sign-on.setup.lies',
    aliases: ['local_port_setup_lies'],
    breaks: ['sign-on.local-port-setup'],
    needs: 'mode-e',
    says: 'The IEC local port setup says that the port opens with HDLC, though it opens with a sign-on.',
    apply: (d) => ({ ...d, model: { ...d.model, openingTold: () => 'hdlc' } }),
  },
  {
    id: 'sign-on.address.any',
    aliases: ['iec21_answers_any_address'],
    breaks: ['sign-on.request.address'],
    needs: 'sign-on',
    says: 'A request is answered whatever its address.',
    apply: (d) => changeSignOn(d, () => ({ isMine: () => true })),
  },
  {
    id: 'sign-on.address.own-ignored',
    breaks: ['sign-on.request.address'],
    needs: 'sign-on',
    says: 'A request with the own address is not answered.',
    apply: (d) => changeSignOn(d, () => ({ isMine: (address) => address === '' })),
  },
  {
    id: 'sign-on.address.overlong-blocks',
    breaks: ['sign-on.request.address'],
    needs: 'sign-on',
    says: 'A request with an address longer than 32 characters kills the port.',
    apply: (d) =>
      changeSignOn(d, ({ request }) => ({
        request(state, asked, context) {
          if (asked.address.length > LONGEST_ADDRESS)
            return { to: { ...state, memory: { ...state.memory, [DEAD]: 1 } } }
          return count(state.memory, DEAD) > 0 ? { to: state } : request(state, asked, context)
        },
      })),
  },
  {
    id: 'sign-on.address.leading-zeros-refused',
    breaks: ['sign-on.request.address'],
    remark: true,
    needs: 'sign-on',
    says: 'The own address with leading zeros is taken for a foreign one.',
    apply: (d) => changeSignOn(d, () => ({ isMine: (address, own) => address === '' || address === own })),
  },
  {
    id: 'sign-on.reaction.too-fast',
    aliases: ['iec21_too_fast_reply'],
    breaks: ['sign-on.reaction-time'],
    needs: 'sign-on',
    says: 'The identification comes after 5 ms.',
    apply: (d) => changeSignOn(d, () => ({ reactionMs: () => 5 })),
  },
  {
    id: 'sign-on.reaction.too-slow',
    breaks: ['sign-on.reaction-time'],
    needs: 'sign-on',
    says: 'The identification comes after 2.2 s.',
    apply: (d) => changeSignOn(d, () => ({ reactionMs: () => 2200 })),
  },
  {
    id: 'sign-on.gap.short-not-bridged',
    breaks: ['sign-on.inter-character-time'],
    needs: 'sign-on',
    says: 'A pause of more than 0.5 s between two characters breaks a message off.',
    apply: (d) => changeSignOn(d, () => ({ characterGapMs: 500 })),
  },
  {
    id: 'sign-on.gap.port-dead',
    breaks: ['sign-on.inter-character-time'],
    needs: 'sign-on',
    says: 'A message that was broken off by a pause kills the port.',
    apply: (d) =>
      changeSignOn(d, ({ request, other }) => ({
        other: (state, asked, context) =>
          state.phase === 'idle'
            ? { to: { ...state, memory: { ...state.memory, [DEAD]: 1 } } }
            : other(state, asked, context),
        request: (state, asked, context) =>
          count(state.memory, DEAD) > 0 ? { to: state } : request(state, asked, context),
      })),
  },
  {
    id: 'sign-on.identification.other-manufacturer',
    breaks: ['declaration.identification'],
    needs: 'sign-on',
    says: 'The identification names another manufacturer.',
    apply: (d) =>
      changeSignOn(d, ({ identification }) => ({
        identification: (signOn) => ({ ...identification(signOn), manufacturer: 'XYZ' }),
      })),
  },
  {
    id: 'sign-on.identification.slower-rate',
    breaks: ['declaration.identification'],
    needs: 'sign-on',
    says: 'The identification announces 600 Bd, whatever the meter can.',
    apply: (d) =>
      changeSignOn(d, ({ identification }) => ({
        identification: (signOn) => ({
          ...identification(signOn),
          'baud-rate-identification': signOn.mode === 'B' ? 'A' : '1',
        }),
      })),
  },
  {
    id: 'sign-on.identification.unreadable',
    breaks: ['sign-on.identification'],
    fatal: true,
    needs: 'sign-on',
    says: 'The identification has control characters in the place of the manufacturer.',
    apply: (d) =>
      changeSignOn(d, ({ identification }) => ({
        identification: (signOn) => ({ ...identification(signOn), manufacturer: UNREADABLE.repeat(3) }),
      })),
  },
]
