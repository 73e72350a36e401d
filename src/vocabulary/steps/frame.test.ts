import { expect } from 'chai'
import { examine } from '../../protocol/hdlc/examine.ts'
import { unhex } from '../../codec/value.ts'
import { testerOn } from '../../prove/scene.ts'

describe('frame.with-fcs-of', () => {
  for (const octet of ['7E', '00', 'FF'])
    it(`asks by a frame that holds ${octet} in its FCS, and is refused: there is no such object`, async () => {
      const scene = testerOn('hdlc')
      await scene.up({ rung: 'association' })
      const before = scene.sent().length
      const { outcome } = await scene.perform('frame.with-fcs-of', { octet })
      expect(outcome.names).to.include({ refused: 'object-undefined' })
      const [sent = ''] = scene.sent(before)
      expect(examine(unhex(sent) ?? new Uint8Array(0)).failures).to.deep.equal([])
      expect([sent.slice(-6, -4), sent.slice(-4, -2)]).to.include(octet)
    })

  it('a meter that takes 7E for the end of the frame does not answer', async () => {
    const scene = testerOn('hdlc', { defects: ['hdlc.fcs.7e-swallowed'] })
    await scene.up({ rung: 'association' })
    const { outcome } = await scene.perform('frame.with-fcs-of', { octet: '7E' })
    expect(outcome.names).not.to.have.property('refused')
  })

  it('what is no octet is refused, and so is a port without HDLC', async () => {
    const scene = testerOn('hdlc')
    await scene.up({ rung: 'association' })
    expect(await scene.refused('frame.with-fcs-of', { octet: 'XY' })).to.match(/^no frame has that octet/)
    expect(await testerOn('wrapper').refused('frame.with-fcs-of', { octet: '7E' })).to.match(/speaks no HDLC/)
  })
})
