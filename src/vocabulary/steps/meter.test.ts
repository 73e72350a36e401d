import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

describe('meter.power-cycle', () => {
  for (const port of ['hdlc', 'wrapper'])
    it(`takes links and associations with it, and the meter is back after its start (${port})`, async () => {
      const scene = testerOn(port)
      await scene.up({ rung: 'association', client: 'reader' })
      const before = scene.tester.now()
      const evidence = await scene.perform('meter.power-cycle', { offMs: 3000 })
      expect(evidence.outcome.names).to.have.property('success')
      expect(evidence.restarted).to.equal(true)
      expect(scene.tester.now() - before).to.be.at.least(3000)
      await scene.up({ rung: port === 'hdlc' ? 'link' : 'port', client: 'reader' })
      const absent = await scene.perform('association.absent')
      expect(absent.outcome.names).to.have.property('success')
      await scene.up({ rung: 'association', client: 'reader' })
    })

  for (const [bootMs, came] of [
    [18_000, 'success'],
    [25_000, 'undecided'],
  ] as const)
    it(`waits for a meter that is slower than declared, and not for ever: ${bootMs} ms`, async () => {
      const scene = testerOn('hdlc', { described: (description) => ({ ...description, bootMs }) })
      await scene.up({ rung: 'link' })
      if (came === 'undecided') {
        expect(await scene.refused('meter.power-cycle')).to.equal('the meter was not back 20000 ms after its power')
        return
      }
      const { outcome } = await scene.perform('meter.power-cycle')
      expect(outcome.names).to.have.property('success')
      await scene.up({ rung: 'association', client: 'reader' })
    })

  it('is refused where nothing can switch', async () => {
    const scene = testerOn('hdlc', { powerless: true })
    await scene.up({ rung: 'ndm' })
    expect(await scene.refused('meter.power-cycle')).to.contain('managed.powerOff')
  })
})
