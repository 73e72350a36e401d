import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

const RATE = { character: '3', baud: 2400 }

describe('sign-on.readout', () => {
  const read = async (...defects: string[]) => {
    const scene = testerOn('optical', { meter: 'mode-c', defects })
    await scene.up({ rung: 'sign-on' })
    return scene.perform('sign-on.readout', { rate: RATE })
  }
  it('comes at the rate that was chosen', async () => {
    const { outcome, saved } = await read()
    expect(outcome.names).to.have.property('data-readout')
    expect(saved['baud']).to.equal(2400)
  })
  it('is found at 300 Bd, where the meter has it', async () => {
    const { outcome, saved, surplus } = await read('sign-on.c.lower-rates-at-300')
    expect(outcome.names).to.have.property('data-readout')
    expect(saved['baud']).to.equal(300)
    expect(surplus).to.deep.equal([])
  })
  it('is told as it came where it is at neither', async () => {
    const { outcome } = await read('sign-on.c.third-rate')
    expect(outcome.names).not.to.have.property('data-readout')
  })
  it('is refused where there is no sign-on', async () => {
    expect(await testerOn('hdlc').refused('sign-on.readout')).to.contain('no sign-on')
  })
})
