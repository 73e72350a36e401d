import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { events, footer, header, instance, objectList, PASSED, protection, traffic, verdict } from './fixture.ts'
import { lines, readEvents, type Line } from './read.ts'

async function all(source: AsyncIterable<Line>): Promise<readonly Line[]> {
  const read: Line[] = []
  for await (const line of source) read.push(line)
  return read
}
const read = (...pieces: readonly string[]): Promise<readonly Line[]> => all(lines(pieces))

describe('reading the stream', () => {
  it('gives back what was written, in whatever pieces it comes', async () => {
    const text = events()
      .map((event) => `${JSON.stringify(event)}\n`)
      .join('')
    const told = (await read(...(text.match(/[^]{1,7}/g) ?? []))).map((line) => line.is === 'event' && line.event)
    expect(told).to.deep.equal(JSON.parse(JSON.stringify(events())))
  })

  it('reads a file, characters of several octets whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'events-'))
    try {
      const file = join(folder, 'events.jsonl')
      const long = instance(PASSED, { title: '電'.repeat(50_000) })
      await writeFile(file, `${JSON.stringify(header())}\n${JSON.stringify(long)}\n`)
      expect(await all(readEvents(file))).to.deep.equal([
        { is: 'event', event: JSON.parse(JSON.stringify(header())) as unknown },
        { is: 'event', event: long },
      ])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('does not take U+2028 inside a text for the end of a line', async () => {
    expect(await read(`${JSON.stringify(traffic(PASSED, { detail: 'a\u2028b' }))}\n`)).to.have.length(1)
  })

  it('tells a last line cut in half', async () => {
    const half = JSON.stringify(verdict(PASSED)).slice(0, 40)
    expect(await read(`${JSON.stringify(header())}\n${half}`)).to.deep.include({ is: 'cut', line: 2 })
  })

  it('takes a last line that only lacks its end', async () => {
    expect((await read(JSON.stringify(header()))).map(({ is }) => is)).to.deep.equal(['event'])
  })

  it('names a malformed line by its number and goes on', async () => {
    const told = await read(`${JSON.stringify(header())}\n{"event":"ver\n\n[1]\n${JSON.stringify(footer())}\n`)
    expect(told.map((line) => (line.is === 'event' ? line.event.event : [line.is, line.line]))).to.deep.equal([
      'run',
      ['malformed', 2],
      ['malformed', 4],
      'end',
    ])
  })

  it('takes what was protected, with all that it may lack', async () => {
    const { securityControl: _, invocationCounter: __, apdu: ___, ...least } = protection(undefined)
    for (const event of [protection(PASSED), least])
      expect(await read(`${JSON.stringify(event)}\n`)).to.deep.equal([{ is: 'event', event }])
  })

  const broken: readonly (readonly [string, object, RegExp])[] = [
    ['an unknown event', { event: 'constructor' }, /name of an event/],
    ['another schema', { ...header(), schema: 'events/2' }, /events\/1/],
    ['a run without a time', { ...header(), started: 'yesterday' }, /no time/],
    ['a clause without text', { ...header(), clauses: { k: { book: 'b' } } }, /"k"/],
    ['a port without a URL', { ...header(), meters: [{ ...header().meters[0], ports: [{ name: 'p' }] }] }, /"url"/],
    ['an unknown verdict', { ...verdict(PASSED), verdict: 'FINE' }, /not a verdict/],
    ['a reason that is a text', { ...verdict(PASSED), reason: 'because' }, /reason/],
    ['a reason without text', { ...verdict(PASSED), reason: {} }, /"text"/],
    ['a remark that is no object', { ...verdict(PASSED), remarks: ['x'] }, /remarks/],
    ['a name that is no text', { ...traffic(PASSED), names: [1] }, /names/],
    ['an unknown unit', { ...traffic(PASSED), is: 'pigeon' }, /kind of unit/],
    ['an object without a class', { ...objectList(), objects: [{}] }, /"objects".*"class-id"/],
    [
      'an attribute without rights',
      { ...objectList(), objects: [{ ...objectList().objects[0], attributes: [{ 'attribute-id': 1 }] }] },
      /"attributes".*"access-mode"/,
    ],
    ['an object list whose trouble is a text', { ...objectList(), trouble: 'silence' }, /trouble/],
    ['an expansion without a count', { event: 'expanded', instance: PASSED, at: 1 }, /"count"/],
    ['a counter that is a text', { ...protection(PASSED), invocationCounter: '1' }, /"invocationCounter"/],
    ['a protection without a key', { ...protection(PASSED), key: undefined }, /"key"/],
    ['a tag that is neither right nor wrong', { ...protection(PASSED), verified: 'maybe' }, /"verified"/],
    ['a mark without a place', { ...traffic(PASSED), marks: [{ path: 'a' }] }, /marks/],
  ]
  for (const [name, event, why] of broken) {
    it(`refuses ${name}`, async () => {
      const [line] = await read(`${JSON.stringify(event)}\n`)
      expect(line).to.have.property('is', 'malformed')
      expect(line).to.have.property('why').that.matches(why)
    })
  }
})
