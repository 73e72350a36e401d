import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

describe('sample.stoc', () => {
  for (const port of ['hdlc', 'wrapper'])
    it(`collects challenges, each of an association of its own (${port})`, async () => {
      const scene = testerOn(port)
      await scene.up({ rung: port === 'hdlc' ? 'link' : 'port', client: 'hls' })
      const { outcome, saved } = await scene.perform('sample.stoc', { times: 3 })
      expect(outcome.names).to.include({ success: true })
      const challenges = saved['challenges']
      expect(challenges).to.be.an('array').with.lengthOf(3)
      expect(new Set(challenges as readonly string[]).size).to.equal(3)
    })

  it('shows a meter that always gives the same', async () => {
    const scene = testerOn('wrapper', { defects: ['hls.challenge-constant'] })
    await scene.up({ rung: 'port', client: 'hls' })
    const { saved } = await scene.perform('sample.stoc', { times: 2 })
    expect(new Set(saved['challenges'] as readonly string[]).size).to.equal(1)
  })

  it('gives up where no challenge comes', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'port', client: 'public' })
    const { outcome } = await scene.perform('sample.stoc', { times: 2 })
    expect(outcome.names).not.to.have.property('success')
  })
})
