// The programming mode: passwords, block checks, sign-off.
import { ACK, say } from '../../sign-on/messages.ts'
import * as rows from '../../sign-on/programming.ts'
import { signedOff } from '../../sign-on/state.ts'
import { count } from '../../memory.ts'
import { changeProgramming, changeSignOn, type Defect } from '../defect.ts'

const DEAD = 'dead'

export const programmingDefects: readonly Defect[] = [
  {
    id: 'sign-on.p0.missing',
    aliases: ['iec21_no_p0'],
    breaks: ['sign-on.programming'],
    needs: 'programming',
    says: 'The programming mode is entered without P0.',
    apply: (d) =>
      changeSignOn(d, ({ toProgramming }) => ({
        toProgramming(state, asked, context) {
          const { to, does = [] } = toProgramming(state, asked, context)
          return { to, does: does.filter(({ is }) => is === 'settings') }
        },
      })),
  },
  {
    id: 'sign-on.break.ignored',
    breaks: ['sign-on.programming'],
    needs: 'programming',
    says: 'B0 does not end the session.',
    apply: (d) => changeProgramming(d, () => ({ break: (state) => ({ to: { ...state } }) })),
  },
  {
    id: 'sign-on.bcc.unchecked',
    aliases: ['iec21_bcc_not_checked'],
    breaks: ['sign-on.bcc'],
    needs: 'programming',
    says: 'A command with a wrong BCC is executed.',
    apply: (d) =>
      changeProgramming(d, () => ({
        wrongBcc: (state, asked, context) => rows.command(state, { ...asked, checked: true }, context),
      })),
  },
  {
    id: 'sign-on.bcc.acknowledged-not-executed',
    breaks: ['sign-on.bcc'],
    needs: 'programming',
    says: 'A command with a wrong BCC is acknowledged, but not executed.',
    apply: (d) =>
      changeProgramming(d, () => ({
        wrongBcc: (state, _asked, { signOn }) => ({ to: { ...state }, does: [say(ACK, signOn.reactionMs)] }),
      })),
  },
  {
    id: 'sign-on.password.any',
    breaks: ['sign-on.password'],
    needs: 'programming',
    says: 'Any password is taken.',
    apply: (d) => changeSignOn(d, () => ({ passwordTaken: (given) => given !== '' })),
  },
  {
    id: 'sign-on.password.empty-accepted',
    breaks: ['sign-on.password'],
    needs: 'programming',
    says: 'An empty password is taken.',
    apply: (d) =>
      changeSignOn(d, ({ passwordTaken }) => ({
        passwordTaken: (given, right) => given === '' || passwordTaken(given, right),
      })),
  },
  {
    id: 'sign-on.password.skipped',
    aliases: ['iec21_skip_password'],
    breaks: ['sign-on.password'],
    needs: 'programming',
    says: 'Commands are executed without a password.',
    apply: (d) => changeSignOn(d, () => ({ authenticated: () => true })),
  },
  {
    id: 'sign-on.lockout.none',
    aliases: ['iec21_no_lockout'],
    breaks: ['sign-on.lockout'],
    remark: true,
    needs: 'programming',
    says: 'Passwords may be tried without end.',
    apply: (d) =>
      changeProgramming(d, ({ password }) => ({
        password: (state, asked, context) => password({ ...state, wrongPasswords: 0, lockedUntil: 0 }, asked, context),
      })),
  },
  {
    id: 'sign-on.lockout.for-ever',
    breaks: ['sign-on.lockout'],
    needs: 'programming',
    says: 'After a lock-out the right password is never taken again.',
    apply: (d) =>
      changeProgramming(d, ({ password }) => ({
        password(state, asked, context) {
          const reaction = password(state, asked, context)
          const locked = reaction.to.lockedUntil > asked.end
          return locked ? { ...reaction, to: { ...reaction.to, lockedUntil: Infinity } } : reaction
        },
      })),
  },
  {
    id: 'sign-on.session.never-expires',
    aliases: ['iec21_session_never_expires'],
    breaks: ['sign-on.sign-off'],
    needs: 'programming',
    says: 'A session without traffic goes on for ever.',
    apply: (d) => changeSignOn(d, () => ({ signOffMs: () => Infinity })),
  },
  {
    id: 'sign-on.session.port-dead-after',
    breaks: ['sign-on.sign-off'],
    needs: 'programming',
    says: 'When a session has run out, no sign-on is answered any more.',
    apply: (d) =>
      changeSignOn(d, ({ request, sessionTimeout }) => ({
        sessionTimeout(state, now, context) {
          const reaction = sessionTimeout(state, now, context)
          return { ...reaction, to: { ...signedOff(reaction.to), memory: { ...state.memory, [DEAD]: 1 } } }
        },
        request: (state, asked, context) =>
          count(state.memory, DEAD) > 0 ? { to: state } : request(state, asked, context),
      })),
  },
]
