// The services by APDU scripts: hex there, hex back.
import { expect } from 'chai'
import { action, apduAnswers, ask, get, lines, managementWith, set, wpduOf, type Step } from '../dialogue.ts'

const MANAGEMENT = 1
/** Block transfer of all three services, lists, attribute 0, priority; and GET, SET, ACTION alone. */
const ALL = '007E19'
const PLAIN = '000019'

/** An association with this size, then these APDUs → their answers. */
const inside = (size: string, apdus: readonly string[], conformance = ALL): readonly string[] =>
  apduAnswers(MANAGEMENT, [managementWith(conformance, size), ...apdus]).slice(1)

const SCRATCH = [1, '0.0.96.128.1.255', 2] as const
const OBJECT_LIST = get(15, '0.0.40.0.0.255', 2)
const SCRATCH_NAME = '00010000608001FF02'
const UNKNOWN_NAME = '00010000636363FF02'
const DENIED_NAME = '00010000608000FF02'
const CAPTURE = '00070100638000FF02'
const ROWS = get(7, '1.0.99.128.0.255', 7)
const number = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0')
const next = (block: number, id = 'C1'): string => `C002${id}${number(block)}`
const IDLE_GET = (block: number): string => `C402C101${number(block)}0110`
const EIGHT = set(...SCRATCH, '09080102030405060708')

/** What the blocks carry, joined, where each is numbered one after the one before and only the last is called so. */
function joinedBlocks(answers: readonly string[]): string {
  return answers
    .map((answer, index) => {
      const match = /^C402C1(0[01])([0-9A-F]{8})00(.*)$/.exec(answer)
      const [, last, block, raw = ''] = match ?? []
      expect([last, block]).to.deep.equal([index === answers.length - 1 ? '01' : '00', number(index + 1)], answer)
      return raw.startsWith('82') ? raw.slice(6) : raw.startsWith('81') ? raw.slice(4) : raw.slice(2)
    })
    .join('')
}

