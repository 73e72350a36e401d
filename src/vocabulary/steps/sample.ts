// sample.stoc: challenges of the meter, one after the other.
import { hex } from '../../codec/value.ts'
import { notReached } from './link.ts'
import { COUNT, numberArg, success, within, type Word } from './word.ts'

/** Each association is let go before its pass 3. */
const stoc: Word = {
  says: 'collect challenges of the meter',
  properties: { times: COUNT },
  required: ['times'],
  outcomes: ['success', 'refused'],
  saves: ['challenges'],
  alive: true,
  async run(doing) {
    const { bench, args } = doing
    const { name, given } = doing.connection
    const times = numberArg(args, 'times') ?? 1
    const challenges: string[] = []
    while (challenges.length < times) {
      const climbed = await bench.climb(name, { ...given, rung: 'pending' }, given)
      const challenge = bench.connections.get(name)?.association?.pending
      if (climbed.is !== 'up' || challenge === undefined) return { outcome: { ...notReached(climbed), broken: [] } }
      challenges.push(hex(challenge))
    }
    const connection = bench.connections.get(name) ?? doing.connection
    return {
      outcome: success({ ...within(doing), connection }, `${times} challenges were collected`),
      saves: { challenges },
    }
  },
}

export const sampleWords: Readonly<Record<string, Word>> = { 'sample.stoc': stoc }
