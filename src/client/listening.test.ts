import { expect } from 'chai'
import { scriptedParty } from '../transport/scripted.ts'
import { newLedger } from './ledger.ts'
import { answerableFrom, listen } from './listening.ts'
import { answering, octetsOf, scene, told, type Answering, type End, type Reply } from './scene.ts'

const SNRM = '7EA0070321930F017E'
const UA = '7EA00721037301407E'
const DM = '7EA00721031F6BE97E'
const UI_PUSH = '7EA021210313CEE7E6E7000F0000000100020209060000190900FF06000000012AB07E'
const UI_GET = '7EA01AFEFF21034F98E6E600C0018100080000010000FF020065D77E'
const PUSHED = '00010001001000150F0000000100020209060000190900FF0600000001'
const NOTIFIED = '0001000100100010C20000030100010800FF020600001391'
const RELEASED = '00010001001000056303800100'

type Row = readonly (string | Reply | End)[]

/** Asks once and listens for so long from the end of the question. */
async function asked(
  row: Row,
  {
    kind = 'serial',
    withinMs = 100,
    names = [],
  }: Partial<{ kind: 'serial' | 'stream'; withinMs: number; names: string[] }> = {},
) {
  const party: Answering = answering(row)
  const { world, port } = scene(kind, party, kind === 'serial' ? 'hdlc' : 'wrapper')
  await port.open()
  const ledger = newLedger(names)
  const written = await port.write(octetsOf(SNRM))
  const span = { since: answerableFrom(port, written), until: written.end + withinMs }
  return { world, port, ledger, span, heard: await listen(port, span, ledger) }
}

describe('listening', () => {
  it('takes the first frame that begins in time', async () => {
    expect(told((await asked([UA])).heard)).to.equal(`frame ${UA}`)
  })

  it('leaves an answer that begins too late for whoever listens next', async () => {
    const { heard, port, world } = await asked([{ octets: UA, after: 150 }])
    expect(heard).to.equal(undefined)
    expect(told(await port.hear(world.now() + 100))).to.equal(`frame ${UA}`)
  })

  it('takes an answer right behind the last octet of the question, and none that began before', async () => {
    expect(told((await asked([{ octets: UA, after: 0 }])).heard)).to.equal(`frame ${UA}`)
    const { port, span, ledger } = await asked([{ octets: UA, after: 150 }])
    expect(await listen(port, { since: span.since + 160, until: span.until + 200 }, ledger)).to.equal(undefined)
    expect(ledger.surplus.map(told)).to.deep.equal([`frame ${UA}`])
  })

  it('what begins while the question is still being sent is no answer to it', async () => {
    const early = scriptedParty(
      () => [],
      (now) => [{ is: 'octets', peer: 'line', at: now, octets: octetsOf(UA) }],
    )
    early.wake = 2
    const { port } = scene('serial', early, 'hdlc')
    await port.open()
    const ledger = newLedger()
    const written = await port.write(octetsOf(SNRM))
    const span = { since: answerableFrom(port, written), until: written.end + 100 }
    expect(await listen(port, span, ledger)).to.equal(undefined)
    expect(ledger.surplus.map(told)).to.deep.equal([`frame ${UA}`])
  })

  it('sets UI aside and goes on', async () => {
    const { heard, ledger } = await asked([UI_PUSH, UI_GET, UA])
    expect(told(heard)).to.equal(`frame ${UA}`)
    expect(ledger.unsolicited.map(told)).to.deep.equal([`frame ${UI_PUSH}`, `frame ${UI_GET}`])
    expect(ledger.surplus).to.deep.equal([])
  })

  it('takes UI for the answer where it is asked for, by its own name or that of its APDU', async () => {
    expect(told((await asked([UI_PUSH], { names: ['ui'] })).heard)).to.equal(`frame ${UI_PUSH}`)
    expect(told((await asked([UI_PUSH], { names: ['data-notification'] })).heard)).to.equal(`frame ${UI_PUSH}`)
    expect((await asked([UI_GET], { names: ['data-notification'] })).heard).to.equal(undefined)
  })

  it('sets notifications in WPDUs aside, unless they are asked for', async () => {
    const { heard, ledger } = await asked([PUSHED, NOTIFIED, RELEASED], { kind: 'stream' })
    expect(told(heard)).to.equal(`wpdu ${RELEASED}`)
    expect(ledger.unsolicited.map(told)).to.deep.equal([`wpdu ${PUSHED}`, `wpdu ${NOTIFIED}`])
    const wanted = await asked([PUSHED], { kind: 'stream', names: ['data-notification'] })
    expect(told(wanted.heard)).to.equal(`wpdu ${PUSHED}`)
  })

  it('hears the answer behind noise', async () => {
    const { heard, ledger } = await asked(['00FF55', { octets: UA, after: 80 }])
    expect(told(heard)).to.equal(`frame ${UA}`)
    expect(ledger.surplus).to.deep.equal([])
  })

  it('noise by itself is the answer, joined to one piece', async () => {
    expect(told((await asked(['00FF', { octets: '55', after: 85 }])).heard)).to.equal('noise 00FF55')
  })

  it('hears noise out, and puts a frame behind it back', async () => {
    const { heard, port, world } = await asked(['00FF', { octets: '55', after: 190 }, { octets: DM, after: 300 }])
    expect(told(heard)).to.equal('noise 00FF55')
    expect(told(await port.hear(world.now() + 500))).to.equal(`frame ${DM}`)
  })

  it('keeps no more than the beginning of endless noise', async () => {
    const endless = Array.from({ length: 40 }, () => '00'.repeat(250))
    const { heard } = await asked(endless)
    expect(heard?.is).to.equal('noise')
    expect(heard?.octets.length).to.be.within(4096, 4352)
  })

  it('a damaged frame is an answer', async () => {
    const damaged = UA.replace('01407E', '01417E')
    expect(told((await asked([damaged, DM])).heard)).to.equal(`damaged ${damaged}`)
  })

  for (const [ends, is] of [
    ['close', 'closed'],
    ['reset', 'reset'],
  ] as const) {
    it(`${is} is an answer; behind octets that make no unit those come first`, async () => {
      expect(told((await asked([{ ends }], { kind: 'stream' })).heard)).to.equal(is)
      const { heard, port } = await asked(['0001', { ends, after: 30 }], { kind: 'stream' })
      expect(told(heard)).to.equal('damaged 0001')
      expect(port.isOpen).to.equal(false)
    })
  }

  it('the end of the connection is told whenever it was', async () => {
    const { port, span, ledger } = await asked([{ ends: 'close', after: 150 }], { kind: 'stream' })
    const later = { since: span.since + 1000, until: span.until + 1000 }
    expect(told(await listen(port, later, ledger))).to.equal('closed')
  })

  it('nobody answers on a line that has ended', async () => {
    const { port, span, ledger } = await asked([{ ends: 'close' }], { kind: 'stream' })
    expect(await listen(port, { ...span, until: span.until + 1000 }, ledger)).to.equal(undefined)
    expect(port.ended?.is).to.equal('closed')
  })
})
