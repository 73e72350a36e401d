// Mode E: the option select that leads to HDLC.
import { dataReadout, say, switchTo } from '../../sign-on/messages.ts'
import { OPENING_RATE } from '../../sign-on/rows.ts'
import { changeSignOn, type Defect } from '../defect.ts'
import { withRates } from './rates.ts'

export const modeEDefects: readonly Defect[] = [
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
]
