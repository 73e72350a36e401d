import { expect } from 'chai'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255' }

/** The reference meter begins on 2026-01-01 at 00:00 UTC, an hour ahead; the tester in 1970. */
async function manager(): Promise<TesterScene> {
  const scene = testerOn('wrapper')
  await scene.up({ rung: 'association', client: 'management' })
  return scene
}
const shown = async (scene: TesterScene): Promise<unknown> =>
  (await scene.perform('clock.read', { clock: CLOCK })).outcome.names['time']

const START = Date.UTC(2026, 0, 1) / 1000

describe('words of clocks', () => {
  it('clock.read tells how far the clock is ahead, and what it shows', async () => {
    const time = await shown(await manager())
    expect(time).to.include({ offset: START, face: '01:00:00', date: '01-01', deviation: -60 })
    expect(time).to.have.property('daylight-saving', false)
  })

  it('clock.set sets face, date and shift; restore puts back how far it was ahead', async () => {
    const scene = await manager()
    await scene.perform('clock.set', { clock: CLOCK, date: '03-05', face: '12:07:10' })
    expect(await shown(scene)).to.include({ face: '12:07:10', date: '03-05' })
    await scene.perform('clock.set', { clock: CLOCK, shift: -7200 })
    expect(await shown(scene)).to.include({ face: '10:07:10' })
    expect(scene.journal.journal().map(({ key }) => key)).to.deep.equal(['clock/management/0.0.1.0.0.255'])
    await scene.tester.wait('main', 10_000)
    await scene.tester.release()
    expect((await scene.perform('restore')).outcome.names).to.include({ success: true })
    expect(scene.journal.journal()).to.deep.equal([])
    await scene.up({ rung: 'association', client: 'management' })
    expect(await shown(scene)).to.include({ offset: START, date: '01-01', face: '01:00:10' })
  })

  it('clock.remember is enough for it to be put back, whoever moved it', async () => {
    const scene = await manager()
    await scene.perform('clock.remember', { clock: CLOCK })
    await scene.perform('invoke', { method: { ...CLOCK, 'method-id': 6 }, parameter: { long: 900 } })
    expect(await shown(scene)).to.include({ offset: START + 900 })
    await scene.perform('restore')
    await scene.up({ rung: 'association', client: 'management' })
    expect(await shown(scene)).to.include({ offset: START })
  })

  it('clock.set does not move a clock that cannot be read, and sends no time that there is not', async () => {
    const scene = await manager()
    const nobody = { 'class-id': 8, 'instance-id': '0.0.1.0.9.255' }
    expect(await scene.refused('clock.set', { clock: nobody, shift: 1 })).to.match(/could not be read/)
    expect(await scene.refused('clock.set', { clock: CLOCK, date: '02-31' })).to.equal('there is no such time')
    expect(await scene.refused('clock.read', { clock: {} })).to.match(/expected an object/)
  })

  it('clock.set gives any value that is asked for, and the meter its refusal', async () => {
    const scene = await manager()
    const { outcome } = await scene.perform('clock.set', { clock: CLOCK, value: { unsigned: 1 } })
    expect(outcome.names).to.include({ refused: 'type-unmatched' })
  })
})
