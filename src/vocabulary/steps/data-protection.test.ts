import { expect } from 'chai'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

const OBJECT = { 'class-id': 30, 'instance-id': '0.0.43.2.0.255' }
const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const BASE = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 9 }
const CAPTURE = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'method-id': 2 }
const OLD = { 'octet-string': 'AABBCCDD' }
const NEW = { 'octet-string': '11223344' }

const client = (...defects: readonly string[]): Promise<TesterScene> => clientOf('suite-1', defects)

async function clientOf(meter: string, defects: readonly string[] = []): Promise<TesterScene> {
  const scene = testerOn('wrapper', { meter, defects })
  await scene.up({ rung: 'association', client: 'gmac' })
  return scene
}
const read = async (scene: TesterScene) => (await scene.perform('read', { attribute: SCRATCH })).outcome.names['value']

describe('words of Data protection', () => {
  for (const by of ['authenticated', 'encrypted', 'authenticated-encrypted'])
    it(`get: an attribute, ${by}`, async () => {
      const scene = await client()
      const { outcome } = await scene.perform('data-protection.get', { object: OBJECT, attribute: SCRATCH, by })
      expect(outcome.names['value']).to.deep.equal(OLD)
    })

  for (const meter of ['suite-1', 'suite-2'])
    for (const key of ['wrapped-key', 'one-pass', 'static-unified'])
      for (const by of ['authenticated', 'encrypted', 'authenticated-encrypted', ['authenticated', 'encrypted']])
        it(`${meter}, get: an attribute, ${String(by)}, ${key}`, async () => {
          const scene = await clientOf(meter)
          const { outcome } = await scene.perform('data-protection.get', {
            object: OBJECT,
            attribute: SCRATCH,
            by,
            key,
          })
          expect(outcome.names['value']).to.deep.equal(OLD)
        })

  for (const by of [
    ['authenticated', 'encrypted'],
    ['encrypted', 'authenticated'],
    ['authenticated-encrypted', 'authenticated-encrypted'],
  ])
    it(`get: an attribute in layers, ${by.join(' and ')}`, async () => {
      const scene = await client()
      const { outcome } = await scene.perform('data-protection.get', { object: OBJECT, attribute: SCRATCH, by })
      expect(outcome.names['value']).to.deep.equal(OLD)
    })

  for (const [defect, args, name] of [
    ['data-protection.wrapped-key-unused', { key: 'wrapped-key' }, 'other-key'],
    ['data-protection.agreed-key-unused', { key: 'one-pass' }, 'other-key'],
    ['data-protection.agreed-key-unused', { key: 'static-unified' }, 'other-key'],
    ['data-protection.last-layer-only', { by: ['authenticated', 'encrypted'] }, 'fewer-layers'],
    ['data-protection.last-layer-only', { by: ['encrypted', 'authenticated'] }, 'clear'],
  ] as const)
    it(`get ${JSON.stringify(args)}: ${defect} is told`, async () => {
      const scene = await client(defect)
      const { outcome } = await scene.perform('data-protection.get', { object: OBJECT, attribute: SCRATCH, ...args })
      expect(outcome.names).to.have.property(name)
      expect(outcome.names).not.to.have.property('value')
    })

  for (const [defect, args] of [
    ['data-protection.inner-tag-unverified', { by: ['authenticated', 'authenticated'], flip: 'innermost' }],
    ['data-protection.any-key', { key: 'wrapped-key', under: 'global-unicast-encryption-key' }],
    ['data-protection.any-key', { key: 'one-pass', under: 'global-unicast-encryption-key' }],
    ['data-protection.any-key', { key: 'static-unified', under: 'global-unicast-encryption-key' }],
  ] as const)
    it(`set ${JSON.stringify(args)}: is refused, and not with ${defect}`, async () => {
      const { flip: _, under: __, ...right } = { flip: '', under: '', ...args }
      const set = (scene: TesterScene, said: object) =>
        scene.perform('data-protection.set', { object: OBJECT, attribute: SCRATCH, value: NEW, ...said })
      const scene = await client()
      expect((await set(scene, args)).outcome.names).to.include({ refused: 'other-reason' })
      expect(await read(scene)).to.deep.equal(OLD)
      expect((await set(scene, right)).outcome.names).to.include({ success: true })
      expect(await read(scene)).to.deep.equal(NEW)
      const wrong = await client(defect)
      expect((await set(wrong, args)).outcome.names).to.include({ success: true })
    })

  for (const key of ['wrapped-key', 'one-pass', 'static-unified'])
    it(`set by ${key}: a new key begins at 0, and the unicast key in its place never uses a counter again`, async () => {
      const scene = await client()
      const counterOf = async (under: object): Promise<number> => {
        const args = { object: OBJECT, attribute: SCRATCH, value: NEW, key, ...under }
        await scene.perform('data-protection.set', args)
        const sent = scene.events.flatMap((event) =>
          event.event === 'protection' && event.direction === 'sent' ? [event.apdu ?? ''] : [],
        )
        // the contents come last: security control, counter, a value of six octets, and its tag
        const [, counter = ''] =
          /31(.{8}).{36}$/.exec(sent.filter((octets) => octets.startsWith('C301')).at(-1) ?? '') ?? []
        return Number.parseInt(counter, 16)
      }
      const under = { under: 'global-unicast-encryption-key' }
      const [own, first, second] = [await counterOf({}), await counterOf(under), await counterOf(under)]
      expect(own).to.equal(0)
      expect(first).to.be.greaterThan(0)
      expect(second).to.be.greaterThan(first)
    })

  it('get: what is told in clear, and what is refused', async () => {
    const clear = await client('data-protection.clear')
    const { outcome } = await clear.perform('data-protection.get', { object: OBJECT, attribute: SCRATCH })
    expect(outcome.names).to.include({ clear: true })
    expect(outcome.names).not.to.have.property('value')
    const refused = await (await client()).perform('data-protection.get', { object: OBJECT, attribute: BASE })
    expect(refused.outcome.names).to.include({ refused: 'scope-of-access-violated' })
  })

  it('set: what is protected is written and journalled, what was changed is not written', async () => {
    const scene = await client()
    const set = (value: typeof NEW, flip?: 'outermost') =>
      scene.perform('data-protection.set', { object: OBJECT, attribute: SCRATCH, value, ...(flip ? { flip } : {}) })
    expect((await set(NEW)).outcome.names).to.include({ success: true })
    expect(await read(scene)).to.deep.equal(NEW)
    expect(scene.journal.journal()).to.have.lengthOf(1)
    expect((await set(OLD, 'outermost')).outcome.names).to.include({ refused: 'other-reason' })
    expect(await read(scene)).to.deep.equal(NEW)
  })

  it('invoke: a method with protected parameters', async () => {
    const scene = await client()
    const invoked = (flip?: 'outermost') =>
      scene.perform('data-protection.invoke', {
        object: OBJECT,
        method: CAPTURE,
        parameter: { integer: 0 },
        ...(flip ? { flip } : {}),
      })
    expect((await invoked()).outcome.names).to.include({ success: true })
    expect((await invoked('outermost')).outcome.names).to.include({ refused: 'other-reason' })
  })

  it('ask for an object, an attribute and keys', async () => {
    const scene = await client()
    expect(await scene.refused('data-protection.get', { object: {}, attribute: SCRATCH })).to.match(/^object: /)
    expect(await scene.refused('data-protection.get', { object: OBJECT, attribute: {} })).to.match(/^attribute: /)
  })
})
