import { expect } from 'chai'
import { answeringServices } from '../answering.ts'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const ENERGY = { 'class-id': 3, 'instance-id': '1.0.1.8.0.255', 'attribute-id': 2 }

async function answered(answers: (asked: string, n: number) => readonly string[]): Promise<TesterScene> {
  const scene = testerOn('wrapper', {
    between: (party, port) => (port === 'wrapper' ? answeringServices(answers) : party),
  })
  await scene.up({ rung: 'association' })
  return scene
}

/** C4 01 C1 00 11 05 in three blocks, the first two streamed. */
const ONE = 'E0410001000102C401'
const TWO = 'E0410002000102C100'
const THREE = 'E08100030001021105'

describe('words in general block transfer', () => {
  const args = { attribute: ENERGY, by: 'general-block-transfer', window: 4 }

  it('read in a window', async () => {
    const scene = await answered(() => [ONE, TWO, THREE])
    const { outcome, saved } = await scene.perform('read', args)
    expect(outcome.names).to.deep.include({ value: { unsigned: 5 }, executed: 'get' })
    expect(outcome.broken).to.deep.equal([])
    expect(saved['blocks']).to.equal(3)
    expect(scene.sent().at(-1)).to.match(/E084000100000DC001C100030100010800FF0200$/)
  })

  it('read, and a block is lost', async () => {
    const scene = await answered((_, n) => (n === 1 ? [ONE, TWO, THREE] : [TWO, THREE]))
    const { outcome, saved } = await scene.perform('read', { ...args, loseBlock: 2 })
    expect(outcome.names).to.deep.include({ value: { unsigned: 5 } })
    expect(outcome.broken).to.deep.equal([])
    expect(saved['blocks']).to.equal(5)
    expect(scene.sent().at(-1)).to.match(/E0840002000100$/)
  })

  it('read from a meter that leaves a block out', async () => {
    const scene = await answered(() => [ONE, THREE])
    const { outcome } = await scene.perform('read', args)
    expect(outcome.names).not.to.have.property('value')
    expect(outcome.broken[0]).to.deep.include({ rule: 'gbt-number', clause: 'xdlms.general-block-transfer' })
  })

  it('read from a meter that answers another invoke-id within the blocks', async () => {
    const scene = await answered(() => [ONE, TWO.replace('C100', 'C700'), THREE])
    const { outcome } = await scene.perform('read', args)
    expect(outcome.broken.map(({ rule }) => rule)).to.deep.equal(['invoke-id-and-priority'])
  })

  it('read from a meter that answers without blocks, or not at all', async () => {
    const plain = await answered(() => ['C401C1001105'])
    expect((await plain.perform('read', args)).outcome.names).to.deep.include({ value: { unsigned: 5 } })
    const silent = await answered(() => [])
    expect((await silent.perform('read', args)).outcome.names).to.have.property('silent')
  })
})

describe('words of a client with short names', () => {
  const SHORT = '0C010001010204100100120003110009060100010800FF'
  it('read, write and alive choose them by themselves', async () => {
    const asked: string[] = []
    const scene = testerOn('wrapper', {
      between: (party, port) =>
        port === 'wrapper'
          ? answeringServices((apdu) => {
              asked.push(apdu)
              return [apdu === '050102FA08' ? SHORT : apdu.startsWith('05') ? '0C01001105' : '0D0100']
            })
          : party,
      declared: (value) =>
        JSON.parse(JSON.stringify(value).replaceAll('"context":"ln"', '"context":"sn"')) as typeof value,
    })
    await scene.up({ rung: 'association' })
    expect((await scene.perform('association.alive')).outcome.names).to.include({ success: true })
    const read = await scene.perform('read', { attribute: ENERGY })
    expect(read.outcome.names).to.deep.include({ value: { unsigned: 5 }, executed: 'read' })
    expect((await scene.perform('write', { attribute: ENERGY, value: { unsigned: 6 } })).outcome.names).to.include({
      success: true,
      executed: 'write',
    })
    const unlisted = await scene.perform('read', { attribute: { ...ENERGY, 'class-id': 4 } })
    expect(unlisted.outcome.names).to.deep.equal({ unlisted: true })
    expect(asked).to.deep.equal(['050102FA00', '050102FA08', '0501020108', '0501020108', '0601020108011106'])
  })
})
