import { expect } from 'chai'
import { hex, type Value } from '../../codec/value.ts'
import { testerOn, type SceneOptions, type TesterScene } from '../../prove/scene.ts'
import { keyEntry, oldKey, type KeyChange } from './key-journal.ts'

const SETUP = '0.0.43.0.2.255'
const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }
const GUEK = 'global-unicast-encryption-key'
const GAK = 'authentication-key'
const ASSOCIATED = { rung: 'association', client: 'sacrificial' } as const

async function associated(options: SceneOptions = {}): Promise<TesterScene> {
  const scene = testerOn('wrapper', options)
  await scene.up(ASSOCIATED)
  return scene
}

type Args = Readonly<Record<string, Value>>

const names = async (scene: TesterScene, word: string, args: Args = {}): Promise<readonly string[]> =>
  Object.keys((await scene.perform(word, args)).outcome.names)
const reads = async (scene: TesterScene): Promise<boolean> =>
  (await names(scene, 'read', { attribute: CLOCK })).includes('value')
const journalled = (scene: TesterScene): readonly string[] => scene.journal.journal().map(({ key }) => key)

describe('key.transfer', () => {
  for (const keys of [[GUEK], [GAK], ['global-broadcast-encryption-key'], [GUEK, GAK]])
    it(`${keys.join(' and ')}: new in this association and in the next, and old again afterwards`, async () => {
      const scene = await associated()
      expect(await names(scene, 'key.transfer', { keys })).to.include('success')
      expect(journalled(scene)).to.deep.equal(keys.map((key) => `keys/management/${SETUP}/${key}`))
      expect(await reads(scene)).to.equal(true)
      await scene.up(ASSOCIATED)
      expect(await reads(scene)).to.equal(true)
      expect(await names(scene, 'restore')).to.include('success')
      expect(journalled(scene)).to.deep.equal([])
      await scene.up(ASSOCIATED)
      expect(await reads(scene)).to.equal(true)
    })

  it('goes back in the association of the transfer, and is the valid one from then on', async () => {
    const scene = await associated()
    await scene.perform('key.transfer', { keys: [GUEK, GAK] })
    expect(await names(scene, 'key.transfer', { keys: [GUEK, GAK], back: true })).to.include('success')
    expect(await reads(scene)).to.equal(true)
    await scene.up(ASSOCIATED)
    expect(await reads(scene)).to.equal(true)
    expect(await names(scene, 'restore')).to.include('success')
  })

  for (const defects of [['keys.master-wrap-unchecked'], ['keys.broken-told-taken'], []])
    it(`a broken master key: ${defects.join() || 'refused'}, and the old one unwraps afterwards`, async () => {
      const scene = await associated({ meter: 'suite-1', defects })
      for (const wrap of ['another-key', 'damaged']) {
        const sent = await names(scene, 'key.transfer', { keys: ['master-key'], wrong: { wrap } })
        expect(sent).to.include(defects.length > 0 ? 'success' : 'refused')
        expect(await names(scene, 'restore')).to.include('success')
        expect(journalled(scene)).to.deep.equal([])
        await scene.up(ASSOCIATED)
        expect(await names(scene, 'key.transfer', { keys: [GUEK] })).to.include('success')
        expect(await names(scene, 'restore')).to.include('success')
        await scene.up(ASSOCIATED)
        expect(await reads(scene)).to.equal(true)
      }
    })

  it('a master key that nothing is wrong with is not sent', async () =>
    expect(await (await associated()).refused('key.transfer', { keys: ['master-key'] })).to.match(/something wrong/))

  it('keeps the request as it was sent', async () => {
    const scene = await associated()
    const { saved } = await scene.perform('key.transfer', { keys: ['global-broadcast-encryption-key'] })
    expect(`${scene.sent().at(-1)?.slice(16)}`).to.equal(saved['request'])
    expect(saved['request']).to.match(/^CB/)
  })

  it('hides a key before it is noted, and the old one is refused from then on', async () => {
    const scene = await associated()
    await scene.perform('key.transfer', { keys: [GUEK] })
    const [entry] = scene.journal.journal()
    expect(entry?.how).to.deep.include({ new: { octets: hex(scene.kept[0] ?? new Uint8Array(0)) } })
    const old = { 'protection.encryption-key': `former-${GUEK}` }
    const came = await scene.send({ messages: [{ get: CLOCK }], wrong: old })
    expect(came)
      .to.have.nested.property('outcome.text')
      .that.matches(/deciphering-error/)
  })

  for (const wrong of [
    { wrap: 'another-key' },
    { wrap: 'damaged' },
    { under: GUEK },
    { under: GAK },
    { wrappedOctets: 16 },
    { wrappedOctets: 23 },
    { wrappedOctets: 32 },
    { keyOctets: 32 },
    { keyId: 255 },
  ])
    it(`is refused with ${JSON.stringify(wrong)}, and the old keys stay`, async () => {
      const scene = await associated()
      expect(await names(scene, 'key.transfer', { keys: [GAK, GUEK], wrong })).to.include('refused')
      expect(await reads(scene)).to.equal(true)
      expect(await names(scene, 'restore')).to.include('success')
    })

  for (const wrong of [{ wrap: 'another-key' }, { wrap: 'damaged' }])
    it(`a meter that takes what comes of ${wrong.wrap} gets its old keys again`, async () => {
      const scene = await associated({ defects: ['keys.wrap-unchecked'] })
      expect(await names(scene, 'key.transfer', { keys: [GUEK], wrong })).to.include('success')
      expect(await names(scene, 'restore')).to.include('success')
      await scene.up(ASSOCIATED)
    })

  for (const [under, defect] of [
    [GUEK, 'keys.wrapped-under-unicast'],
    [GAK, 'keys.wrapped-under-authentication'],
    [GUEK, 'keys.wrap-unchecked'],
  ] as const)
    it(`a meter with ${defect} that takes what is wrapped under the ${under} gets its old keys again`, async () => {
      const scene = await associated({ defects: [defect] })
      expect(await names(scene, 'key.transfer', { keys: [GUEK], wrong: { under } })).to.include('success')
      expect(await names(scene, 'restore')).to.include('success')
      await scene.up(ASSOCIATED)
      expect(await reads(scene)).to.equal(true)
    })

  it('an answer under the new key is told apart from a wrong one', async () => {
    const scene = await associated({ defects: ['keys.used-at-once'] })
    const { outcome } = await scene.perform('key.transfer', { keys: [GUEK] })
    expect(outcome.broken.map(({ clause }) => clause)).to.deep.equal(['keys.transfer'])
  })

  it('one key at a time: a wrong one after it would leave nobody knowing', async () => {
    const scene = await associated()
    await scene.perform('key.transfer', { keys: [GUEK] })
    expect(await names(scene, 'key.transfer', { keys: [GUEK] })).to.include('success')
    expect(await scene.refused('key.transfer', { keys: [GUEK], wrong: { keyId: 4 } })).to.match(/on its way/)
    await scene.up({ rung: 'association', client: 'reader' })
    expect(await scene.refused('key.transfer', { keys: [GUEK] })).to.match(/no Security setup/)
  })

  it('after an abort the ring that opens is found, and the old keys go back', async () => {
    const NEW = 'A55A'.repeat(8)
    const change: KeyChange = {
      client: 'sacrificial',
      device: 'management',
      object: SETUP,
      name: GUEK,
      old: { secret: 'sacrificial-unicast' },
      new: { octets: Uint8Array.from(Buffer.from(NEW, 'hex')) },
    }
    const scene = testerOn('wrapper', {
      described: ({ secrets, securitySetups = {}, ...others }) => {
        const setup = securitySetups[SETUP]
        if (setup === undefined) throw new TypeError('the description lacks the setup')
        return {
          ...others,
          secrets: { ...secrets, new: { hex: NEW } },
          securitySetups: { ...securitySetups, [SETUP]: { ...setup, keys: { ...setup.keys, [GUEK]: 'new' } } },
        }
      },
    })
    const { key, ...how } = keyEntry(change)
    scene.journal.remember({ key, how: { ...how, port: 'wrapper' }, old: oldKey(change.old), at: '' })
    expect(await names(scene, 'restore')).to.include('success')
    expect(journalled(scene)).to.deep.equal([])
    await scene.up(ASSOCIATED)
    expect(await reads(scene)).to.equal(true)
  })
})

describe('secret.change', () => {
  const HLS = { rung: 'association', client: 'hls' } as const

  it('the new one opens, and the old one goes back', async () => {
    const scene = testerOn('wrapper')
    await scene.up(HLS)
    expect(await names(scene, 'secret.change')).to.include('success')
    await scene.up(HLS)
    expect(await names(scene, 'restore')).to.include('success')
    await scene.up(HLS)
    expect(journalled(scene)).to.deep.equal([])
  })

  for (const length of [0, 1])
    it(`of ${length} octets is refused, and goes back where it is not`, async () => {
      const scene = testerOn('wrapper')
      await scene.up(HLS)
      expect(await names(scene, 'secret.change', { length })).to.include('refused')
      const other = testerOn('wrapper', { defects: ['hls.secret-empty'] })
      await other.up(HLS)
      await other.perform('secret.change', { length })
      expect(await names(other, 'restore')).to.include('success')
      await other.up(HLS)
    })
})
