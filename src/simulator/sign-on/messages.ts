// The messages a meter sends at a sign-on (IEC 62056-21 6.3), by the names that suites use.
import type { CharacterFormat, Ms } from '../../protocol/line.ts'
import type { Identification, SignOnMessage } from '../../protocol/sign-on/messages.ts'
import { characterOf } from '../../protocol/sign-on/rates.ts'
import type { SignOnDescription } from '../description.ts'
import type { Do } from './reaction.ts'

/** Z: what the rate is called in this mode. Mode A has no name for it; a character that no other mode uses stands there. */
function rateCharacter({ mode, baud }: SignOnDescription): string {
  if (mode === 'A') return 'Z'
  if (mode === 'D') return '3'
  return characterOf(baud, mode) ?? '0'
}

export const identification = (signOn: SignOnDescription): Identification => ({
  manufacturer: signOn.manufacturer,
  'baud-rate-identification': rateCharacter(signOn),
  'mode-escapes': signOn.offersHdlc ? '2' : '',
  identification: signOn.identification,
})

const lines = ({ readout }: SignOnDescription): string => readout.map((line) => `${line}\r\n`).join('')

/** All lines, `!` CR LF, in one block. */
export const dataReadout = (signOn: SignOnDescription): SignOnMessage => ({
  is: 'data-readout',
  value: { data: `${lines(signOn)}!\r\n`, partial: false },
})

/** Mode D: identification, an empty line, and data without a block check. */
export const telegram = (signOn: SignOnDescription): readonly SignOnMessage[] => [
  { is: 'identification', value: identification(signOn) },
  { is: 'plain-readout', value: { data: `\r\n${lines(signOn)}` } },
]

export const ACK: SignOnMessage = { is: 'ack', value: {} }
export const NAK: SignOnMessage = { is: 'nak', value: {} }

/** P0 with the operand for the password. */
export const operand = (value: string): SignOnMessage => ({
  is: 'command',
  value: { type: 'P', number: '0', 'data-field': `(${value})`, partial: false },
})

/** The answer to a reading command: register and value. */
export const dataSet = (register: string, value: string): SignOnMessage => ({
  is: 'data-readout',
  value: { data: `${register}(${value})`, partial: false },
})

export const errorMessage = (text: string): SignOnMessage => ({
  is: 'error-message',
  value: { data: `(${text})`, partial: false },
})

export const say = (message: SignOnMessage, pauseMs: Ms): Do => ({ is: 'say', message, pauseMs })
export const switchTo = (baud: number, format: CharacterFormat = '7E1'): Do => ({
  is: 'settings',
  settings: { baud, format },
})
