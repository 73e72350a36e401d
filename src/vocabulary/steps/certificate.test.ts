import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'
import { x509 } from '../../simulator/model/security-setup/x509.ts'
import { CERTIFICATE_FAULTS, MALFORMED } from '../certificates/faults.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }

const scenes = async (meter = 'suite-1', defects: readonly string[] = []) => {
  const scene = testerOn('wrapper', { meter, defects, x509 })
  await scene.up({ rung: 'association', client: 'sacrificial' })
  const came = async (word: string, args = {}): Promise<string> =>
    Object.keys((await scene.perform(word, args)).outcome.names).at(-1) ?? 'nothing'
  const count = async (): Promise<number> => {
    const { list = null } = (await scene.perform('certificate.list')).saved
    return Array.isArray(list) ? list.length : -1
  }
  return { ...scene, came, count }
}

describe('certificates', () => {
  for (const meter of ['suite-1', 'suite-2']) {
    it(`${meter}: a right one is imported, exported, kept over a power cycle, and removed afterwards`, async () => {
      const { perform, came, count, journal, up } = await scenes(meter)
      const { saved, outcome } = await perform('certificate.import')
      expect(outcome.names).to.have.property('success')
      expect(await count()).to.equal(4)
      expect(await came('meter.power-cycle')).to.equal('success')
      await up({ rung: 'association', client: 'sacrificial' })
      expect(await came('certificate.export', { certificates: saved['certificates'] })).to.equal('success')
      expect(journal.journal()).to.have.lengthOf(1)
      expect(await came('restore')).to.equal('success')
      expect(journal.journal()).to.have.lengthOf(0)
      await up({ rung: 'association', client: 'sacrificial' })
      expect(await count()).to.equal(3)
    })
    for (const fault of meter === 'suite-1' ? [...CERTIFICATE_FAULTS, ...MALFORMED] : ['other-curve', 'long-name'])
      it(`${meter}: one that is wrong (${fault}) is refused`, async () => {
        const { came, count } = await scenes(meter)
        expect(await came('certificate.import', { fault })).to.equal('refused')
        expect(await count()).to.equal(3)
        expect(await came('restore')).to.equal('success')
      })
    it(`${meter}: a new pair for key agreement is used once its certificate is there`, async () => {
      const { perform, came, up, send } = await scenes(meter)
      const agreed = { get: CLOCK, 'protection.form': 'general-ciphering', 'protection.key-info': 'one-pass' }
      const keyPair = 'key-agreement'
      const isServed = async (): Promise<boolean> => {
        const sent = await send({ messages: [agreed] })
        return 'outcome' in sent && 'get-response' in sent.outcome.names
      }
      expect(await came('key-pair.generate', { keyPair })).to.equal('success')
      const { saved } = await perform('certificate.request', { keyPair })
      expect(await isServed(), 'the old key').to.equal(true)
      expect(await came('certificate.import', { keyPair, request: saved['request'] })).to.equal('success')
      expect(await isServed(), 'the old key, when the new one is there').to.equal(false)
      await up({ rung: 'association', client: 'sacrificial' })
      expect(await isServed(), 'the tester knows the new key').to.equal(true)
      expect(await came('key.agree'), 'with the signing key that there was').to.equal('success')
    })
    it(`${meter}: a key pair that comes again is told from a new one`, async () => {
      const again = async (defects: readonly string[]): Promise<string> => {
        const { perform, came } = await scenes(meter, defects)
        await came('key-pair.generate')
        const { publicKey = '' } = (await perform('certificate.request')).saved
        expect(publicKey).to.match(/^([0-9A-F]{2}){64,96}$/)
        await came('key-pair.generate')
        return came('certificate.request', { unlike: [publicKey] })
      }
      expect(await again([])).to.equal('success')
      expect(await again(['certificates.pair-repeated'])).to.equal('repeated')
    })
    it(`${meter}: a new key pair is requested for and used once its certificate is there`, async () => {
      const { perform, came, up } = await scenes(meter)
      expect(await came('key-pair.generate')).to.equal('success')
      const { saved, outcome } = await perform('certificate.request')
      expect(outcome.names).to.have.property('success')
      expect(await came('key.agree')).to.equal('success')
      expect(await came('certificate.import', { request: saved['request'] })).to.equal('success')
      expect(await came('key.agree'), 'the tester knows the new key').to.equal('success')
      expect(await came('meter.power-cycle')).to.equal('success')
      await up({ rung: 'association', client: 'sacrificial' })
      expect(await came('key.agree')).to.equal('success')
    })
  }

  it('so many are imported until one is refused', async () => {
    const { perform, count } = await scenes()
    const { saved, outcome } = await perform('certificate.import', { times: 20 })
    expect(outcome.names).to.have.property('refused')
    expect(saved['certificates']).to.have.lengthOf(9)
    expect(await count()).to.equal(12)
  })
  it('one like another has its serial number', async () => {
    const { perform, came, count } = await scenes()
    const { saved } = await perform('certificate.import')
    expect(await came('certificate.import', { like: saved['certificate'] })).to.equal('success')
    expect(await count()).to.equal(4)
    expect(await came('certificate.export', { certificates: [saved['certificate']] })).to.equal('differs')
    expect(await came('certificate.list')).to.equal('success')
  })
  it('two with one serial number are told', async () => {
    const { perform, came } = await scenes('suite-1', ['certificates.same-twice'])
    const { saved } = await perform('certificate.import')
    await came('certificate.import', { like: saved['certificate'] })
    expect(await came('certificate.list')).to.equal('twins')
    expect(await came('restore')).to.equal('success')
  })
  it('the list is the same as long as nothing is imported', async () => {
    const { perform } = await scenes()
    const list = async () => (await perform('certificate.list')).saved['list']
    const before = await list()
    expect(await list()).to.deep.equal(before)
    await perform('certificate.import')
    expect(await list()).to.have.lengthOf(4)
  })
  for (const [defect, word, outcome] of [
    ['certificates.export-differs', 'certificate.export', 'differs'],
    ['certificates.full-overwritten', 'certificate.export', 'refused'],
  ] as const)
    it(`${defect} is told`, async () => {
      const { perform, came } = await scenes('suite-1', [defect])
      const { saved } = await perform('certificate.import', { times: 20 })
      expect(await came(word, { certificates: saved['certificates'] })).to.equal(outcome)
    })
  it('that of the server is not removed; where it is, it is imported again', async () => {
    const right = await scenes()
    expect(await right.came('certificate.remove')).to.equal('refused')
    expect(await right.came('restore')).to.equal('success')
    const { came, up, count } = await scenes('suite-1', ['certificates.own-removed'])
    expect(await came('certificate.remove')).to.equal('success')
    expect(await count()).to.equal(2)
    expect(await came('restore')).to.equal('success')
    await up({ rung: 'association', client: 'sacrificial' })
    expect(await count()).to.equal(3)
  })
  it('a request with another name is told', async () => {
    const { came } = await scenes('suite-1', ['certificates.request-of-another'])
    await came('key-pair.generate')
    expect(await came('certificate.request')).to.equal('wrong-request')
  })
  it('a client whose keys may not be spent imports none, and makes no key pair', async () => {
    const scene = testerOn('wrapper', { meter: 'suite-1', x509 })
    await scene.up({ rung: 'association', client: 'gmac' })
    for (const word of ['certificate.import', 'key-pair.generate', 'certificate.request'])
      expect(await scene.refused(word)).to.contain('forTest')
  })
})