describe('GET', () => {
  it('X20 as long as the client can take: one APDU; one octet more: blocks that fill it', () => {
    expect(inside('000E', [EIGHT, get(...SCRATCH)])[1]).to.equal('C401C10009080102030405060708')
    expect(inside('000D', [EIGHT, get(...SCRATCH), next(1), next(2), next(3)]).slice(1)).to.deep.equal([
      'C402C100000000010003090801',
      'C402C100000000020003020304',
      'C402C100000000030003050607',
      'C402C10100000004000108',
    ])
  })

  it('B8 a last block is never empty: the value ends with a full one', () => {
    expect(
      inside('000C', [EIGHT, get(...SCRATCH), ...[1, 2, 3, 4].map((block) => next(block))]).slice(1),
    ).to.deep.equal([
      'C402C1000000000100020908',
      'C402C1000000000200020102',
      'C402C1000000000300020304',
      'C402C1000000000400020506',
      'C402C1010000000500020708',
    ])
  })

  const [whole = ''] = inside('FFFF', [OBJECT_LIST], PLAIN)
  for (const size of [12, 13, 64, 136, 137, 138, 139, 265, 266, 267, 268, 269, 512]) {
    it(`an object list at ${size} octets: no APDU is longer, none but the last is shorter by more than the length octet`, () => {
      const room = size - 9 - (size - 9 <= 128 ? 1 : size - 9 <= 257 ? 2 : 3)
      const count = Math.ceil((whole.length / 2 - 4) / room)
      const asked = [OBJECT_LIST, ...Array.from({ length: count - 1 }, (_, index) => next(index + 1))]
      const answers = inside(number(size).slice(4), asked)
      expect(joinedBlocks(answers)).to.equal(whole.slice(8))
      for (const answer of answers.slice(0, -1)) expect(answer.length / 2).to.be.within(size - 1, size)
    })
  }

  it('no limit with size 0, one APDU with 8192', () => {
    expect(inside('0000', [OBJECT_LIST])[0]).to.equal(whole)
    expect(inside('2000', [OBJECT_LIST])[0]).to.equal(whole)
  })

  it('B1 a wrong number ends the transfer', () => {
    for (const wrong of [0, 2, 3, 0xffffffff]) {
      expect(inside('000D', [EIGHT, get(...SCRATCH), next(wrong), next(1)]).slice(2)).to.deep.equal([
        `C402C101${number(wrong)}0113`,
        IDLE_GET(1),
      ])
    }
    expect(inside('000D', [EIGHT, get(...SCRATCH), next(1), next(1)])[3]).to.equal(`C402C101${number(1)}0113`)
  })

  it('B2, B3 no transfer, and none with this invoke-id', () => {
    expect(inside('000D', [next(1)])).to.deep.equal([IDLE_GET(1)])
    expect(inside('000D', [EIGHT, get(...SCRATCH), next(1, 'C2')])[2]).to.equal('C402C201000000010110')
  })

  it('B4 a new request ends the transfer; what cannot be read does not', () => {
    const started = [EIGHT, get(...SCRATCH)]
    expect(inside('000D', [...started, ROWS, next(1)]).slice(2)).to.deep.equal(['C401C1000600000000', IDLE_GET(1)])
    expect(inside('000D', [...started, 'C009C1', next(1)]).slice(2)).to.deep.equal([
      'D80102',
      'C402C100000000020003020304',
    ])
  })

  it('a new association knows no transfer of the one before', () => {
    const again = managementWith(ALL, '000D')
    expect(inside('000D', [EIGHT, get(...SCRATCH), again, next(1)])[3]).to.equal(IDLE_GET(1))
  })

  it('what another client changes in the meantime does not change what is being sent', () => {
    const from = (peer: string, apdu: string): Step => ({ octets: wpduOf(apdu, MANAGEMENT), peer, octetMs: 0 })
    const told = ask('reference', 'wrapper', [
      { connect: 'a' },
      { connect: 'b' },
      from('b', managementWith(ALL, 'FFFF')),
      from('b', EIGHT),
      from('a', managementWith(ALL, '000D')),
      from('a', get(...SCRATCH)),
      from('b', set(...SCRATCH, '09080807060504030201')),
      from('a', next(1)),
    ])
    expect(lines(told).at(-1)).to.match(/C402C100000000020003020304$/)
  })

  it('B9 no blocks where they are not negotiated', () => {
    expect(inside('000D', [EIGHT, get(...SCRATCH)], PLAIN)[1]).to.equal('C401C101FA')
    expect(inside('000D', [next(1)], PLAIN)).to.deep.equal(['D80102'])
  })

  it('X17 a list: one result each, in order', () => {
    const list = `C003C103${SCRATCH_NAME}00${UNKNOWN_NAME}00${DENIED_NAME}00`
    expect(inside('FFFF', [list])).to.deep.equal(['C403C103000904AABBCCDD0104000601352505'])
    expect(inside('0012', [list, next(1), next(2)])).to.deep.equal([
      'C402C10000000001000803000904AABBCCDD',
      'C402C1010000000200080104000601352505',
      IDLE_GET(2),
    ])
    expect(inside('0012', [list], '000219')).to.deep.equal(['D80104'])
    expect(inside('FFFF', ['C003C100'])).to.deep.equal(['D80103'])
    expect(inside('FFFF', [list], PLAIN)).to.deep.equal(['D80102'])
  })

  it('attribute 0: all attributes that may be read, in order; where negotiated', () => {
    expect(inside('FFFF', [get(3, '1.0.1.8.0.255', 0)])).to.deep.equal([
      'C401C100020309060100010800FF060012D68702020F00161E',
    ])
    expect(inside('FFFF', [get(1, '0.0.99.99.99.255', 0)])).to.deep.equal(['C401C10104'])
    expect(inside('FFFF', [get(3, '1.0.1.8.0.255', 0)], PLAIN)).to.deep.equal(['D80102'])
    expect(inside('FFFF', [set(1, '0.0.96.128.1.255', 0, '00')])).to.deep.equal(['D80102'])
  })

  it('X14 invoke-id and priority come back', () => {
    for (const id of ['40', 'C0', '4F', 'CF'])
      expect(inside('FFFF', [ROWS.replace('C001C1', `C001${id}`)])).to.deep.equal([`C401${id}000600000000`])
  })
})

