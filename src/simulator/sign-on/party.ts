// A serial port that opens by IEC 62056-21 (modes A, B, C), and gives the line to HDLC where mode E was chosen.
import type { LineSettings, Ms, Party, PartyInput, PartyOutput } from '../../protocol/line.ts'
import type { Station } from '../link/station.ts'
import type { Sender } from '../sender.ts'
import { createHearing } from './hearing.ts'
import type { Asked, Do, SignOnContext, SignOnReaction } from './reaction.ts'
import { OPTION_MS } from './rows.ts'
import { freshSignOn, type SignOnState } from './state.ts'

/** Start, seven or eight data bits, parity or none, stop: ten bits a character in both formats. */
const BITS = 10

interface SignOnSetting {
  readonly context: SignOnContext
  readonly opening: LineSettings
  readonly sender: Sender
  /** The link layer behind mode E, beginning at this time, with octets of this duration. */
  readonly station: (startedAt: Ms, octetMs: () => Ms) => Station | undefined
}

export function createSignOnParty({ context, opening, sender, station: open }: SignOnSetting): Party {
  const { table, signOn } = context
  const registers = Object.entries(signOn.programming?.registers ?? {})
  let state: SignOnState = freshSignOn(Object.fromEntries(registers.map(([name, { value }]) => [name, value] as const)))
  let settings = opening
  let station: Station | undefined
  let hearing = createHearing(table.characterGapMs)
  const octetMs = (): Ms => (BITS * 1000) / settings.baud

  /** Lays one after the other; gives what to put out, and when all of it has left. */
  function perform(does: readonly Do[], from: Ms): { readonly outputs: readonly PartyOutput[]; readonly end: Ms } {
    const outputs: PartyOutput[] = []
    let at = from
    for (const each of does) {
      if (each.is === 'settings') {
        settings = each.settings
        outputs.push({ is: 'settings', at, settings })
        continue
      }
      at += each.pauseMs
      for (const octets of sender({ is: 'sign-on', message: each.message, damage: {} })) {
        outputs.push({ is: 'octets', peer: 'line', at, octets })
        at += octets.length * octetMs()
      }
    }
    return { outputs, end: at }
  }

  function carryOut(reaction: SignOnReaction, now: Ms): readonly PartyOutput[] {
    const before = state.phase
    const { outputs, end } = perform(reaction.does ?? [], now)
    state = { ...reaction.to, until: reaction.to === state ? state.until : endOf(reaction.to, end) }
    if (state.phase === 'hdlc' && before !== 'hdlc') station = open(end, octetMs)
    if (state.phase !== 'hdlc') station = undefined
    if (state.phase !== before) hearing = createHearing(table.characterGapMs)
    return outputs
  }

  /** When a phase that begins, or goes on, at `end` is over. */
  function endOf(to: SignOnState, end: Ms): Ms {
    switch (to.phase) {
      case 'idle':
      case 'hdlc':
        return Infinity
      case 'identified':
        return end + OPTION_MS
      case 'sending':
        return end
      case 'programming':
        return end + table.signOffMs(context)
      default:
        return to.phase satisfies never
    }
  }

  const ask = (asked: Asked): readonly PartyOutput[] => carryOut(react(asked), asked.end)

  function react(asked: Asked): SignOnReaction {
    if (asked.is === 'request' && (state.phase === 'idle' || state.phase === 'identified'))
      return table.request(state, asked, context)
    if (asked.is === 'option' && state.phase === 'identified') return table.option(state, asked, context)
    if (asked.is === 'command' && state.phase === 'programming') return table.command(state, asked, context)
    return table.other(state, asked, context)
  }

  const onLine = (spoken: readonly { readonly at: Ms; readonly octets: Uint8Array }[]): readonly PartyOutput[] =>
    spoken.map(({ at, octets }) => ({ is: 'octets', peer: 'line', at, octets }))

  const linkOverAt = (): Ms => (station === undefined ? Infinity : station.lastOctet() + context.linkInactivityMs)

  const deadline = (): Ms => {
    if (station !== undefined) return Math.min(station.deadline(), linkOverAt())
    return table.waitsUntil(state, hearing.pending())
  }

  function runOut(now: Ms): readonly PartyOutput[] {
    switch (state.phase) {
      case 'idle':
        return []
      case 'identified':
        return carryOut(table.optionTimeout(state, now, context), now)
      case 'sending':
        state = { ...state, phase: 'idle', until: Infinity }
        return []
      case 'programming':
        return carryOut(table.sessionTimeout(state, now, context), now)
      case 'hdlc':
        return carryOut(table.linkTimeout(state, now, context), now)
      default:
        return state.phase satisfies never
    }
  }

  return {
    receive(input: PartyInput) {
      if (input.is !== 'octets') return []
      const due = deadline() <= input.burst.firstEnd - input.burst.octetMs ? this.expire(deadline()) : []
      if (station !== undefined) return [...due, ...onLine(station.receive(input.burst))]
      if (state.phase === 'sending') return due
      return [...due, ...hearing.push(input.burst).flatMap(ask)]
    },
    deadline,
    expire(now) {
      if (station === undefined) return table.waitsUntil(state, hearing.pending()) <= now ? runOut(now) : []
      const spoken = onLine(station.expire(now))
      return linkOverAt() <= now ? [...spoken, ...runOut(now)] : spoken
    },
  }
}
