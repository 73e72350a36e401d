import { expect } from 'chai'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const CAPTURE = {
  'class-id': 7,
  'instance-id': '1.0.99.128.0.255',
  'method-id': 2,
  parameter: { integer: 0 },
}
const BUFFER = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'attribute-id': 2 }

async function managing(defects: readonly string[] = [], size = 0xffff): Promise<TesterScene> {
  const scene = testerOn('wrapper', { defects })
  const propose = { 'client-max-receive-pdu-size': size }
  await scene.up({ rung: 'association', client: 'management', propose })
  return scene
}

describe('words of blocks', () => {
  it('set.in-many-blocks: refused by a meter that has bounds, stored by one that has none', async () => {
    const args = { attribute: SCRATCH, blocks: 200, octets: 100 }
    const bounded = await managing()
    expect((await bounded.perform('set.in-many-blocks', args)).outcome.names).to.include({
      refused: 'long-set-aborted',
    })
    const unbounded = await managing(['block.set.unbounded'])
    expect((await unbounded.perform('set.in-many-blocks', args)).outcome.names).to.include({ success: true })
    const { saved } = await unbounded.perform('read', { attribute: SCRATCH })
    expect(saved['value']).to.deep.equal({ 'octet-string': '00'.repeat(200 * 100 - 6) })
  })

  it('set.in-many-blocks of what is no attribute is refused by the tester', async () => {
    const scene = await managing()
    expect(await scene.refused('set.in-many-blocks', { attribute: {}, blocks: 1, octets: 8 })).to.include(
      'attribute-id',
    )
  })

  it('read says how long the answer is in one APDU', async () => {
    expect((await (await managing()).perform('read', { attribute: SCRATCH })).saved).to.include({
      octets: 10,
      blocks: 0,
    })
    const { saved } = await (await managing([], 32)).perform('read', { attribute: { ...CAPTURE, 'attribute-id': 3 } })
    expect(saved).to.include({ octets: 42, blocks: 2 })
  })

  it('read with something that happens during it', async () => {
    const scene = testerOn('wrapper', { defects: ['block.get.live'] })
    const propose = { 'client-max-receive-pdu-size': 32 }
    await scene.up({ rung: 'association', client: 'reader', propose })
    await scene.up({ rung: 'association', client: 'management', over: 'main' }, 'manager')
    await scene.perform('invoke', { method: CAPTURE }, 'manager')
    await scene.perform('invoke', { method: CAPTURE }, 'manager')
    const during = { on: 'manager', method: CAPTURE }
    expect((await scene.perform('read', { attribute: BUFFER })).outcome.names).to.have.property('value')
    const torn = await scene.perform('read', { attribute: BUFFER, during })
    expect(torn.saved).to.include({ happened: true })
    expect(torn.outcome.broken.map(({ clause }) => clause)).to.deep.equal(['xdlms.block-transfer'])
    expect(await scene.refused('read', { attribute: BUFFER, during: { on: 'nobody', method: CAPTURE } })).to.include(
      'during',
    )
  })
})
