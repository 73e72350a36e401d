// The meter's ear at a sign-on: what the scanner finds → what is asked.
import type { Burst, Ms } from '../../protocol/line.ts'
import { createScanner, type Scanned } from '../../protocol/sign-on/scanner.ts'
import type { SignOnMessage } from '../../protocol/sign-on/messages.ts'
import type { Asked } from './reaction.ts'

interface Hearing {
  push(burst: Burst): readonly Asked[]
  /** Characters are there of a message whose end has not come. */
  pending(): boolean
}

/** @param gapMs a longer pause between two characters breaks a message off */
export function createHearing(gapMs: Ms): Hearing {
  const scanner = createScanner({ interCharacterMs: gapMs })
  return {
    push: (burst) => [...scanner.flush(burst.firstEnd - burst.octetMs), ...scanner.push(burst)].map(understand),
    pending: () => scanner.deadline() < Infinity || gapMs === Infinity,
  }
}

function understand(item: Scanned): Asked {
  const other: Asked = { is: 'other', end: item.end }
  if (item.is === 'message') return asked(item.message, true, item.end)
  if (item.is === 'noise' || item.message === undefined) return other
  const badSum = item.failures.every(({ code }) => code === 'bcc')
  return badSum ? asked(item.message, false, item.end) : other
}

function asked(message: SignOnMessage, checked: boolean, end: Ms): Asked {
  switch (message.is) {
    case 'request':
      return { is: 'request', address: message.value.address, end }
    case 'acknowledgement':
      return { is: 'option', option: message.value, end }
    case 'command':
    case 'break': {
      const { type, number, 'data-field': data = '' } = message.value
      return { is: 'command', name: `${type}${number}`, data, checked, end }
    }
    case 'identification':
    case 'data-readout':
    case 'error-message':
    case 'ack':
    case 'nak':
    case 'plain-readout':
    case 'wake-up':
      return { is: 'other', end }
    default:
      return message satisfies never
  }
}
