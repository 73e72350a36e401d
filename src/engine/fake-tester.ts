import type { Value } from '../codec/value.ts'
import type { PortContext } from './context.ts'
import type { Event } from './events.ts'
import type { Instance } from './instance.ts'
import { Kept } from './kept.ts'
import { Rungs } from './rungs.ts'
import type { Climb, Evidence, Listing, Outcome, Tester } from './vocabulary.ts'

/** For tests of the engine: a tester that answers by a script. Each message or word is a name; the script gives what comes, turn by turn (the last repeats). */
export interface Script {
  readonly climbs?: readonly Climb['is'][]
  readonly answers: Readonly<Record<string, readonly string[]>>
  readonly surplusAtEnd?: readonly string[]
  readonly heard?: number
  readonly objects?: Listing
}

const outcomeOf = (name: string): Outcome => ({
  names: { [name]: {}, ...(['dm', 'nak', 'rejects'].includes(name) ? { refused: name } : {}) },
  broken: [],
  noise: name === 'silent' || name === 'garbled',
  text: name,
  ...(name === 'silent' ? {} : { afterMs: 20 }),
})

export function fakeContext(script: Script, events: Event[] = []): PortContext & { readonly log: string[] } {
  const log: string[] = []
  const turns = new Map<string, number>()
  let now = 0
  const turn = (name: string, list: readonly string[] = []): string => {
    const n = turns.get(name) ?? 0
    turns.set(name, n + 1)
    return list[Math.min(n, list.length - 1)] ?? 'silent'
  }
  const evidence = (name: string): Evidence => {
    now += 100
    const outcome = outcomeOf(name)
    return { outcome, during: [outcome], surplus: [], unsolicited: [], saved: { got: { [name]: { n: now } } } }
  }
  const climbAs = (is: Climb['is']): Climb =>
    is === 'down'
      ? { is, expected: 'ua', found: 'silent', rung: 'link' }
      : is === 'inapplicable'
        ? { is, why: 'no such client' }
        : is === 'fault'
          ? { is, fault: { code: 'unplugged', text: 'unplugged', hint: 'plug it in' } }
          : { is }
  const tester: Tester = {
    climb: async (connection, given) => {
      log.push(`climb ${connection} ${given.rung}`)
      return climbAs(turn('climb', script.climbs ?? ['up']) as Climb['is'])
    },
    send: async (_connection, request) => {
      const [message] = request.messages
      const name = Object.keys(message as Record<string, Value>)[0] ?? ''
      const faulty = Object.keys(request.damage).length + Object.keys(request.wrong).length > 0
      log.push(`send ${name}${faulty ? ' faulty' : ''}`)
      return evidence(turn(name + (faulty ? '!' : ''), script.answers[name + (faulty ? '!' : '')]))
    },
    perform: async (_connection, word) => {
      log.push(`do ${word}`)
      return evidence(turn(word, script.answers[word] ?? ['success']))
    },
    listen: async () => evidence('silent'),
    wait: async (_connection, ms) => {
      now += ms
      return evidence('silent')
    },
    objects: async () => {
      log.push('objects')
      return script.objects ?? { is: 'listed', objects: [] }
    },
    stands: () => true,
    shown: ({ clause }) => void log.push(`shown ${clause}`),
    settle: async () => (script.surplusAtEnd ?? []).map(outcomeOf),
    scope: () => ({}),
    release: async () => void log.push('release'),
    close: async () => undefined,
    now: () => now,
    heard: () => script.heard ?? 1,
  }
  return {
    log,
    tester,
    vocabulary: {
      normalAnswers: (message) => (JSON.stringify(message).includes('snrm') ? ['ua'] : ['rr']),
      layerOf: () => 'hdlc',
      checks: {},
      axes: {},
      listAxes: {},
      whose: () => undefined,
      roots: () => ({}),
      describeStep: (step) => JSON.stringify(step),
    },
    kept: new Kept(),
    rungs: new Rungs({ retryMs: 60_000, inactivityMs: 120_000 }),
    emit: (event) => events.push(event),
    port: 'hdlc',
    profile: ['hdlc'],
    responseMs: 1000,
    tolerance: { percent: 0, plusMs: 0 },
    roots: {},
    controls: new Set(),
    shown: new Set(),
    shows: () => undefined,
    interrupted: () => false,
  }
}

export const instanceOf = (blocks: Partial<Instance['blocks']>, more: Partial<Instance> = {}): Instance => ({
  name: 'CASE@hdlc',
  id: 'CASE',
  suite: 'hdlc',
  title: 'A case',
  proves: [{ clause: 'the.clause', level: 'MUST' }],
  port: 'hdlc',
  effect: 'volatile',
  touches: [],
  severity: 'defect',
  connections: { main: 'link' },
  written: {},
  rows: {},
  blocks: { prepare: [], steps: [], then: [], finally: [], ...blocks },
  kills: [],
  ...more,
})
