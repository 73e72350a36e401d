// Mode D (IEC 62056-21 6.4.5): telegrams of the meter's own accord, line by line, at 2400 Bd; nothing is asked.
import type { Ms, Party, PartyOutput } from '../../protocol/line.ts'
import type { Sender } from '../sender.ts'
import { telegram } from './messages.ts'
import type { SignOnContext } from './reaction.ts'

const BITS = 10
const LF = 0x0a

export function createTelegramParty(context: SignOnContext, sender: Sender, startedAt: Ms): Party {
  const { signOn, table } = context
  const periodMs = signOn.periodMs ?? Infinity
  const octetMs = (BITS * 1000) / table.telegramRate
  let begins = startedAt + periodMs
  let lines: readonly Uint8Array[] = []
  let next = begins

  const written = (): readonly Uint8Array[] =>
    telegram(signOn)
      .flatMap((message) => sender({ is: 'sign-on', message, damage: {} }))
      .flatMap(cutToLines)

  function expire(now: Ms): readonly PartyOutput[] {
    if (next > now) return []
    const settings: readonly PartyOutput[] =
      lines.length > 0 ? [] : [{ is: 'settings', at: next, settings: { baud: table.telegramRate, format: '7E1' } }]
    const [line, ...rest] = lines.length > 0 ? lines : written()
    const at = next
    lines = rest
    if (rest.length > 0) next = at + (line?.length ?? 0) * octetMs
    else {
      begins += periodMs
      next = begins
    }
    return line === undefined ? settings : [...settings, { is: 'octets', peer: 'line', at, octets: line }]
  }

  return {
    receive() {
      if (!table.telegramDisturbed || lines.length === 0) return []
      lines = []
      begins += periodMs
      next = begins
      return []
    },
    deadline: () => next,
    expire,
  }
}

function cutToLines(characters: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let from = 0; from < characters.length;) {
    const end = characters.indexOf(LF, from)
    const to = end < 0 ? characters.length : end + 1
    lines.push(characters.subarray(from, to))
    from = to
  }
  return lines
}