describe('SET', () => {
  const first = (raw: string, last = '00', block = 1): string =>
    `C102C1${SCRATCH_NAME}00${last}${number(block)}${length(raw)}${raw}`
  const more = (block: number, raw: string, last = '00', id = 'C1'): string =>
    `C103${id}${last}${number(block)}${length(raw)}${raw}`
  const length = (raw: string): string => {
    const octets = raw.length / 2
    return octets < 128 ? octets.toString(16).toUpperCase().padStart(2, '0') : `82${number(octets).slice(4)}`
  }
  const OLD = 'C401C1000904AABBCCDD'

  it('blocks are joined, and written when the last has come', () => {
    const blocks = [first('090601'), more(2, '0203'), more(3, '040506', '01')]
    expect(inside('FFFF', [...blocks, get(...SCRATCH)])).to.deep.equal([
      'C502C100000001',
      'C502C100000002',
      'C503C10000000003',
      'C401C1000906010203040506',
    ])
    expect(inside('FFFF', [first('0902AAAA', '01'), get(...SCRATCH)])).to.deep.equal([
      'C503C10000000001',
      'C401C1000902AAAA',
    ])
  })

  it('B5 a wrong number ends the transfer, and nothing is written', () => {
    for (const wrong of [0, 1, 3, 0xffffffff]) {
      const asked = [first('090601'), more(wrong, '0203040506', '01'), more(2, '0203040506', '01'), get(...SCRATCH)]
      expect(inside('FFFF', asked).slice(1)).to.deep.equal([`C503C113${number(wrong)}`, 'C503C11200000002', OLD])
    }
    expect(inside('FFFF', [first('0900', '01', 2)])).to.deep.equal(['C503C11300000002'])
  })

  it('no transfer, none with this invoke-id, and one that a new request has ended', () => {
    expect(inside('FFFF', [more(2, '02', '01')])).to.deep.equal(['C503C11200000002'])
    expect(inside('FFFF', [first('090601'), more(2, '0203040506', '01', 'C2')])[1]).to.equal('C503C21200000002')
    expect(inside('FFFF', [first('090601'), get(...SCRATCH), more(2, '0203040506', '01')]).slice(1)).to.deep.equal([
      OLD,
      'C503C11200000002',
    ])
  })

  it('what is no Data, of another type, or too long is refused', () => {
    for (const raw of ['090601', '09010102', '0A0101', '1105'])
      expect(inside('FFFF', [first(raw, '01'), get(...SCRATCH)])).to.deep.equal(['C503C10C00000001', OLD])
    const block = 'AA'.repeat(2000)
    const many = Array.from({ length: 8 }, (_, index) => more(index + 2, block))
    const answers = inside('FFFF', [first(`09824100${block.slice(8)}`), ...many, more(10, block), get(...SCRATCH)])
    expect(answers.slice(7)).to.deep.equal([`C502C1${number(8)}`, 'C503C11100000009', 'C503C1120000000A', OLD])
  })

  it('X17 a list: one result each; the elements are independent', () => {
    const list = `C104C102${UNKNOWN_NAME}00${SCRATCH_NAME}00`
    expect(inside('FFFF', [`${list}02090102090103`, get(...SCRATCH)])).to.deep.equal(['C505C1020400', 'C401C100090103'])
    expect(inside('FFFF', [`${list}01090102`])).to.deep.equal(['D80103'])
    expect(inside('FFFF', ['C104C10000'])).to.deep.equal(['D80103'])
    const three = `C104C103${`${SCRATCH_NAME}00`.repeat(3)}03${'090102'.repeat(3)}`
    expect(inside('000C', [three, get(...SCRATCH)])).to.deep.equal(['D80104', OLD])
  })

  it('a list in blocks', () => {
    const list = `C105C102${SCRATCH_NAME}00${DENIED_NAME}00`
    expect(inside('FFFF', [`${list}000000000103020901`, more(2, '020600000001', '01')])).to.deep.equal([
      'C502C100000001',
      'C504C102000300000002',
    ])
    expect(inside('FFFF', [`${list}01000000010401090102`, get(...SCRATCH)])).to.deep.equal([
      'C504C1020C0C00000001',
      OLD,
    ])
  })

  it('B9 not where it is not negotiated', () => {
    for (const asked of [first('0900', '01'), more(2, '00', '01'), `C104C101${SCRATCH_NAME}0001090102`])
      expect(inside('FFFF', [asked], PLAIN)).to.deep.equal(['D80102'])
  })
})

