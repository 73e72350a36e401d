// Modes A to D: what is sent after the identification, at which rate.
import type { SignOnMessage } from '../../../protocol/sign-on/messages.ts'
import type { Damages } from '../../../codec/codec.ts'
import { OPENING_RATE, readoutAt } from '../../sign-on/rows.ts'
import type { Decisions } from '../../decisions.ts'
import { count } from '../../memory.ts'
import { changeSignOn, sends, type Defect } from '../defect.ts'
import { withRates } from './rates.ts'

/** Messages of one kind, damaged. */
const damaging = (d: Decisions, which: (message: SignOnMessage) => boolean, damage: Damages): Decisions =>
  sends(d, (message) => [message.is === 'sign-on' && which(message.message) ? { ...message, damage } : message])

const isSmallReadout = (message: SignOnMessage): boolean =>
  message.is === 'data-readout' && !message.value.data.endsWith('!\r\n')
const isReadout = (message: SignOnMessage): boolean =>
  message.is === 'data-readout' && message.value.data.endsWith('!\r\n')
const isOperand = (message: SignOnMessage): boolean => message.is === 'command' && message.value.type === 'P'

const bccWrong = (
  id: string,
  what: string,
  which: (message: SignOnMessage) => boolean,
  needs: Defect['needs'],
  aliases: readonly string[] = [],
): Defect => ({
  id,
  ...(aliases.length > 0 ? { aliases } : {}),
  breaks: ['sign-on.bcc'],
  needs,
  says: `${what} has a wrong BCC.`,
  apply: (d) => damaging(d, which, { bcc: { flip: '02' } }),
})

const THIRD_RATE = 1200
const LOCKED = 'locked'

export const modeDefects: readonly Defect[] = [
  bccWrong('sign-on.readout.bcc-wrong', 'The readout', isReadout, 'sign-on', ['iec21_wrong_bcc_readout']),
  {
    id: 'sign-on.a.no-readout',
    breaks: ['sign-on.mode-a'],
    needs: 'mode-a',
    says: 'Only the identification is sent.',
    apply: (d) =>
      changeSignOn(d, ({ request }) => ({
        request(state, asked, context) {
          const { to, does = [] } = request(state, asked, context)
          return { to, does: does.filter((each) => each.is === 'settings' || each.message.is !== 'data-readout') }
        },
      })),
  },
  {
    id: 'sign-on.b.stays-high',
    aliases: ['iec21_modeb_stay_high'],
    breaks: ['sign-on.mode-b'],
    needs: 'mode-b',
    says: 'The port stays at the switched rate after the readout.',
    apply: (d) =>
      changeSignOn(d, ({ request }) => ({
        request(state, asked, context) {
          const { to, does } = request(state, asked, context)
          return { to, does: withRates(does, (baud) => (baud === OPENING_RATE ? undefined : baud)) }
        },
      })),
  },
  {
    id: 'sign-on.b.rate-not-switched',
    breaks: ['sign-on.mode-b'],
    needs: 'mode-b',
    says: 'A rate is announced, but the readout comes at 300 Bd.',
    apply: (d) =>
      changeSignOn(d, ({ request }) => ({
        request(state, asked, context) {
          const { to, does } = request(state, asked, context)
          return { to, does: withRates(does, () => undefined) }
        },
      })),
  },
  {
    id: 'sign-on.c.rate-ignored',
    aliases: ['iec21_ignore_baud_switch'],
    breaks: ['sign-on.mode-c.rate'],
    needs: 'mode-c',
    says: 'A readout is sent at 300 Bd, whatever rate was chosen.',
    apply: (d) =>
      changeSignOn(d, () => ({
        toReadout: (state, _asked, { signOn }) => ({
          to: { ...state, phase: 'sending' },
          does: readoutAt(signOn, OPENING_RATE),
        }),
      })),
  },
  {
    id: 'sign-on.c.lower-rates-at-300',
    breaks: ['sign-on.mode-c.rate'],
    remark: true,
    needs: 'mode-c',
    says: 'A readout at a lower rate than the announced one is sent at 300 Bd.',
    apply: (d) =>
      changeSignOn(d, () => ({
        toReadout: (state, _asked, { signOn }) => ({
          to: { ...state, phase: 'sending' },
          does: readoutAt(signOn, state.rate < signOn.baud ? 300 : state.rate),
        }),
      })),
  },
  {
    id: 'sign-on.c.third-rate',
    breaks: ['sign-on.mode-c.rate'],
    needs: 'mode-c',
    says: 'A readout is sent at a rate that is neither the chosen one nor 300 Bd.',
    apply: (d) =>
      changeSignOn(d, () => ({
        toReadout: (state, _asked, { signOn }) => ({
          to: { ...state, phase: 'sending' },
          does: readoutAt(signOn, state.rate === THIRD_RATE ? 2 * THIRD_RATE : THIRD_RATE),
        }),
      })),
  },
  {
    id: 'sign-on.ack.lockup',
    aliases: ['iec21_bad_ack_lockup'],
    breaks: ['sign-on.mode-c.option-select'],
    needs: 'mode-c',
    says: 'An option select that is not finished, or not understood, locks the port.',
    apply: (d) =>
      changeSignOn(d, ({ waitsUntil, request }) => ({
        characterGapMs: Infinity,
        waitsUntil: (state, pending) =>
          state.phase === 'identified' && (pending || count(state.memory, LOCKED) > 0)
            ? Infinity
            : waitsUntil(state, pending),
        other: (state) => ({
          to: state.phase === 'identified' ? { ...state, memory: { ...state.memory, [LOCKED]: 1 } } : state,
        }),
        undefinedOption: (state) => ({ to: { ...state, memory: { ...state.memory, [LOCKED]: 1 } } }),
        request: (state, asked, context) =>
          count(state.memory, LOCKED) > 0 ? { to: state } : request(state, asked, context),
      })),
  },
  {
    id: 'sign-on.ack.undefined-rate',
    breaks: ['sign-on.mode-c.option-select'],
    needs: 'mode-c',
    says: 'An undefined rate in the option select is obeyed: the readout comes at 38400 Bd.',
    apply: (d) =>
      changeSignOn(d, ({ undefinedOption }) => ({
        undefinedOption: (state, asked, context) =>
          asked.option['protocol-control'] === '0' && /[7-9]/.test(asked.option['baud-rate-identification'])
            ? { to: { ...state, phase: 'sending' }, does: readoutAt(context.signOn, 38400) }
            : undefinedOption(state, asked, context),
      })),
  },
  {
    id: 'sign-on.d.wrong-rate',
    breaks: ['sign-on.mode-d'],
    needs: 'mode-d',
    says: 'Telegrams come at 300 Bd.',
    apply: (d) => changeSignOn(d, () => ({ telegramRate: 300 })),
  },
  {
    id: 'sign-on.d.no-end',
    aliases: ['p1_missing_crc'],
    breaks: ['sign-on.mode-d'],
    needs: 'mode-d',
    says: 'The end of a telegram is missing.',
    apply: (d) => damaging(d, ({ is }) => is === 'plain-readout', { 'end-character': 'drop' }),
  },
  {
    id: 'sign-on.d.disturbed',
    breaks: ['sign-on.mode-d'],
    needs: 'mode-d',
    says: 'Characters heard while a telegram is sent break it off.',
    apply: (d) => changeSignOn(d, () => ({ telegramDisturbed: true })),
  },
  bccWrong('sign-on.p0.bcc-wrong', 'P0', isOperand, 'programming'),
  bccWrong('sign-on.r1.bcc-wrong', 'What R1 reads', isSmallReadout, 'programming'),
]
