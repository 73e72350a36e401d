import { expect } from 'chai'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const CONTROL = { 'class-id': 70, 'instance-id': '0.0.96.3.10.255' }
const attribute = (id: number) => ({ ...CONTROL, 'attribute-id': id })
const DISCONNECT = { method: { ...CONTROL, 'method-id': 1 }, parameter: { integer: 0 } }
const RECONNECT = { method: { ...CONTROL, 'method-id': 2 }, parameter: { integer: 0 } }

async function manager(): Promise<TesterScene> {
  const scene = testerOn('wrapper')
  await scene.up({ rung: 'association', client: 'management' })
  return scene
}
const stateOf = async (scene: TesterScene): Promise<unknown> =>
  (await scene.perform('read', { attribute: attribute(3) })).saved['number']

async function restored(scene: TesterScene): Promise<unknown> {
  const { outcome } = await scene.perform('restore')
  await scene.up({ rung: 'association', client: 'management' })
  return outcome.names
}

describe('supply.remember', () => {
  it('what was connected is connected again', async () => {
    const scene = await manager()
    await scene.perform('supply.remember', { object: CONTROL })
    await scene.perform('invoke', DISCONNECT)
    expect(await stateOf(scene)).to.equal(0)
    expect(await restored(scene)).to.include({ success: true })
    expect(await stateOf(scene)).to.equal(1)
    expect(scene.journal.journal()).to.deep.equal([])
  })

  it('out of ready for reconnection, in a mode that was written meanwhile', async () => {
    const scene = await manager()
    await scene.perform('supply.remember', { object: CONTROL })
    await scene.perform('write', { attribute: attribute(4), value: { enum: 1 } })
    await scene.perform('invoke', DISCONNECT)
    await scene.perform('invoke', RECONNECT)
    expect(await stateOf(scene)).to.equal(2)
    expect(await restored(scene)).to.include({ success: true })
    expect(await stateOf(scene)).to.equal(1)
  })

  it('what was disconnected is disconnected again', async () => {
    const scene = await manager()
    await scene.perform('invoke', DISCONNECT)
    await scene.perform('supply.remember', { object: CONTROL })
    await scene.perform('invoke', RECONNECT)
    await restored(scene)
    expect(await stateOf(scene)).to.equal(0)
  })

  it('a supply that cannot be connected again stays in the journal', async () => {
    const scene = await manager()
    await scene.perform('write', { attribute: attribute(4), value: { enum: 1 } })
    await scene.perform('supply.remember', { object: CONTROL })
    await scene.perform('write', { attribute: attribute(4), value: { enum: 1 } })
    await scene.perform('invoke', DISCONNECT)
    // the mode of before is journalled as it was: take that away, and nobody can connect it remotely
    for (const { key } of scene.journal.journal().filter(({ key: each }) => !each.startsWith('supply')))
      scene.journal.forget(key)
    expect(await restored(scene)).not.to.have.property('success')
    expect(scene.journal.journal()).to.have.lengthOf(1)
  })

  it('asks for an object', async () => {
    expect(await (await manager()).refused('supply.remember', { object: {} })).to.match(/expected an object/)
  })
})