describe('ACTION', () => {
  const first = (raw: string, last = '00', block = 1): string =>
    `C304C1${CAPTURE}${last}${number(block)}${(raw.length / 2).toString(16).padStart(2, '0')}${raw}`
  const more = (block: number, raw: string, last = '00'): string =>
    `C306C1${last}${number(block)}${(raw.length / 2).toString(16).padStart(2, '0')}${raw}`
  const rows = (count: number): string => `C401C10006${number(count)}`
  const list = (count: number): string =>
    `C303C1${hexCount(count)}${CAPTURE.repeat(count)}${hexCount(count)}${'0F00'.repeat(count)}`
  const hexCount = (count: number): string => count.toString(16).padStart(2, '0')
  const nextPblock = (block: number): string => `C302C1${number(block)}`

  it('a parameter in blocks: the method runs once, when the last has come', () => {
    expect(inside('FFFF', [first('0F'), ROWS, first('0F'), more(2, '00', '01'), ROWS])).to.deep.equal([
      'C704C100000001',
      rows(0),
      'C704C100000001',
      'C701C10000',
      rows(1),
    ])
  })

  it('B7 a wrong number, no transfer, no Data: the method does not run', () => {
    expect(inside('FFFF', [first('0F'), more(3, '00', '01'), more(2, '00', '01'), ROWS]).slice(1)).to.deep.equal([
      'C701C10F00',
      'C701C11000',
      rows(0),
    ])
    expect(inside('FFFF', [first('0F', '01'), ROWS])).to.deep.equal(['C701C10C00', rows(0)])
    expect(inside('FFFF', [nextPblock(1)])).to.deep.equal(['C701C11000'])
  })

  it('X17 a list: one result each; null-data where there is no parameter', () => {
    expect(inside('FFFF', [`C303C102${CAPTURE}00070100638000FF0902000F00`, ROWS])).to.deep.equal([
      'C703C10200000400',
      rows(1),
    ])
    expect(inside('FFFF', [`C303C101${CAPTURE}00`])).to.deep.equal(['D80103'])
  })

  it('an answer that is too long for the client comes in blocks', () => {
    const asked = [list(5), nextPblock(1), nextPblock(2), nextPblock(3), nextPblock(4), ROWS]
    expect(inside('000C', asked)).to.deep.equal([
      'C702C1000000000103050000',
      'C702C1000000000203000000',
      'C702C1000000000303000000',
      'C702C10100000004020000',
      'C701C11000',
      rows(5),
    ])
    expect(inside('000C', [list(5), nextPblock(2), nextPblock(1)]).slice(1)).to.deep.equal(['C701C10F00', 'C701C11000'])
    expect(inside('000C', [list(5), ROWS], '000219')).to.deep.equal(['D80104', rows(0)])
  })

  it('a list in blocks', () => {
    const begun = `C305C102${CAPTURE}${CAPTURE}0000000001020200`
    expect(inside('FFFF', [begun, more(2, '00', '01'), ROWS])).to.deep.equal([
      'C704C100000001',
      'C703C10200000000',
      rows(2),
    ])
    expect(inside('FFFF', [begun, more(2, '0000', '01'), ROWS]).slice(1)).to.deep.equal(['C701C10C00', rows(0)])
  })

  it('B9 not where it is not negotiated', () => {
    for (const asked of [first('0F'), more(2, '00'), nextPblock(1), list(2)])
      expect(inside('FFFF', [asked], PLAIN)).to.deep.equal(['D80102'])
  })

  it('X15 unconfirmed: carried out, and not answered', () => {
    const unconfirmed = action(7, '1.0.99.128.0.255', 2).replace('C301C1', 'C30181')
    expect(inside('FFFF', [unconfirmed, ROWS])).to.deep.equal(['', rows(1)])
  })
})
