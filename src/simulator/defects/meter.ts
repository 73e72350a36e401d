// The meter as a whole, on whatever port.
import { sending } from '../decisions.ts'
import { count } from '../memory.ts'
import { sends, type Defect } from './defect.ts'

export const DEAF: Defect = {
  id: 'meter.deaf',
  breaks: ['xdlms.answer'],
  fatal: true,
  needs: 'any',
  says: 'Nothing is ever sent.',
  apply: (d) => sends(d, () => []),
}

const SENT = 'sent'

/** Dead from its n-th message on: frames, WPDUs and sign-on messages of all ports are counted together. */
export const diesAt = (n: number): Defect => ({
  id: `meter.dies-at-frame-${n}`,
  breaks: ['xdlms.answer'],
  fatal: true,
  needs: 'any',
  says: `The meter is dead from its message ${n} on.`,
  apply: (d) =>
    sending(d, (message, memory) => {
      if (message.is === 'apdu') return { messages: [message], memory }
      const sent = count(memory, SENT) + 1
      return { messages: sent < n ? [message] : [], memory: { ...memory, [SENT]: sent } }
    }),
})
