// sample.stoc · sample.read: challenges of the meter, or answers, one after the other.
import { hex } from '../../codec/value.ts'
import type { BrokenRule } from '../../engine/vocabulary.ts'
import { askedOf } from './arguments.ts'
import { readAttribute } from './attribute-services.ts'
import { notReached } from './link.ts'
import { COUNT, DURATION, FIELDS, isRefusal, numberArg, success, within, type Word } from './word.ts'

/** Each association is let go before its pass 3; `ctos`: the challenges of the client in them. `withinMs`: when it has taken so long, `atLeast` so many are enough. */
const stoc: Word = {
  says: 'collect challenges of the meter',
  properties: { times: COUNT, atLeast: COUNT, withinMs: DURATION },
  required: ['times'],
  outcomes: ['success', 'refused'],
  saves: ['challenges', 'ctos'],
  alive: true,
  async run(doing) {
    const { bench, args } = doing
    const { name, given } = doing.connection
    const times = numberArg(args, 'times') ?? 1
    const atLeast = numberArg(args, 'atLeast') ?? times
    const until = bench.now() + (numberArg(args, 'withinMs') ?? Infinity)
    const challenges: string[] = []
    const ctos: string[] = []
    while (challenges.length < (bench.now() < until ? times : atLeast)) {
      const climbed = await bench.climb(name, { ...given, rung: 'pending' }, given)
      const { association, challenge: own } = bench.connections.get(name) ?? {}
      const challenge = association?.pending
      if (climbed.is !== 'up' || challenge === undefined) return { outcome: { ...notReached(climbed), broken: [] } }
      challenges.push(hex(challenge))
      if (own) ctos.push(hex(own))
    }
    const connection = bench.connections.get(name) ?? doing.connection
    return {
      outcome: success({ ...within(doing), connection }, `${challenges.length} challenges were collected`),
      saves: { challenges, ctos },
    }
  },
}

/** Each answer is judged as any other one is: it is their number that shows what a few do not. */
const answers: Word = {
  says: 'read again and again',
  properties: { attribute: FIELDS, times: COUNT },
  required: ['attribute', 'times'],
  outcomes: ['success', 'refused'],
  alive: true,
  async run(doing) {
    const { args } = doing
    const asked = askedOf(args)
    if (!asked.ok) return { refusal: asked.failure }
    const times = numberArg(args, 'times') ?? 1
    const broken: BrokenRule[] = []
    for (let n = 1; n <= times && broken.length === 0; n++) {
      const came = await readAttribute(within(doing), asked.value)
      if (isRefusal(came)) return came
      if (!('value' in came.outcome.names))
        return { outcome: { ...came.outcome, text: `read ${n}: ${came.outcome.text}` } }
      broken.push(...came.outcome.broken)
    }
    return { outcome: success(within(doing), `${times} answers came`, { broken }) }
  },
}

export const sampleWords: Readonly<Record<string, Word>> = { 'sample.stoc': stoc, 'sample.read': answers }
