import { expect } from 'chai'
import { mkdirSync, symlinkSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import type { EndEvent, Event } from '../engine/events.ts'
import { needs } from '../skips.ts'
import { cable } from '../transport/ptys.ts'
import { serial } from '../transport/serial.ts'
import { createRealWorld } from '../world/real.ts'
import { cli, countOf, declared, eventsIn, inFolder, type Spawned, start, verdictsIn } from './spawned.ts'

const TIMING = { responseMs: 100, inactivityMs: 200 }
const GARBAGE = Buffer.from('55AA00FF13371155', 'hex')
const UA_CUT = Buffer.from('7EA021210002040173AF8181', 'hex')

const footerOf = (events: readonly Event[]): EndEvent => {
  const last = events.at(-1)
  if (last?.event !== 'end') throw new Error('the stream has no footer')
  return last
}

/** The words of a short run over one line. */
const over = (folder: string, url: string, port = 'hdlc'): readonly string[] => [
  ...['run', '--meter', declared(folder, 'meters/reference.json', { testing: { timing: TIMING } })],
  ...[
    '--connect',
    `${port}=${url}`,
    '--case',
    'HDLC_FRAME_P1/*',
    '--case',
    'EXT_WRAPPER_P1*',
    '--confirm',
    '0',
    '--report',
    join(folder, 'out'),
  ],
]

/** Nothing was judged, the run says so, and its stream is whole. */
function judgedNothing({ code, err }: Spawned, folder: string): void {
  const events = eventsIn(join(folder, 'out'))
  const verdicts = [...verdictsIn(events).values()]
  expect(countOf(verdicts, 'PASSED') + countOf(verdicts, 'FAILED')).to.equal(0)
  expect(footerOf(events)).to.include({ ended: 'error', verdict: 'ERROR', exit: 4 })
  expect(err).not.to.match(/^\s+at .*:\d+:\d+\)?$/m)
  expect(code).to.equal(4)
}

async function serving<T>(answer: (socket: Socket) => void, use: (url: string) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    answer(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  try {
    return await use(`tcp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}

describe('bad lines: nothing is judged, exit 4, a whole stream', () => {
  const lines: readonly (readonly [title: string, answer: (socket: Socket) => void, ports: readonly string[]])[] = [
    ['a meter that never answers', (socket) => void socket.resume(), ['hdlc', 'wrapper']],
    ['garbage', (socket) => void socket.on('data', () => socket.write(GARBAGE)), ['hdlc']],
    [
      'a connection that is closed at the first octet',
      (socket) => void socket.once('data', () => socket.end()),
      ['hdlc'],
    ],
    ['one that is reset', (socket) => void socket.once('data', () => socket.resetAndDestroy()), ['wrapper']],
  ]
  for (const [title, answer, ports] of lines)
    for (const port of ports)
      it(`${title}, ${port}`, () =>
        inFolder((folder) =>
          serving(answer, async (url) => {
            judgedNothing(await cli(over(folder, url, port)), folder)
          }),
        ))

  it('a frame that is cut in half: over TCP the meter has sent it so, and nothing passes', () =>
    inFolder((folder) =>
      serving(
        (socket) => void socket.on('data', () => socket.write(UA_CUT)),
        async (url) => {
          const { code } = await cli(over(folder, url))
          expect(code).to.be.oneOf([1, 4])
          const events = eventsIn(join(folder, 'out'))
          expect(countOf(verdictsIn(events).values(), 'PASSED')).to.equal(0)
          expect(footerOf(events).exit).to.equal(code)
        },
      ),
    ))

  it('a frame that is cut in half, on a serial line', function () {
    needs(this, 'socat')
    return inFolder(async (folder) => {
      const wires = await cable()
      const world = createRealWorld()
      const meter = serial('meter', wires.b, { baud: 9600, format: '8N1' }, world)
      await meter.open()
      const run = start(over(folder, `serial:${wires.a}?baud=9600`))
      let ended = false
      void run.ended.then(() => (ended = true))
      while (!ended) if ((await meter.next(world.now() + 100))?.is === 'octets') await meter.write(UA_CUT)
      await meter.close('close')
      await wires.unplug()
      judgedNothing(await run.ended, folder)
    })
  })

  it('a connection that is refused, and a host that there is not', () =>
    inFolder(async (folder) => {
      const gone = await serving(
        () => undefined,
        (url) => Promise.resolve(url),
      )
      for (const url of [gone, 'tcp://no-such-host.invalid:4059']) judgedNothing(await cli(over(folder, url)), folder)
    }))

  it('a serial port that is not there, and one that is none', () =>
    inFolder(async (folder) => {
      for (const path of [join(folder, 'none'), join(folder, 'meter.json')]) {
        const answer = await cli(over(folder, `serial:${path}?baud=9600`))
        judgedNothing(answer, folder)
        expect(answer.out).to.contain(path)
      }
    }))

  it('a serial port that another program holds', function () {
    needs(this, 'socat')
    return inFolder(async (folder) => {
      const wires = await cable()
      const holder = serial('held', wires.a, { baud: 9600, format: '8N1' }, createRealWorld())
      expect((await holder.open()).is).to.equal('open')
      const answer = await cli(over(folder, `serial:${wires.a}?baud=9600`))
      await holder.close('close')
      await wires.unplug()
      judgedNothing(answer, folder)
      expect(answer.out).to.contain('another program uses it')
    })
  })

  it('endless octets: Ctrl-C ends the run all the same', () =>
    inFolder((folder) =>
      serving(
        (socket) => {
          const timer = setInterval(() => socket.write(Buffer.alloc(500, 0x55)), 20)
          socket.resume().on('close', () => clearInterval(timer))
          setTimeout(() => run?.child.kill('SIGINT'), 300)
        },
        async (url) => {
          run = start(over(folder, url))
          const { code } = await run.ended
          expect(code).to.equal(130)
          expect(footerOf(eventsIn(join(folder, 'out')))).to.include({ ended: 'interrupted' })
        },
      ),
    ))
  let run: ReturnType<typeof start> | undefined

  it('a disk that is full is told, and the run does not end well', () =>
    inFolder(async (folder) => {
      const out = join(folder, 'out')
      mkdirSync(out)
      symlinkSync('/dev/full', join(out, 'events.jsonl'))
      const { code, err } = await cli(['run', '--meter', 'meters/reference.json', '--case', 'UDP_P1*', '--report', out])
      expect(code).to.equal(4)
      expect(err).to.match(/ENOSPC.*--resume/s)
      expect(err).not.to.match(/^\s+at .*:\d+:\d+\)?$/m)
    }))
})
