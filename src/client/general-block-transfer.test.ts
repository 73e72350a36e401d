import { expect } from 'chai'
import { hex } from '../codec/value.ts'
import type { Apdu } from '../protocol/apdu.ts'
import { vectors } from '../protocol/vectors/load.ts'
import { readApdu } from './association.ts'
import { exchangedInBlocks, type Assembled, type Windowed } from './general-block-transfer.ts'
import { octetsOf } from './scene.ts'
import { apduOctets } from './services.ts'

const vector = (id: string): string => vectors('gbt').find((each) => each.id === id)?.octets ?? ''
const apduIn = (octets: string): Apdu => readApdu(octetsOf(octets)) ?? expect.fail(`no APDU: ${octets}`)
/** The request of the golden vectors, and a meter that takes APDUs of 27 octets: 20 in a block. */
const REQUEST = 'C0018100010000800000FF0200'
const WINDOW_OF_3: Windowed = { window: 3, serverMaxReceivePduSize: 27 }
const [R1, R2, R3] = ['gbt-r1', 'gbt-r2', 'gbt-r3'].map(vector)

interface Exchanged {
  readonly assembled: Assembled
  readonly sent: readonly string[]
}

/** The meter sends `answers` one after the other, whether it is asked or listened to. */
async function exchanged(
  answers: readonly (string | undefined)[],
  windowed: Windowed = WINDOW_OF_3,
): Promise<Exchanged> {
  const left = [...answers]
  const sent: string[] = []
  const more = (): Promise<Apdu | undefined> => {
    const next = left.shift()
    return Promise.resolve(next === undefined ? undefined : readApdu(octetsOf(next)))
  }
  const ask = (question: Apdu): Promise<Apdu | undefined> => {
    sent.push(hex(apduOctets(question)))
    return more()
  }
  const tell = (block: Apdu): Promise<boolean> => {
    sent.push(hex(apduOctets(block)))
    return Promise.resolve(true)
  }
  const assembled = await exchangedInBlocks({ ask, tell, more }, apduIn(REQUEST), windowed)
  return { assembled, sent }
}

const told = ({ assembled }: Exchanged): string =>
  assembled.is === 'whole' || assembled.is === 'other' || assembled.is === 'broken'
    ? [assembled.is, ...assembled.irregular.map(({ expected, found }) => `expected ${expected}, found ${found}`)].join(
        ': ',
      )
    : assembled.is

describe('an APDU in general block transfer', () => {
  it('as in the golden vectors: one block there, three back in a window', async () => {
    const { assembled, sent } = await exchanged([R1, R2, R3])
    expect(sent).to.deep.equal([vector('gbt-req')])
    expect(assembled).to.deep.include({ is: 'whole', blocks: 3, irregular: [] })
    expect(assembled.is === 'whole' && hex(assembled.apdu)).to.match(/^C40181000932(01020304)/)
  })

  it('a block that is lost is asked for again, and the answer is whole', async () => {
    const { assembled, sent } = await exchanged([R1, R2, R3, vector('gbt-rtx2'), R3], { ...WINDOW_OF_3, lost: 2 })
    // All that the client has to say is said: LB, unlike in the vector.
    expect(sent).to.deep.equal([vector('gbt-req'), vector('gbt-nack').replace('E003', 'E083')])
    expect(assembled).to.deep.include({ is: 'whole', irregular: [] })
    expect(assembled.is === 'whole' && assembled.apdu).to.have.lengthOf(56)
  })

  it('the last block is lost', async () => {
    const { assembled, sent } = await exchanged([R1, R2, R3, R3], { ...WINDOW_OF_3, lost: 3 })
    expect(sent).to.have.lengthOf(2)
    expect(sent[1]).to.equal('E0830002000200')
    expect(assembled.is).to.equal('whole')
  })

  it('in windows of one block each is acknowledged', async () => {
    const block = (n: number, ack: number, text: string, last = false): string =>
      `E0${last ? '81' : '01'}000${n}000${ack}${hex(Uint8Array.of(text.length / 2))}${text}`
    const { assembled, sent } = await exchanged([block(1, 1, 'C40181'), block(2, 2, '0011'), block(3, 3, '05', true)], {
      window: 1,
      serverMaxReceivePduSize: 0,
    })
    expect(assembled.is === 'whole' && hex(assembled.apdu)).to.equal('C40181001105')
    expect(sent).to.have.lengthOf(3)
    expect(sent.slice(1)).to.deep.equal(['E0810002000100', 'E0810003000200'])
  })

  for (const [how, answers, came] of [
    ['a plain answer', ['C40181001105'], /^other$/],
    ['no answer', [], /^other$/],
    ['silence in a window', [R1], /^other$/],
    ['a block left out', [R1, R3, R1], /expected block 2, found block 3/],
    [
      'the same block for ever',
      Array.from({ length: 99 }, () => R1?.replace('E041', 'E001')),
      /broken: .*expected turns that bring nothing at most/,
    ],
    [
      'an acknowledgement of what was not sent',
      ['E0410001000514C401'.concat('00'.repeat(18))],
      /broken: expected acknowledged is block 1, the last in order, found acknowledged is block 5$/,
    ],
    ['given up', [vector('gbt-abort').replace('E08000010000', 'E08000010001')], /^other$/],
  ] as const)
    it(how, async () => expect(told(await exchanged(answers))).to.match(came))

  it('is not begun where no block has room', async () =>
    expect(told(await exchanged([], { window: 1, serverMaxReceivePduSize: 6 }))).to.equal('impossible'))
})
