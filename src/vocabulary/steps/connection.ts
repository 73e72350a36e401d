// line.set · connection.open · connection.end · connection.vanish · connection.retry · connection.flood
import type { Port } from '../../client/port.ts'
import type { Opening } from '../../transport/transport.ts'
import { faultSeen, type Came } from '../evidence.ts'
import type { Outcome } from '../../engine/vocabulary.ts'
import type { CharacterFormat } from '../../protocol/line.ts'
import { SlowSenders } from '../slow-senders.ts'
import { notReached } from './link.ts'
import { COUNT, DURATION, numberArg, success, textArg, type Doing, type Word } from './word.ts'

const FORMATS: readonly CharacterFormat[] = ['7E1', '8N1']

const lineSet: Word = {
  says: 'set the line',
  properties: { baud: { type: 'integer', minimum: 300 }, format: { enum: ['7E1', '8N1'] } },
  outcomes: ['success'],
  alive: false,
  async run(doing) {
    const { connection, args, bench } = doing
    const { signOn } = connection.line
    const now = signOn?.settings ?? connection.port.settings ?? bench.declared.opening
    const settings = {
      baud: numberArg(args, 'baud') ?? now.baud,
      format: FORMATS.find((format) => format === args['format']) ?? now.format,
    }
    if (signOn) await signOn.switchTo(settings)
    else await connection.port.set(settings)
    return { outcome: success(doing, `the line is at ${settings.baud} Bd ${settings.format}`) }
  },
}

/** What an attempt to connect came to. */
function opened(doing: Doing, opening: Opening): Came {
  switch (opening.is) {
    case 'open':
      return { outcome: success(doing, 'the connection is open'), saves: { local: opening.local } }
    case 'refused':
      return {
        outcome: { names: { refused: 'connection' }, broken: [], noise: true, text: 'the connection was refused' },
      }
    case 'timed-out':
      return { outcome: { names: { silent: {} }, broken: [], noise: true, text: 'no answer to the connection' } }
    case 'fault':
      return {
        outcome: { names: { fault: opening.fault.code }, broken: [], noise: true, text: faultSeen(opening.fault).text },
      }
    default:
      return opening satisfies never
  }
}

const open: Word = {
  says: 'open a connection',
  properties: { local: { enum: ['same'] } },
  outcomes: ['success', 'refused'],
  saves: ['local'],
  alive: false,
  async run(doing) {
    const { connection, args, bench, window } = doing
    const { port } = connection
    const before = textArg(args, 'local') === 'same' ? connection.lastLocal : undefined
    if (port.isOpen) await port.close('close')
    const opening = await port.open({
      withinMs: Math.max(window.mostMs, bench.declared.timing.responseMs),
      ...(before === undefined ? {} : { local: before }),
    })
    if (opening.is === 'open') connection.lastLocal = opening.local
    return opened(doing, opening)
  },
}

const end: Word = {
  says: 'end the connection',
  properties: { how: { enum: ['close', 'reset'] } },
  required: ['how'],
  outcomes: ['success'],
  alive: false,
  run: (doing) => ended(doing, doing.args['how'] === 'reset' ? 'reset' : 'close'),
}

const vanish: Word = {
  says: 'vanish: nothing is sent or heard any more',
  properties: {},
  outcomes: ['success'],
  alive: false,
  run: (doing) => ended(doing, 'vanish'),
}

async function ended(doing: Doing, how: 'close' | 'reset' | 'vanish'): Promise<Came> {
  const { connection } = doing
  const opening = connection.port.opening
  if (opening?.is === 'open') connection.lastLocal = opening.local
  await connection.slow?.end()
  connection.slow = undefined
  await connection.port.close(how)
  connection.association = undefined
  const outcome: Outcome = {
    names: { success: true },
    broken: [],
    noise: false,
    text: how === 'vanish' ? 'the tester has vanished' : 'the connection was ended',
  }
  return { outcome }
}

/** Tries again and again until an association of the connection's client opens. */
const retry: Word = {
  says: 'try to connect and associate, again and again',
  properties: { everyMs: DURATION, untilMs: DURATION },
  required: ['everyMs', 'untilMs'],
  outcomes: ['success'],
  saves: ['elapsedMs', 'associated'],
  alive: true,
  async run(doing) {
    const { bench, connection, args } = doing
    const began = bench.now()
    const until = began + (numberArg(args, 'untilMs') ?? 0)
    const everyMs = Math.max(1, numberArg(args, 'everyMs') ?? 1)
    for (;;) {
      const started = bench.now()
      const climbed = await bench.climb(connection.name, { ...connection.given, rung: 'association' }, connection.given)
      const elapsedMs = bench.now() - began
      if (climbed.is === 'up') {
        const now = bench.connections.get(connection.name) ?? connection
        const outcome = success({ ...doing, connection: now }, `associated after ${Math.round(elapsedMs)} ms`, {
          names: { associated: now.client.name },
        })
        return { outcome, saves: { elapsedMs } }
      }
      if (climbed.is !== 'down' || started + everyMs > until)
        return { outcome: notReached(climbed), saves: { elapsedMs } }
      await bench.pause(Math.max(0, started + everyMs - bench.now()))
    }
  },
}

/** Opens connections side by side until one is refused or there are enough. They are closed again, or go on as slow senders. */
const flood: Word = {
  says: 'open many connections at once',
  properties: { atLeast: COUNT, most: COUNT, dripEveryMs: DURATION },
  required: ['atLeast'],
  outcomes: ['success', 'refused'],
  saves: ['opened'],
  alive: false,
  async run(doing) {
    const { bench, args, connection } = doing
    const atLeast = numberArg(args, 'atLeast') ?? 1
    const most = numberArg(args, 'most') ?? atLeast
    const ports: Port[] = []
    let last: Opening | undefined
    while (ports.length < most) {
      const port = bench.lines.spare()
      last = await port.open({ withinMs: bench.declared.timing.responseMs })
      const held = last.is === 'open' && (await staysOpen(doing, port))
      if (!held) break
      ports.push(port)
    }
    const dripEveryMs = numberArg(args, 'dripEveryMs')
    if (dripEveryMs === undefined) for (const port of ports) await port.close('close')
    else connection.slow = new SlowSenders(ports, dripEveryMs, connection.wports, bench.now())
    const opened = ports.length
    const text = `${opened} connections at once`
    if (opened >= atLeast) return { outcome: success(doing, text, { names: { opened } }), saves: { opened } }
    if (last?.is === 'fault') return { refusal: faultSeen(last.fault).text }
    return {
      outcome: { names: { refused: 'connection', opened }, broken: [], noise: true, text: `only ${text}` },
      saves: { opened },
    }
  },
}

/** A meter that has no room may take a connection and end it at once. */
async function staysOpen({ bench }: Doing, port: Port): Promise<boolean> {
  const heard = await port.hear(bench.now() + SOON_MS)
  return heard?.is !== 'closed' && heard?.is !== 'reset'
}

const SOON_MS = 50

export const connectionWords: Readonly<Record<string, Word>> = {
  'line.set': lineSet,
  'connection.open': open,
  'connection.end': end,
  'connection.vanish': vanish,
  'connection.retry': retry,
  'connection.flood': flood,
}
