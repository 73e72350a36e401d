// Modes A to E: what is sent after the identification, at which rate.
import type { SignOnMessage } from '../../../protocol/sign-on/messages.ts'
import type { Damages } from '../../../codec/codec.ts'
import { dataReadout, say, switchTo } from '../../sign-on/messages.ts'
import type { Do } from '../../sign-on/reaction.ts'
import { OPENING_RATE, readoutAt } from '../../sign-on/rows.ts'
import type { Decisions } from '../../decisions.ts'
import { count } from '../../memory.ts'
import { changeSignOn, sends, type Defect } from '../defect.ts'

/** Messages of one kind, damaged. */
const damaging = (d: Decisions, which: (message: SignOnMessage) => boolean, damage: Damages): Decisions =>
  sends(d, (message) => [message.is === 'sign-on' && which(message.message) ? { ...message, damage } : message])

/** All rate changes of a row's actions left out, or made other ones. */
const withRates = (does: readonly Do[] = [], change: (baud: number) => number | undefined): readonly Do[] =>
  does.flatMap((each): readonly Do[] => {
    if (each.is !== 'settings') return [each]
    const baud = change(each.settings.baud)
    return baud === undefined ? [] : [{ ...each, settings: { ...each.settings, baud } }]
  })

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
  {
    id: 'sign-on.e.readout',
    aliases: ['iec21_modee_sends_readout'],
    breaks: ['sign-on.mode-e'],
    needs: 'mode-e',
    says: 'The option select of mode E is answered by the readout.',
    apply: (d) =>
      changeSignOn(d, () => ({
        toHdlc: (state, _asked, { signOn }) => ({
          to: { ...state, phase: 'sending' },
          does: [switchTo(state.rate), say(dataReadout(signOn), signOn.reactionMs), switchTo(OPENING_RATE)],
        }),
      })),
  },
  {
    id: 'sign-on.e.no-switch',
    breaks: ['sign-on.mode-e'],
    needs: 'mode-e',
    says: 'The option select of mode E is confirmed, but the rate stays.',
    apply: (d) =>
      changeSignOn(d, ({ toHdlc }) => ({
        toHdlc(state, asked, context) {
          const { to, does } = toHdlc(state, asked, context)
          return { to, does: withRates(does, () => undefined) }
        },
      })),
  },
  {
    id: 'sign-on.e.not-announced',
    breaks: ['sign-on.mode-e'],
    remark: true,
    needs: 'mode-e',
    says: 'HDLC is offered, but the identification does not say so.',
    apply: (d) =>
      changeSignOn(d, ({ identification }) => ({
        identification: (signOn) => ({ ...identification(signOn), 'mode-escapes': '' }),
      })),
  },
  {
    id: 'sign-on.e.undefined-rate',
    aliases: ['iec21_modee_undefined_baud'],
    breaks: ['sign-on.mode-e'],
    needs: 'mode-e',
    says: 'An undefined rate in the option select of mode E is confirmed, and the port is lost at 38400 Bd.',
    apply: (d) =>
      changeSignOn(d, ({ undefinedOption }) => ({
        undefinedOption: (state, asked, context) =>
          asked.option['protocol-control'] === '2' && /[7-9]/.test(asked.option['baud-rate-identification'])
            ? context.table.toHdlc({ ...state, rate: 38400 }, asked, context)
            : undefinedOption(state, asked, context),
      })),
  },
  {
    id: 'sign-on.e.hdlc-on-mode-c',
    breaks: ['sign-on.mode-e'],
    needs: 'mode-e',
    says: 'Half of the digits of mode E are enough: HDLC follows.',
    apply: (d) =>
      changeSignOn(d, ({ optionOf }) => ({
        optionOf(signOn, asked) {
          const { 'protocol-control': protocol, 'mode-control': mode } = asked
          const both = { ...asked, 'protocol-control': '2', 'mode-control': '2' }
          return optionOf(signOn, asked) ?? (protocol === '2' || mode === '2' ? optionOf(signOn, both) : undefined)
        },
      })),
  },
  bccWrong('sign-on.p0.bcc-wrong', 'P0', isOperand, 'programming'),
  bccWrong('sign-on.r1.bcc-wrong', 'What R1 reads', isSmallReadout, 'programming'),
]
