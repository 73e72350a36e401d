import { expect } from 'chai'
import { testerOn, WINDOW, type SceneOptions, type TesterScene } from '../../prove/scene.ts'

const DESTINATION = '127.0.0.1:4061'
const setup = (instance: string, attribute: number) => ({
  'class-id': 40,
  'instance-id': `0.${instance}.25.9.0.255`,
  'attribute-id': attribute,
})
const push = (instance = '0') => ({
  method: { 'class-id': 40, 'instance-id': `0.${instance}.25.9.0.255`, 'method-id': 1 },
})

/** A manager, and the place where pushes come to. */
async function listening(options: SceneOptions = {}): Promise<TesterScene> {
  const scene = testerOn('hdlc', options)
  await scene.up({ rung: 'association', client: 'management' }, 'manager')
  await scene.up({ rung: 'listen', listen: DESTINATION }, 'destination')
  return scene
}
const received = (scene: TesterScene) => scene.perform('push.receive', {}, 'destination')

describe('words of pushes', () => {
  it('push.receive hears what was triggered, and when', async () => {
    const scene = await listening()
    await scene.perform('invoke', push(), 'manager')
    const { outcome, saved } = await received(scene)
    expect(outcome.names).to.include({ success: true })
    expect(outcome.names).to.have.nested.property('data-notification.notification-body.structure').lengthOf(5)
    expect(saved['push']).to.include({ 'after-ms': 0 })
  })

  it('push.receive joins the blocks of a push', async () => {
    const scene = await listening()
    await scene.perform('invoke', push('2'), 'manager')
    const { outcome, saved } = await received(scene)
    expect(outcome.text).to.match(/in \d+ blocks$/)
    expect(saved['push']).to.have.nested.property('blocks.0').deep.include({ 'block-number': 1, streaming: true })
  })

  it('push.receive says that nothing came, or gives what came as it is', async () => {
    const scene = await listening({ defects: ['push.never-sent'] })
    await scene.perform('invoke', push(), 'manager')
    expect((await received(scene)).outcome.names).to.have.property('silent')
    const other = await listening({ defects: ['push.date-time-with-a-tag'] })
    await other.perform('invoke', push(), 'manager')
    expect((await received(other)).outcome.names)
      .to.have.nested.property('data-notification.date-time')
      .lengthOf(18)
  })

  it('push.sample triggers each push when the one before has come', async () => {
    const scene = await listening()
    const args = { ...push(), by: 'manager', times: 3, withinMs: 1000 }
    const { saved } = await scene.perform('push.sample', args, 'destination')
    expect(saved['pushes']).to.have.lengthOf(3)
    expect(await scene.refused('push.sample', args, 'manager')).to.equal(
      'by: expected a connection that does not listen',
    )
  })

  it('push.sample ends where one does not come', async () => {
    const scene = await listening({ defects: ['push.never-sent'] })
    const args = { ...push(), by: 'manager', times: 3, withinMs: 1000 }
    const { outcome, saved } = await scene.perform('push.sample', args, 'destination')
    expect(outcome.names).to.have.property('silent')
    expect(saved['pushes']).to.deep.equal([])
  })

  it('columns.read reads what is pushed, and leaves out what one GET does not show', async () => {
    const scene = await listening()
    const list = {
      array: [
        {
          structure: [
            { 'long-unsigned': 3 },
            { 'octet-string': '0100010800FF' },
            { integer: 3 },
            { 'long-unsigned': 2 },
          ],
        },
        {
          structure: [
            { 'long-unsigned': 7 },
            { 'octet-string': '0100630100FF' },
            { integer: 2 },
            { 'long-unsigned': 0 },
          ],
        },
      ],
    }
    const { saved } = await scene.perform('columns.read', { list }, 'manager')
    expect(saved['values']).to.deep.equal([{ enum: 30 }, null])
    expect(await scene.refused('columns.read', { list: { array: [{ integer: 1 }] } }, 'manager')).to.match(/^list: /)
  })

  it('push.target tells the destination, push.aim sets it, and the old one is kept', async () => {
    const scene = await listening()
    const target = setup('3', 3)
    const where = async () => (await scene.perform('push.target', { target }, 'manager')).saved['destination']
    expect(await where()).to.equal('192.0.2.1:4059')
    await scene.perform('push.aim', { target, to: DESTINATION }, 'manager')
    expect(await where()).to.equal(DESTINATION)
    expect(scene.journal.journal()).to.have.lengthOf(1)
  })

  it('push.open-window counts from the time of the clock', async () => {
    const scene = await listening()
    const clock = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255' }
    await scene.perform('push.open-window', { window: setup('0', 4), clock, inSeconds: 20, forSeconds: 60 }, 'manager')
    const { saved } = await scene.perform('read', { attribute: setup('0', 4) }, 'manager')
    expect(JSON.stringify(saved['value'])).to.match(/07EA01010401001[4-5]..FFC400.*07EA01010401011[4-5]..FFC400/)
  })

  it('nobody listens where the declaration does not say so, and nothing is sent where it does', async () => {
    const scene = await listening()
    expect((await scene.climb({ rung: 'listen', listen: '127.0.0.1:1' }, 'other')).is).to.equal('inapplicable')
    const sent = await scene.send({ messages: [{ rr: {} }] }, WINDOW, 'destination')
    expect(sent).to.deep.equal({ refusal: 'nothing is sent on destination, which listens' })
  })
})
