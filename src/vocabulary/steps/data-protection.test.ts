import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
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

  for (const meter of ['suite-1', 'suite-2'])
    for (const by of ['signed', ['signed', 'encrypted'], ['signed', 'authenticated-encrypted'], ['signed', 'signed']])
      it(`${meter}, by ${String(by)}: an attribute is given, and taken but with a wrong signature`, async () => {
        const scene = await clientOf(meter)
        const { outcome } = await scene.perform('data-protection.get', { object: OBJECT, attribute: SCRATCH, by })
        expect(outcome.names['value']).to.deep.equal(OLD)
        const set = async (said: object) =>
          (await scene.perform('data-protection.set', { object: OBJECT, attribute: SCRATCH, value: NEW, by, ...said }))
            .outcome.names
        for (const wrong of [{ flip: 'innermost' }, { under: 'another' }, { signature: 'zeros' }])
          expect(await set(wrong), JSON.stringify(wrong)).to.include({ refused: 'other-reason' })
        expect(await read(scene)).to.deep.equal(OLD)
        expect(await set({})).to.include({ success: true })
        expect(await read(scene)).to.deep.equal(NEW)
      })

  for (const [defect, name] of [
    ['data-protection.unsigned', 'fewer-layers'],
    ['data-protection.zero-signature-given', 'fewer-layers'],
    ['data-protection.signed-by-another-key', 'other-key'],
    ['data-protection.signed-as-asked', 'unverified'],
  ] as const)
    for (const by of ['signed', ['signed', 'authenticated-encrypted']])
      it(`get by ${String(by)}: ${defect} is told`, async () => {
        const scene = await client(defect)
        const { outcome } = await scene.perform('data-protection.get', { object: OBJECT, attribute: SCRATCH, by })
        expect(outcome.names).to.include({ [name]: true })
        expect(outcome.names).not.to.have.property('value')
      })

  it('get: what was signed when it was encrypted already is told', async () => {
    const scene = await client('data-protection.first-layer-outermost')
    const get = async (by: readonly string[]) =>
      (await scene.perform('data-protection.get', { object: OBJECT, attribute: SCRATCH, by })).outcome.names
    expect(await get(['signed', 'encrypted'])).to.include({ reversed: true })
    expect(await get(['signed', 'encrypted'])).not.to.have.property('value')
    expect((await get(['authenticated', 'encrypted']))['value']).to.deep.equal(OLD)
  })

  it('another pair and wrong numbers are for layers that sign', async () => {
    const scene = await client()
    for (const wrong of [{ under: 'another' }, { signature: 'zeros' }])
      expect(
        await scene.refused('data-protection.set', { object: OBJECT, attribute: SCRATCH, value: NEW, ...wrong }),
      ).to.match(/^by: /)
  })

  const required = (scene: TesterScene, bits: number) =>
    scene.perform('write', { attribute: { ...OBJECT, 'attribute-id': 6 }, value: { enum: bits } })

  for (const [word, bits, args] of [
    ['data-protection.get', 0x60, { attribute: SCRATCH }],
    ['data-protection.get', 0x80, { attribute: SCRATCH }],
    ['data-protection.set', 0x0c, { attribute: SCRATCH, value: NEW }],
    ['data-protection.set', 0x10, { attribute: SCRATCH, value: NEW }],
    ['data-protection.invoke', 0x04, { method: CAPTURE, parameter: { integer: 0 } }],
  ] as const)
    it(`${word}, required_protection ${bits}: less is refused, as much is not`, async () => {
      const scene = await client()
      const perform = async (by: string) => (await scene.perform(word, { object: OBJECT, ...args, by })).outcome.names
      expect(await perform('as-required')).to.deep.equal({ unrequired: true })
      await required(scene, bits)
      expect(await perform('less-than-required')).to.include({ refused: 'read-write-denied' })
      expect(await read(scene)).to.deep.equal(OLD)
      expect(await perform('as-required')).to.have.any.keys('value', 'success')
    })

  it('what is required of responses is not required of requests', async () => {
    const scene = await client()
    await required(scene, 0x60)
    const set = await scene.perform('data-protection.set', {
      object: OBJECT,
      attribute: SCRATCH,
      value: NEW,
      by: 'encrypted',
    })
    expect(set.outcome.names).to.include({ success: true })
  })

  it('set: several attributes at once, all or none', async () => {
    const scene = await client()
    const NUMBER = { 'class-id': 1, 'instance-id': '0.0.96.128.8.255', 'attribute-id': 2 }
    const set = async (second: Readonly<Record<string, Value>>) =>
      (await scene.perform('data-protection.set', { object: OBJECT, attribute: SCRATCH, value: NEW, and: [second] }))
        .outcome.names
    const hidden = { attribute: { ...NUMBER, 'attribute-id': 1 }, value: { 'octet-string': '000000000000' } }
    expect(await set(hidden)).to.include({ refused: 'scope-of-access-violated' })
    expect(await set({ attribute: NUMBER, value: { unsigned: 18 } })).to.include({ refused: 'type-unmatched' })
    expect(await read(scene)).to.deep.equal(OLD)
    expect(await set({ attribute: NUMBER, value: { 'double-long-unsigned': 18 } })).to.include({ success: true })
    expect(await read(scene)).to.deep.equal(NEW)
    const { outcome } = await scene.perform('read', { attribute: NUMBER })
    expect(outcome.names['value']).to.deep.equal({ 'double-long-unsigned': 18 })
    expect(scene.journal.journal().map(({ key }) => key)).to.include.members([
      'management/1/0.0.96.128.1.255/2',
      'management/1/0.0.96.128.8.255/2',
    ])
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
