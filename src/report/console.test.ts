import { expect } from 'chai'
import type { Event } from '../engine/events.ts'
import { consoleReporter, terminalOf, type Terminal } from './console.ts'
import { events, FAILED, footer, header, INAPPLICABLE, instance, PASSED, verdict } from './fixture.ts'

/** What a console with these abilities prints for these events; its clock goes one second an event. */
function printed(part: Partial<Terminal>, told: Iterable<Event> = events()): string {
  let text = ''
  let now = 0
  const report = consoleReporter({
    write: (more) => (text += more),
    live: false,
    colour: false,
    columns: () => 80,
    now: () => now,
    ...part,
  })
  for (const event of told) {
    now += 1000
    report(event)
  }
  return text
}
const ESCAPE = '\u001B'

describe('console', () => {
  const plain = printed({})

  it('prints plain lines into a pipe: one a verdict, nothing redrawn, no colour', () => {
    expect(plain).to.not.include(ESCAPE).and.not.include('\r')
    expect(plain).to.match(new RegExp(`^PASSED +${PASSED} +1.2 s +1/6$`, 'm'))
  })

  it('tells of a non-pass what is wrong, what to do, and how to repeat it', () => {
    const told = plain.slice(plain.indexOf(`FAILED        ${FAILED}`))
    for (const line of [
      /^ +expected +silence for 1500 ms$/m,
      /^ +found +dm after 25.5 ms$/m,
      /^ +octets +7E A0 0A/m,
      /^ +clause +IEC 62056-46 \(ed. 1.1\), 6.4.4.9.2$/m,
      /^ +next +look at how/m,
      /^ +repeat +dlms-conformance run .*--case 'HDLC_FRAME_N8\[frame=rr,damage=low-bit\]@hdlc'$/m,
    ]) {
      expect(told).to.match(line)
    }
  })

  it('shows what a meter says as escapes', () => {
    expect(plain).to.include('\\x1B[2J\\u{202E}gnp.exe\\x00\\u{D800}\\u{2028}')
    expect(plain).to.match(/^[\n\u0020-\u007E\u00A0-\u2027\u2030-\uFFFD]*$/)
  })

  it('does not print a verdict that is to be confirmed', () =>
    expect(plain.match(/^FAILED +HDLC_INFO/m)).to.equal(null))

  it('sums up: counts, remarks, and why something did not apply with the words to add', () => {
    const summary = plain.slice(plain.indexOf('Not passed'))
    expect(summary).to.match(/1× \[security\] the connection was closed \(IEC 62056-47\)/)
    expect(summary).to.match(new RegExp(`1× not allowed. Add --allow persistent.\n +${INAPPLICABLE}`))
    expect(summary).to.match(/1 FAILED · 1 ERROR · 1 INCONCLUSIVE · 2 PASSED · 1 INAPPLICABLE {2}\(6 cases in/)
  })

  it('says what runs, how far, and how long still, on one line of a terminal', () => {
    const live = printed({ live: true, columns: () => 100 }, [
      header({ planned: 4 }),
      instance('A@hdlc'),
      verdict('A@hdlc'),
      instance('B@hdlc'),
    ])
    expect(live.split('\r').at(-1)).to.equal(`${ESCAPE}[K1/4, about 12.0 s left  B@hdlc`)
    expect(live.slice(live.indexOf('\r'))).to.not.match(/^PASSED/m)
  })

  it('counts what an instance has become in its place', () => {
    const live = printed({ live: true, columns: () => 100 }, [
      header({ planned: 2 }),
      { event: 'expanded', instance: 'A[attribute=…]', count: 1000, at: 1 },
      instance('A[attribute=1]'),
    ])
    expect(live.split(`${ESCAPE}[K`).at(-1)).to.equal('0/1001  A[attribute=1]')
  })

  it('never lets the line grow beyond the terminal, nor count past what is planned', () => {
    const live = printed({ live: true, columns: () => 20 }, [
      header({ planned: 1 }),
      ...['A', 'B'].flatMap((name) => [instance(name), verdict(name)]),
      instance('C'.repeat(99)),
    ])
    const last = live.split(`${ESCAPE}[K`).at(-1) ?? ''
    expect(last).to.match(/^2\/3/)
    expect(last.length).to.be.lessThan(20)
  })

  it('uses colour only where it may', () => {
    expect(printed({ colour: true })).to.include(`${ESCAPE}[31mFAILED`)
    const tty = { isTTY: true, columns: 80 } as NodeJS.WriteStream
    const pipe = { isTTY: false } as NodeJS.WriteStream
    expect(terminalOf(tty, {})).to.include({ live: true, colour: true })
    expect(terminalOf(tty, { NO_COLOR: '1' })).to.include({ live: true, colour: false })
    expect(terminalOf(tty, { NO_COLOR: '' })).to.include({ colour: true })
    expect(terminalOf(tty, { TERM: 'dumb' })).to.include({ live: false, colour: false })
    expect(terminalOf(pipe, {})).to.include({ live: false, colour: false })
  })

  it('tells an ERROR of the whole run with what to do', () => {
    const told = printed({}, [
      header(),
      footer({ ended: 'error', error: 'not one frame came', hint: 'check the plug' }),
    ])
    expect(told).to.match(/nothing was selected.*\nERROR {2}not one frame came\n +check the plug/)
  })
})
