import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

const NAME = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 1 }
const NOBODY = { 'class-id': 1, 'instance-id': '0.0.96.255.254.254', 'attribute-id': 2 }
const FOUND = { value: { 'octet-string': '0000010000FF' } }
const REFUSED = { refused: 'object-undefined' }

describe('read.list', () => {
  for (const port of ['hdlc', 'wrapper']) {
    it(`${port}: one result each, in order`, async () => {
      const scene = testerOn(port)
      await scene.up({ rung: 'association', client: 'reader' })
      const { outcome } = await scene.perform('read.list', { attributes: [NAME, NOBODY, NAME] })
      expect(outcome.names['results']).to.deep.equal([FOUND, REFUSED, FOUND])
      expect(outcome.names).not.to.have.property('success')
    })
    it(`${port}: the same list many times in one request`, async () => {
      const scene = testerOn(port)
      await scene.up({ rung: 'association', client: 'reader' })
      const { outcome } = await scene.perform('read.list', { attributes: [NOBODY, NAME], times: 30 })
      expect(outcome.names['results']).to.deep.equal(Array.from({ length: 30 }, () => [REFUSED, FOUND]).flat())
    })
  }

  it('a result that is missing breaks the rule of lists', async () => {
    const scene = testerOn('wrapper', { defects: ['list.stops-at-the-first-error'] })
    await scene.up({ rung: 'association', client: 'reader' })
    const { outcome } = await scene.perform('read.list', { attributes: [NOBODY, NAME] })
    expect(outcome.broken.map(({ clause }) => clause)).to.deep.equal(['xdlms.list'])
  })
})
