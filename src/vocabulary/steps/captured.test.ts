import { expect } from 'chai'
import { isRecord } from '../../protocol/json.ts'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255' }
const DAILY = { 'class-id': 7, 'instance-id': '1.0.99.2.0.255' }

async function manager(...defects: readonly string[]): Promise<TesterScene> {
  const scene = testerOn('wrapper', { defects })
  await scene.up({ rung: 'association', client: 'management' })
  return scene
}

describe('profile.registers', () => {
  it('tells what each register that is captured holds now, and at which column', async () => {
    const scene = await manager()
    const { outcome } = await scene.perform('profile.reference', { profile: DAILY, last: 1 })
    const of = outcome.names['reference'] ?? null
    const { names } = (await scene.perform('profile.registers', { of })).outcome
    expect(names['registers']).to.have.lengthOf(2)
    expect(names['registers']).to.have.nested.property('[0].at', 2)
    expect(names['registers']).to.have.nested.property('[0].value.double-long-unsigned', 1234567)
  })
  it('asks for what profile.reference tells', async () => {
    expect(await (await manager()).refused('profile.registers', { of: {} })).to.match(/profile.reference/)
  })
})

describe('clock.sample', () => {
  it('tells how far the clock is ahead, and sees it gain', async () => {
    const scene = await manager('clock.drift')
    const ahead = async (): Promise<number> => {
      const { sample } = (await scene.perform('clock.sample', { clock: CLOCK, times: 2 })).outcome.names
      expect(sample).to.include({ resolution: 10 })
      return isRecord(sample) ? Number(sample['ahead']) : NaN
    }
    const first = await ahead()
    expect(first).to.be.closeTo(Date.UTC(2026, 0, 1), 50)
    await scene.tester.wait('main', 600_000)
    await scene.up({ rung: 'association', client: 'management' })
    expect(await ahead()).to.be.greaterThan(first)
  })
  it('asks for a clock', async () => {
    expect(await (await manager()).refused('clock.sample', { clock: {} })).to.match(/expected an object/)
  })
})
