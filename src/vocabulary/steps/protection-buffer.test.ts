import { expect } from 'chai'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const OBJECT = { 'class-id': 30, 'instance-id': '0.0.43.2.0.255' }
const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const OLD = { 'octet-string': 'AABBCCDD' }
const NEW = { 'octet-string': '11223344' }

async function clientOf(meter: string, defects: readonly string[] = []): Promise<TesterScene> {
  const scene = testerOn('wrapper', { meter, defects })
  await scene.up({ rung: 'association', client: 'gmac' })
  return scene
}
const read = async (scene: TesterScene) => (await scene.perform('read', { attribute: SCRATCH })).outcome.names['value']

async function buffered(said: object, meter = 'suite-1', defects: readonly string[] = []) {
  const scene = await clientOf(meter, defects)
  const args = { object: OBJECT, attribute: SCRATCH, ...said }
  return { scene, names: (await scene.perform('protection-buffer.read', args)).outcome.names }
}

describe('protection_buffer', () => {
  for (const meter of ['suite-1', 'suite-2'])
    for (const said of [
      {},
      { by: 'authenticated' },
      { by: 'encrypted' },
      { by: ['authenticated', 'encrypted'] },
      { by: ['signed', 'encrypted'] },
      { key: 'wrapped-key' },
      { key: 'one-pass' },
    ])
      it(`${meter}, ${JSON.stringify(said)}: an attribute is read`, async () => {
        const { names } = await buffered(said, meter)
        expect(names['value']).to.deep.equal(OLD)
      })

  it('what is written for it is put back', async () => {
    const { scene } = await buffered({})
    expect(scene.journal.journal()).to.have.lengthOf(2)
    expect((await scene.perform('restore')).outcome.names).to.include({ success: true })
    await scene.up({ rung: 'association', client: 'gmac' })
    for (const id of [3, 4]) {
      const { outcome } = await scene.perform('read', { attribute: { ...OBJECT, 'attribute-id': id } })
      expect(outcome.names['value']).to.deep.equal({ array: [] })
    }
  })

  it('read in clear is told', async () => {
    const { names } = await buffered({}, 'suite-1', ['data-protection.buffer-clear'])
    expect(names).to.include({ clear: true })
  })

  it('a list that cannot be written is told', async () => {
    const scene = testerOn('wrapper', { meter: 'suite-1' })
    await scene.up({ rung: 'association', client: 'gmac' })
    const object = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255' }
    const { outcome } = await scene.perform('protection-buffer.write', { object, attribute: SCRATCH, value: NEW })
    expect(Object.keys(outcome.names)).to.deep.equal(['unprepared'])
  })

  it('what protects less than is required is not given, and not taken', async () => {
    const scene = await clientOf('suite-1')
    await scene.perform('write', { attribute: { ...OBJECT, 'attribute-id': 6 }, value: { enum: 0x6c } })
    const args = { object: OBJECT, attribute: SCRATCH }
    const got = async (by: string) => (await scene.perform('protection-buffer.read', { ...args, by })).outcome.names
    expect((await got('as-required'))['value']).to.deep.equal(OLD)
    expect(await got('less-than-required')).to.include({ unopened: true })
    const written = async (by: string) =>
      (await scene.perform('protection-buffer.write', { ...args, value: NEW, by })).outcome.names
    expect(await written('less-than-required')).to.include({ refused: 'read-write-denied' })
    expect(await read(scene)).to.deep.equal(OLD)
    expect(await written('as-required')).to.include({ success: true })
    expect(await read(scene)).to.deep.equal(NEW)
  })

  for (const [said, defects, success] of [
    [{}, [], true],
    [{ by: ['authenticated', 'encrypted'] }, [], true],
    [{ key: 'static-unified' }, [], true],
    [{ by: 'signed' }, [], true],
    [{ by: 'signed', flip: 'outermost' }, [], false],
    [{ flip: 'outermost' }, [], false],
    [{ plain: true }, [], false],
    [{ plain: true }, ['data-protection.buffer-plain-taken'], true],
    [{ flip: 'outermost' }, ['data-protection.tag-unverified'], true],
  ] as const)
    it(`${JSON.stringify(said)}: an attribute is ${success ? '' : 'not '}written ${defects.join(' ')}`, async () => {
      const scene = await clientOf('suite-1', defects)
      const args = { object: OBJECT, attribute: SCRATCH, value: { 'octet-string': '11223345' }, ...said }
      const { outcome } = await scene.perform('protection-buffer.write', args)
      expect(outcome.names).to.have.property(success ? 'success' : 'refused')
      const written = JSON.stringify(await read(scene)) !== JSON.stringify(OLD)
      expect(written).to.equal(success)
    })
})
