import { expect } from 'chai'
import fc from 'fast-check'
import {
  agree,
  DEFAULT_PARAMETERS,
  exceeded,
  LINK_PARAMETERS,
  mirrored,
  settle,
  type LinkParameters,
} from './negotiate.ts'
import { assemble, NOTHING_ASSEMBLED, segments, type Assembled } from './segment.ts'
import { acknowledges, after, distance } from './sequence.ts'

const parameters = (transmit: number, receive: number, sends: number, takes: number): LinkParameters => ({
  'max-information-field-length-transmit': transmit,
  'max-information-field-length-receive': receive,
  'window-size-transmit': sends,
  'window-size-receive': takes,
})

describe('rules of the HDLC link', () => {
  describe('sequence numbers', () => {
    it('run modulo 8', () => {
      expect(after(7)).to.equal(0)
      expect(after(0, -1)).to.equal(7)
      expect(distance(6, 1)).to.equal(3)
    })
    it('N(R) acknowledges from V(A) to V(S)', () => {
      for (const received of [0, 1, 2, 3, 4, 5, 6, 7]) {
        expect(acknowledges(received, 6, 1), `${received}`).to.equal([6, 7, 0, 1].includes(received))
        expect(acknowledges(received, 3, 3), `${received}`).to.equal(received === 3)
      }
    })
  })

  describe('negotiation', () => {
    it('the secondary grants no more than was proposed, and no more than it has', () => {
      const limits = parameters(1024, 512, 7, 3)
      expect(agree(limits, parameters(256, 2030, 5, 1))).to.deep.equal(parameters(1024, 256, 1, 3))
    })
    it('what the SNRM leaves out has its default', () => {
      expect(agree(parameters(1024, 1024, 7, 7), {})).to.deep.equal(DEFAULT_PARAMETERS)
      expect(agree(parameters(1024, 64, 7, 7), {})).to.deep.equal({
        ...DEFAULT_PARAMETERS,
        'max-information-field-length-receive': 64,
      })
    })
    it('the primary keeps what the UA says, seen from its own side', () => {
      const proposal = parameters(256, 2030, 5, 1)
      expect(settle(proposal, parameters(1024, 256, 1, 3))).to.deep.equal(parameters(256, 1024, 3, 1))
    })
    it('a UA without parameters means the defaults, where they are not above the proposal', () => {
      expect(settle(parameters(1024, 1024, 7, 7), {})).to.deep.equal(DEFAULT_PARAMETERS)
      expect(settle(parameters(64, 1024, 7, 7), {})).to.deep.equal({
        ...DEFAULT_PARAMETERS,
        'max-information-field-length-transmit': 64,
      })
    })
    it('a larger value than proposed is told, and not kept', () => {
      const proposal = parameters(128, 128, 1, 1)
      expect(exceeded(proposal, parameters(256, 128, 1, 1))).to.deep.equal(['max-information-field-length-transmit'])
      expect(settle(proposal, parameters(256, 128, 1, 1))['max-information-field-length-receive']).to.equal(128)
    })
    it('both sides agree, whatever they can do', () => {
      const any = fc.tuple(fc.nat(2030), fc.nat(2030), fc.nat(7), fc.nat(7)).map((all) => parameters(...all))
      fc.assert(
        fc.property(any, any, (proposal, limits) => {
          const answer = agree(limits, proposal)
          expect(exceeded(proposal, answer)).to.deep.equal([])
          expect(settle(proposal, answer)).to.deep.equal(mirrored(answer))
          for (const name of LINK_PARAMETERS) expect(answer[name]).to.be.at.most(limits[name])
        }),
      )
    })
  })

  describe('segmentation', () => {
    const whole = Uint8Array.from({ length: 10 }, (_, at) => at)
    it('fills all fields but the last, S on all but the last', () => {
      const all = segments(whole, 4)
      expect(all.map(({ information }) => [...information])).to.deep.equal([
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9],
      ])
      expect(all.map(({ segmentation }) => segmentation)).to.deep.equal([true, true, false])
      expect(segments(whole, 10).map(({ segmentation }) => segmentation)).to.deep.equal([false])
      expect(segments(new Uint8Array(0), 10)).to.have.lengthOf(1)
    })
    it('and is put together again', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 64 }), (octets, maximum) => {
          let state: Assembled = { is: 'more', assembly: NOTHING_ASSEMBLED }
          for (const segment of segments(octets, maximum))
            if (state.is === 'more') state = assemble(state.assembly, segment)
          expect(state).to.deep.equal({ is: 'whole', llcAndApdu: octets })
        }),
      )
    })
    it('an APDU without an end is given up', () => {
      const first = assemble(NOTHING_ASSEMBLED, { information: whole, segmentation: true }, 15)
      if (first.is !== 'more') return expect.fail()
      expect(assemble(first.assembly, { information: whole, segmentation: true }, 15)).to.deep.equal({
        is: 'too-long',
        octets: 20,
      })
    })
  })
})
