import { expect } from 'chai'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const NUMBER = { 'class-id': 1, 'instance-id': '0.0.96.2.0.255', 'attribute-id': 2 }
const WEEKS = { 'class-id': 20, 'instance-id': '0.0.13.0.0.255', 'attribute-id': 2 }
const WEEK = { 'octet-string': '535445' }
const OLD = { 'long-unsigned': 3 }

async function manager(...defects: readonly string[]): Promise<TesterScene> {
  const scene = testerOn('wrapper', { defects })
  await scene.up({ rung: 'association', client: 'management' })
  return scene
}

describe('write.denied', () => {
  it('tells the refusal, and leaves nothing to restore', async () => {
    const scene = await manager()
    const { outcome } = await scene.perform('write.denied', { attribute: NUMBER, value: OLD })
    expect(outcome.names).to.include({ refused: 'read-write-denied' })
    expect(scene.journal.journal()).to.deep.equal([])
  })

  for (const defect of ['access.write.denied-written', 'access.write.denied-executed'])
    it(`sees that the value has changed (${defect}), and puts the old one back`, async () => {
      const scene = await manager(defect)
      const { outcome } = await scene.perform('write.denied', { attribute: NUMBER, value: OLD })
      expect(outcome.names).to.deep.equal({ changed: true })
      expect((await scene.perform('read', { attribute: NUMBER })).outcome.names).to.deep.include({ value: OLD })
      expect(scene.journal.journal()).to.deep.equal([])
    })

  it('writes only the value that is there where another might do harm', async () => {
    const scene = await manager('access.write.denied-written')
    const value = { 'octet-string': '535444' }
    const { outcome } = await scene.perform('write.denied', { attribute: WEEKS, value })
    expect(outcome.names).to.include({ success: true })
  })

  it('writes the value that it is given, whatever the class', async () => {
    const scene = await manager('access.write.denied-written')
    const value = { 'octet-string': '535444' }
    const { outcome } = await scene.perform('write.denied', { attribute: WEEKS, value, other: WEEK })
    expect(outcome.names).to.deep.equal({ changed: true })
    expect(await scene.refused('write.denied', { attribute: WEEKS, value, other: {} })).to.match(/other/)
  })

  it('asks for an attribute and a value', async () => {
    const scene = await manager()
    expect(await scene.refused('write.denied', { attribute: {}, value: OLD })).to.match(/expected an attribute/)
    expect(await scene.refused('write.denied', { attribute: NUMBER, value: {} })).to.match(/value/)
  })
})
