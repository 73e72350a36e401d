import { expect } from 'chai'
import fc from 'fast-check'
import { hex, unhex } from '../../codec/value.ts'
import { createDeframer, type Deframed } from './deframer.ts'
import { fcsOctets } from './fcs.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const burst = (of: Uint8Array, firstEnd = 1, octetMs = 1) => ({ octets: of, firstEnd, octetMs })
const told = (items: readonly Deframed[]): string[] => items.map((item) => `${item.is} ${hex(item.octets)}`)

/** All that comes of octets without pauses, and then of silence. */
function deframed(of: Uint8Array, size = of.length): Deframed[] {
  const deframer = createDeframer({ interOctetMs: 25 })
  const items: Deframed[] = []
  for (let at = 0; at < of.length; at += Math.max(1, size)) {
    items.push(...deframer.push(burst(of.subarray(at, at + size), 1 + at)))
  }
  return [...items, ...deframer.flush(Infinity)]
}

const SNRM = '7EA0070321930F017E'
const DISC = '7EA00703215303C77E'
const WITH_FLAG_INSIDE = `7E${check('A00B210310', '7E7E')}7E`

/** Octets between flags with right HCS and FCS. */
function check(header: string, information: string): string {
  const withHcs = header + hex(fcsOctets(octets(header))) + information
  return withHcs + hex(fcsOctets(octets(withHcs)))
}

