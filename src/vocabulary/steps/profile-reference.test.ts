import { expect } from 'chai'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import { testerOn, type SceneOptions, type TesterScene } from '../../prove/scene.ts'

const LOAD = { 'class-id': 7, 'instance-id': '1.0.99.1.0.255' }
/** Its clock is in the second column. */
const DAILY = { 'class-id': 7, 'instance-id': '1.0.99.2.0.255' }
const EVENTS = { 'class-id': 7, 'instance-id': '0.0.99.98.0.255' }
const EMPTY = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255' }

async function reading(options: SceneOptions = {}): Promise<TesterScene> {
  const scene = testerOn('wrapper', options)
  await scene.up({ rung: 'association', client: 'management' })
  return scene
}
const reference = async (scene: TesterScene, args: JsonRecord): Promise<JsonRecord> => {
  const { outcome } = await scene.perform('profile.reference', args)
  const told = outcome.names['reference']
  return isRecord(told) ? told : {}
}

describe('profile.reference', () => {
  it('the last rows of a long buffer, by their numbers', async () => {
    const told = await reference(await reading(), { profile: LOAD, last: 3 })
    expect(told).to.deep.include({ 'in-use': 2000, first: 1998, width: 6, period: 900, order: 'rising' })
    expect(told).to.have.nested.property('numbers.last', 2000)
    expect(told).to.have.nested.property('times.3.octet-string', '07EA01010401000000FFC400')
    expect(told).to.have.nested.property('times.last-but-one.octet-string', '07EA010104002D0000FFC400')
  })
  it('a long buffer is not read as a whole, where it cannot be read by numbers either', async () => {
    const scene = await reading()
    expect(await reference(scene, { profile: LOAD })).to.deep.include({ 'in-use': 2000, rows: [], order: 'rising' })
    const listed = { ...LOAD, buffer: { selectors: [1] } }
    expect(await reference(scene, { profile: listed, last: 3 })).to.deep.include({ rows: [] })
  })
  it('the clock wherever it is, and the same rows with and without numbers', async () => {
    const scene = await reading()
    const told = await reference(scene, { profile: DAILY, last: 5 })
    expect(told).to.have.nested.property('clock.class-id', 8)
    expect(told).to.have.nested.property('pair.0.class-id', 8)
    expect(told).to.have.nested.property('pair.1.instance-id', '1.0.2.8.0.255')
    const listed = { ...DAILY, buffer: { selectors: [1] } }
    expect(await reference(scene, { profile: listed, last: 5 })).to.deep.equal(told)
    expect((await reference(scene, { profile: DAILY }))['rows']).to.have.lengthOf(40)
  })
  it('few rows, and none', async () => {
    const scene = await reading()
    expect((await reference(scene, { profile: EVENTS, last: 5 }))['rows']).to.have.lengthOf(3)
    expect(await reference(scene, { profile: EMPTY, last: 5 })).to.deep.include({ 'in-use': 0, rows: [] })
  })
  it('rows that are not in the order of their times', async () => {
    const scene = await reading({ defects: ['profile.ring.as-stored'] })
    const ring = { 'class-id': 7, 'instance-id': '1.0.99.129.0.255' }
    for (let n = 0; n < 7; n++)
      await scene.perform('invoke', { method: { ...ring, 'method-id': 2 }, parameter: { integer: 0 } })
    expect(await reference(scene, { profile: ring })).to.deep.include({ 'in-use': 5, order: 'none' })
  })
  it('an object that there is not is refused; what is no profile cannot be asked', async () => {
    const scene = await reading()
    const { outcome } = await scene.perform('profile.reference', { profile: { ...LOAD, 'instance-id': '9.9.9.9.9.9' } })
    expect(outcome.names).to.have.property('refused')
    expect(await scene.refused('profile.reference', { profile: {} })).to.match(/^expected a profile/)
  })
})
