import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const CALENDAR = { 'class-id': 20, 'instance-id': '0.0.13.0.0.255' }
const attribute = (id: number) => ({ ...CALENDAR, 'attribute-id': id })
const ACTIVATE = { method: { ...CALENDAR, 'method-id': 1 }, parameter: { integer: 0 } }
const TABLES: readonly Value[] = [{ 'octet-string': '58' }, { array: [] }, { array: [] }, { array: [] }]

async function manager(): Promise<TesterScene> {
  const scene = testerOn('wrapper')
  await scene.up({ rung: 'association', client: 'management' })
  return scene
}
const name = async (scene: TesterScene, id: number): Promise<unknown> =>
  (await scene.perform('read', { attribute: attribute(id) })).outcome.names['value']

describe('words of calendars', () => {
  it('the active one is told, written by way of the passive one, and both are put back', async () => {
    const scene = await manager()
    await scene.perform('calendar.remember', { calendar: CALENDAR })
    await scene.perform('calendar.write-passive', { calendar: CALENDAR, tables: [...TABLES] })
    await scene.perform('invoke', ACTIVATE)
    const { outcome } = await scene.perform('calendar.read-active', { calendar: CALENDAR })
    expect(outcome.names).to.deep.equal({ tables: TABLES })
    expect((await scene.perform('restore')).outcome.names).to.include({ success: true })
    await scene.up({ rung: 'association', client: 'management' })
    expect([await name(scene, 2), await name(scene, 6)]).to.deep.equal([
      { 'octet-string': '535444' },
      { 'octet-string': '4E4557' },
    ])
    expect(scene.journal.journal()).to.deep.equal([])
  })

  it('what was not activated is not activated by the restoration', async () => {
    const scene = await manager()
    await scene.perform('calendar.remember', { calendar: CALENDAR })
    await scene.perform('calendar.write-passive', { calendar: CALENDAR, tables: [...TABLES] })
    await scene.perform('restore')
    await scene.up({ rung: 'association', client: 'management' })
    expect([await name(scene, 2), await name(scene, 6)]).to.deep.equal([
      { 'octet-string': '535444' },
      { 'octet-string': '4E4557' },
    ])
  })

  it('a table that is refused is told, and nothing is written without a calendar', async () => {
    const scene = await manager()
    const tables = [{ unsigned: 1 }, ...TABLES.slice(1)]
    const { outcome } = await scene.perform('calendar.write-passive', { calendar: CALENDAR, tables })
    expect(outcome.names).to.include({ refused: 'type-unmatched' })
    for (const word of ['calendar.remember', 'calendar.read-active'])
      expect(await scene.refused(word, { calendar: {} })).to.match(/expected an object/)
    expect(
      await scene.refused('calendar.remember', { calendar: { ...CALENDAR, 'instance-id': '0.0.13.0.9.255' } }),
    ).to.match(/could not be read/)
  })
})
