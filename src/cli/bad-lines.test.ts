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
const UA_CUT = Buffer.from('7EA021210002040173AF8181', 'hex')

const footerOf = (events: readonly Event[]): EndEvent => {
  const last = events.at(-1)
  if (last?.event !== 'end') throw new Error('the stream has no footer')
  return last
}

/** The words of a short run over one line. */
const over = (folder: string, url: string, port = 'hdlc', cases = 'HDLC_FRAME_P1/*'): readonly string[] => [
  ...['run', '--meter', declared(folder, 'meters/reference.json', { testing: { timing: TIMING } })],
  ...['--connect', `${port}=${url}`, '--case', cases, '--confirm', '0', '--report', join(folder, 'out')],
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
  const lines: readonly (readonly [title: string, answer: (socket: Socket) => void])[] = [
    ['a meter that never answers', () => undefined],
    ['garbage', (socket) => void socket.on('data', () => socket.write(Buffer.from('55AA00FF7E7E13', 'hex')))],
    ['a frame that is cut in half', (socket) => void socket.on('data', () => socket.write(UA_CUT))],
    ['a connection that is closed at the first octet', (socket) => void socket.once('data', () => socket.end())],
    [
      'a connection that is reset at the first octet',
      (socket) => void socket.once('data', () => socket.resetAndDestroy()),
    ],
  ]
  for (const [title, answer] of lines)
    for (const port of ['hdlc', 'wrapper'])
      it(`${title}, ${port}`, () =>
        inFolder((folder) =>
          serving(answer, async (url) => {
            const cases = port === 'hdlc' ? 'HDLC_FRAME_P1/*' : 'EXT_WRAPPER_P1*'
            judgedNothing(await cli(over(folder, url, port, cases)), folder)
          }),
        ))

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
          socket.on('close', () => clearInterval(timer))
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