describe('deframer', () => {
  describe('gives well-formed frames', () => {
    it('one frame, with the times of its first and last octet', () => {
      const [item] = deframed(octets(SNRM))
      expect(item).to.include({ is: 'frame', begin: 0, end: 9 })
      if (item?.is !== 'frame') return expect.fail()
      expect(item.frame.control).to.deep.equal({ is: 'snrm', 'poll-final': true })
      expect(hex(item.frame['destination-address'])).to.equal('03')
      expect(hex(item.frame['source-address'])).to.equal('21')
      expect(item.frame.information).to.have.lengthOf(0)
    })
    it('the moment the closing flag is there, not later', () => {
      const deframer = createDeframer({ interOctetMs: 25 })
      expect(deframer.push(burst(octets(SNRM).subarray(0, 8)))).to.have.lengthOf(0)
      expect(deframer.push(burst(octets('7E'), 9))).to.have.lengthOf(1)
      expect(deframer.deadline()).to.equal(Infinity)
    })
    it('two frames with a shared flag', () => {
      expect(told(deframed(octets(`${SNRM}${DISC.slice(2)}`)))).to.deep.equal([`frame ${SNRM}`, `frame ${DISC}`])
    })
    it('flags as fill before, between and behind', () => {
      expect(told(deframed(octets(`7E7E7E${SNRM}7E7E${DISC}7E7E`)))).to.deep.equal([`frame ${SNRM}`, `frame ${DISC}`])
    })
    it('7E inside the information is no end', () => {
      expect(told(deframed(octets(WITH_FLAG_INSIDE)))).to.deep.equal([`frame ${WITH_FLAG_INSIDE}`])
    })
    it('the longest frame', () => {
      const information = '7E'.repeat(0x7ff - 2 - 2 - 1 - 4)
      const longest = `7E${check('A7FF210310', information)}7E`
      expect(told(deframed(octets(`${longest}${DISC}`)))).to.deep.equal([`frame ${longest}`, `frame ${DISC}`])
    })
    it('at every split of the octets', () => {
      const all = octets(`00${SNRM}${DISC.slice(2)}${WITH_FLAG_INSIDE}`)
      const whole = told(deframed(all))
      expect(whole).to.have.lengthOf(4)
      for (let size = 1; size <= all.length; size++) expect(told(deframed(all, size)), `${size}`).to.deep.equal(whole)
    })
  })

  describe('gives what is wrong as damaged', () => {
    const failuresOf = (text: string): string[] =>
      deframed(octets(text)).map((item) =>
        item.is === 'damaged' ? item.failures.map(({ code }) => code).join(' ') : item.is,
      )
    const cases: readonly (readonly [string, string, readonly string[]])[] = [
      ['FCS inverted', '7EA007032193F0017E', ['fcs']],
      ['length subfield one too large', '7EA008032193F6B37E', ['length']],
      ['length subfield one too small', '7EA006032193B41D7E', ['length']],
      ['format type 0', '7E0007032193CBEB7E', ['format-type']],
      ['three-octet destination', '7EA00900022321934D057E', ['destination-address']],
      ['no closing flag', '7EA0070321930F01', ['closing-flag']],
      ['cut off after the control field', '7EA007032193', ['closing-flag length too-short']],
      ['format only', '7EA0027E', ['too-short destination-address']],
      ['no opening flag', 'A0070321930F017E', ['noise']],
      ['flags only', '7E7E7E', []],
    ]
    for (const [title, text, failures] of cases) {
      it(title, () => expect(failuresOf(text)).to.deep.equal(failures))
      it(`${title}, then hears the next frame`, () => {
        const deframer = createDeframer({ interOctetMs: 25 })
        deframer.push(burst(octets(text), 1))
        const later = [...deframer.push(burst(octets(DISC), 1000))]
        expect(told(later).at(-1)).to.equal(`frame ${DISC}`)
      })
    }
    it('says what was expected and what was found', () => {
      const [item] = deframed(octets('7EA007032193F0017E'))
      if (item?.is !== 'damaged') return expect.fail()
      expect(item.failures).to.deep.equal([{ code: 'fcs', at: 6, expected: '0F01', found: 'F001' }])
      expect(item.frame?.control).to.deep.equal({ is: 'snrm', 'poll-final': true })
    })
    it('a length too large does not swallow the frame that follows at once', () => {
      const items = told(deframed(octets(`7EA008032193F6B37E${DISC.slice(2)}`)))
      expect(items).to.deep.equal(['damaged 7EA008032193F6B37E', `frame ${DISC}`])
    })
    it('an octet too few in a long frame does not swallow those that follow', () => {
      const long = `7E${check('A01E032193', '818012050180060180070400000001080400000001')}7E`
      const cut = long.slice(0, 30) + long.slice(32)
      expect(told(deframed(octets(`${cut}${SNRM.slice(2)}${DISC}`)))).to.deep.equal([
        `damaged ${cut}`,
        `frame ${SNRM}`,
        `frame ${DISC}`,
      ])
    })
    it('octets behind a closing flag are noise', () => {
      expect(told(deframed(octets(`${SNRM}0D0A`)))).to.deep.equal([`frame ${SNRM}`, 'noise 0D0A'])
      expect(told(deframed(octets(`${SNRM}0D0A${DISC}`)))).to.deep.equal([
        `frame ${SNRM}`,
        'noise 0D0A',
        `frame ${DISC}`,
      ])
    })
  })

  describe('keeps the inter-octet time-out', () => {
    it('a pause ends a frame; the rest is noise', () => {
      const deframer = createDeframer({ interOctetMs: 25 })
      const all = octets(SNRM)
      expect(deframer.push(burst(all.subarray(0, 4)))).to.deep.equal([])
      expect(deframer.deadline()).to.equal(4 + 25)
      expect(told(deframer.push(burst(all.subarray(4), 4 + 25.5 + 1)))).to.deep.equal([
        'damaged 7EA00703',
        'noise 21930F01',
      ])
    })
    it('a pause just short of it does not', () => {
      const deframer = createDeframer({ interOctetMs: 25 })
      const all = octets(SNRM)
      deframer.push(burst(all.subarray(0, 4)))
      expect(told(deframer.push(burst(all.subarray(4), 4 + 25 + 1)))).to.deep.equal([`frame ${SNRM}`])
    })
    it('a fragment is given up at the deadline, not before', () => {
      const deframer = createDeframer({ interOctetMs: 25 })
      deframer.push(burst(octets('7EA0070321')))
      expect(deframer.flush(29)).to.deep.equal([])
      expect(told(deframer.flush(30))).to.deep.equal(['damaged 7EA0070321'])
      expect(deframer.flush(Infinity)).to.deep.equal([])
    })
    it('the flag that opens the next frame does not close the fragment', () => {
      const deframer = createDeframer({ interOctetMs: 25 })
      deframer.push(burst(octets('7EA00703215303C7')))
      expect(told(deframer.push(burst(octets(SNRM), 100)))).to.deep.equal(['damaged 7EA00703215303C7', `frame ${SNRM}`])
    })
    it('without a time-out pauses mean nothing', () => {
      const deframer = createDeframer()
      const all = octets(SNRM)
      deframer.push(burst(all.subarray(0, 4)))
      expect(deframer.deadline()).to.equal(Infinity)
      expect(told(deframer.push(burst(all.subarray(4), 1e9)))).to.deep.equal([`frame ${SNRM}`])
    })
  })

  describe('takes any octets', () => {
    const soup = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.uint8Array({ maxLength: 30 }) },
        fc.constantFrom(SNRM, DISC, '7E', '7E7E', 'A0', '7EA7FF', '7EA0077E', WITH_FLAG_INSIDE).map(octets),
      ),
      { maxLength: 40 },
    )
    const unflagged = (of: Uint8Array): number => of.filter((octet) => octet !== 0x7e).length
    it('and gives each that is no flag exactly once', () => {
      fc.assert(
        fc.property(soup, fc.integer({ min: 1, max: 50 }), (pieces, size) => {
          const all = Uint8Array.from(pieces.flatMap((piece) => [...piece]))
          const items = deframed(all, size)
          expect(items.reduce((sum, item) => sum + unflagged(item.octets), 0)).to.equal(unflagged(all))
          expect(told(items)).to.deep.equal(told(deframed(all, 1)))
        }),
      )
    })
    it('and gives endless ones in pieces of bounded length', () => {
      for (const pattern of ['00', '7EA7FF', '7EA7FF00', '7E90', 'A0', '7EA0037E']) {
        const endless = octets(pattern.repeat(40_000))
        for (const item of deframed(endless)) expect(item.octets.length).to.be.at.most(2060)
      }
    })
    it('and finds the frame behind any garbage, after a pause', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 3000 }), (garbage) => {
          const deframer = createDeframer({ interOctetMs: 25 })
          deframer.push(burst(garbage, 1))
          expect(told(deframer.push(burst(octets(DISC), 1e6))).at(-1)).to.equal(`frame ${DISC}`)
        }),
      )
    })
  })
})
