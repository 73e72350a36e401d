import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Event, TrafficEvent } from '../engine/events.ts'
import { needs } from '../skips.ts'
import { DM, events, explain, FAILED, header, PASSED, RR_DAMAGED, traffic } from './fixture.ts'
import { renderPcapng } from './pcapng.ts'
import { secured } from './secured.ts'

const APDU = 'C001C100080000010000FF0200'
const WPDU = `000100100001000D${APDU}`

const onSocket = (part: Partial<TrafficEvent>): TrafficEvent =>
  traffic(PASSED, { port: 'wrapper', connection: 'w', is: 'wrapper', octets: WPDU, names: ['get-request'], ...part })

/** Runs a program of Wireshark over a capture of these events. */
function over(program: 'tshark' | 'capinfos', told: Iterable<Event>, ...words: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'capture-'))
  try {
    const file = join(folder, 'traffic.pcapng')
    writeFileSync(file, renderPcapng(told, explain))
    return execFileSync(program, [program === 'tshark' ? '-r' : '-M', file, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
const rows = (told: Iterable<Event>, fields: readonly string[], ...words: readonly string[]): readonly string[][] =>
  over('tshark', told, '-T', 'fields', ...fields.flatMap((field) => ['-e', field]), ...words)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))

describe('traffic.pcapng', () => {
  it('is the same file for the same run', () => {
    expect(renderPcapng(events(), explain)).to.deep.equal(renderPcapng(events(), explain))
  })

  it('is a file of blocks with their length at both ends', () => {
    const file = renderPcapng(events(), explain)
    const view = new DataView(file.buffer, file.byteOffset, file.length)
    const types: number[] = []
    for (let at = 0; at < file.length; at += view.getUint32(at + 4, true)) {
      const length = view.getUint32(at + 4, true)
      expect(view.getUint32(at + length - 4, true)).to.equal(length)
      types.push(view.getUint32(at, true))
    }
    expect(types.slice(0, 3)).to.deep.equal([0x0a0d0d0a, 1, 6])
  })

  describe('as Wireshark reads it', function () {
    before(function () {
      needs(this, 'tshark', 'capinfos')
    })

    it('has an interface for each port and kind of link', () => {
      const told = over('capinfos', events())
      expect(told).to.match(/Name = hdlc[^]*USER 0[^]*Name = wrapper[^]*Raw IP/)
      expect(told).to.match(/Number of interfaces in file: 2/)
    })

    it('shows frames as they passed, with direction and time', () => {
      const shown = rows(
        events(),
        ['frame.packet_flags_direction', 'frame.time_epoch', 'data.data'],
        ...['-Y', 'data and frame.interface_name == "hdlc"'],
      )
      expect(shown.slice(-2)).to.deep.equal([
        ['0x00000002', '1772352002.002000000', RR_DAMAGED.toLowerCase()],
        ['0x00000001', '1772352002.040000000', DM.toLowerCase()],
      ])
    })

    it('tells in the comment what a unit is, what was damaged, which check failed', () => {
      const comments = over('tshark', events(), '-T', 'json', '-e', 'frame.comment')
      expect(comments).to.include(`sent rr in ${FAILED}`)
      expect(comments).to.include('damaged hdlc.fcs: flip 0001')
      expect(comments).to.include('hdlc.fcs at 9: expected 4A51, found 4A50')
      expect(comments).to.include('frame-format: 12')
      expect(comments).to.include('\\\\x1B[2J\\\\u{202E}')
    })

    it('tells in the comment what lay beneath a protection, masked octets as such', () => {
      const told = over('tshark', secured(), '-T', 'json', '-e', 'frame.comment')
      const comments = told.split('frame.comment').slice(1)
      expect(comments).to.have.lengthOf(8)
      expect(comments[0]).to.match(
        /sent wpdu > glo-get-request in SEC_GET_P1.*beneath glo-get-request, .*counter 19088743, .*, tag right.*: C0010000080000010000FF0200/,
      )
      expect(comments[3]).to.include(': C401C10009040000XXXX')
      expect(comments[4]).to.include('tag wrong')
      // nothing could be had of the second one, whatever it says
      expect(comments[7]).to.match(/C401C1000600001391.*beneath <script>/)
      expect(over('capinfos', secured())).to.match(/Number of packets: +11\b/)
    })

    it('shows masked octets as zero and says so', () => {
      const shown = rows(events(), ['data.data', 'frame.comment'], '-Y', 'data')
      expect(shown[0]?.[0]).to.equal('7ea00a00020401210000ff7e')
      expect(shown[0]?.[1]).to.include('2 octets of a secret are shown as 00')
    })

    const conversation = (): readonly Event[] => [
      header(),
      onSocket({ is: 'opened', octets: '', at: 0, local: '127.0.0.1:50111', remote: '127.0.0.1:40123' }),
      onSocket({ at: 1 }),
      onSocket({ direction: 'received', octets: `0001000100100BB8${'AB'.repeat(3000)}`, at: 2 }),
      onSocket({ is: 'closed', direction: 'received', octets: '', at: 3 }),
      onSocket({ is: 'closed', octets: '', at: 4 }),
      onSocket({ is: 'opened', octets: '', at: 5 }),
      onSocket({ is: 'reset', direction: 'received', octets: '', at: 6 }),
      onSocket({ is: 'refused', direction: 'received', octets: '', at: 7 }),
    ]

    it('puts the wrapper into TCP on port 4059: connected, numbered, ended', () => {
      const flags = rows(conversation(), ['tcp.stream', 'tcp.flags.str', 'tcp.dstport', 'ip.src'])
      expect(flags.map(([stream, text]) => `${stream} ${text?.replace(/·/g, '')}`)).to.deep.equal([
        ...['0 S', '0 AS', '0 A', '0 AP', '0 AP', '0 AP', '0 AP', '0 AF', '0 A', '0 AF', '0 A'],
        ...['1 S', '1 AS', '1 A', '1 AR', '2 S', '2 AR'],
      ])
      expect(flags[0]?.[2]).to.equal('4059')
      expect(flags[0]?.[3]).to.equal('127.0.0.1')
    })

    it('has right check sums and nothing lost, repeated or out of order', () => {
      const wrong = 'tcp.analysis.flags or tcp.checksum.status == 0 or ip.checksum.status == 0 or _ws.malformed'
      const options = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE']
      expect(rows(conversation(), ['frame.number'], ...options, '-Y', wrong)).to.deep.equal([])
    })

    it('lets a stream be followed', () => {
      const followed = over('tshark', conversation(), '-q', '-z', 'follow,tcp,raw,0').replace(/\s/g, '')
      expect(followed).to.include(WPDU.toLowerCase())
      expect(followed).to.include(`0001000100100bb8${'ab'.repeat(1452)}`)
    })

    it('puts datagrams into UDP, and shows the port of a meter that answers from another one', () => {
      const asked = { port: 'udp', connection: 'u', remote: '127.0.0.1:40123' }
      const told = [
        header(),
        onSocket(asked),
        onSocket({ ...asked, direction: 'received' }),
        onSocket({ ...asked, direction: 'received', remote: '127.0.0.1:40999' }),
      ]
      const options = ['-o', 'udp.check_checksum:TRUE']
      expect(rows(told, ['udp.srcport', 'udp.dstport', 'udp.checksum.status'], ...options)).to.deep.equal([
        ['49152', '4059', '1'],
        ['4059', '49152', '1'],
        ['40999', '49152', '1'],
      ])
    })
  })
})
