import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { testerOn } from '../../prove/scene.ts'

for (const port of ['hdlc', 'wrapper', 'udp'] as const) {
  const below = port === 'hdlc' ? 'link' : 'port'

  describe(`words of the association (${port})`, () => {
    it('association.open', async () => {
      const scene = testerOn(port)
      await scene.up({ rung: below })
      const { outcome, saved } = await scene.perform('association.open')
      expect(outcome.names).to.include({ success: true, associated: 'public', executed: 'aare' })
      expect(saved['associated']).to.equal('public')
      expect(scene.tester.scope('main')['association']).to.include({ 'server-max-receive-pdu-size': 2048 })
    })

    it('association.open and given propose', async () => {
      const scene = testerOn(port)
      const propose = { conformance: ['get', 'action'], 'client-max-receive-pdu-size': 300 }
      await scene.up({ rung: below, propose })
      await scene.perform('association.open', { propose: { 'client-max-receive-pdu-size': 200 } })
      expect(scene.tester.scope('main')['association']).to.deep.include({
        'proposed-conformance': ['get', 'action'],
        'client-max-receive-pdu-size': 200,
        'negotiated-conformance': ['get'],
      })
      await scene.up({ rung: 'association', propose })
      expect(scene.sent().at(-1)).to.match(/5F1F0400000011012C/)
    })

    it('association.open and given refuse what cannot be proposed', async () => {
      const scene = testerOn(port)
      await scene.up({ rung: below })
      for (const propose of [
        { conformance: ['got'] },
        { conformance: 'get' },
        { 'client-max-receive-pdu-size': 65536 },
        { size: 1 },
      ])
        expect(await scene.refused('association.open', { propose })).to.match(/^propose: .*expected/)
      const climbed = await scene.climb({ rung: 'association', propose: { size: 1 } })
      expect(climbed).to.have.nested.property('fault.code', 'proposal')
    })

    it('association.open of the same client and device does not climb', async () => {
      for (const args of [{ client: 'public' }, { device: 'management' }, { client: 'public', device: 'management' }]) {
        const scene = testerOn(port)
        await scene.up({ rung: below })
        const before = scene.sent().length
        expect((await scene.perform('association.open', args)).outcome.names).to.include({ success: true })
        expect(scene.sent(before)).to.have.lengthOf(1)
      }
    })

    it('association.open of another client climbs, and the rung of the case stays', async () => {
      const scene = testerOn(port)
      await scene.up({ rung: 'association' })
      const { outcome } = await scene.perform('association.open', { client: 'management' })
      expect(outcome.names).to.include({ success: true, associated: 'management' })
      expect(scene.tester.scope('main')['client']).to.include({ name: 'management' })
      await scene.perform('association.release')
      await scene.perform('rung.rebuild')
      expect(scene.tester.scope('main')['client']).to.include({ name: 'public' })
    })

    it('association.open of another device', async () => {
      const scene = testerOn(port)
      await scene.up({ rung: below, client: 'reader' })
      expect((await scene.perform('association.open', { device: 'metering' })).outcome.names).to.include({
        success: true,
      })
      expect(scene.tester.scope('main')['device']).to.include({ name: 'metering' })
    })

    it('association.open with a wrong password is refused', async () => {
      const scene = testerOn(port, {
        described: (meter) => ({ ...meter, secrets: { ...meter.secrets, 'reader-password': { ascii: '12345679' } } }),
      })
      await scene.up({ rung: below, client: 'reader' })
      expect((await scene.perform('association.open')).outcome.names, 'the same secret').to.include({ success: true })
      const wrong = testerOn(port, {
        declared: (value) =>
          JSON.parse(JSON.stringify(value).replaceAll('"reader-password"', '"management-password"')) as Value,
      })
      await wrong.up({ rung: below, client: 'reader' })
      const { outcome } = await wrong.perform('association.open')
      expect(outcome.names).to.include({ refused: 'aare' })
      expect(outcome.names).not.to.have.property('success')
    })

    it('association.open without the secret is refused by the tester', async () => {
      const scene = testerOn(port, { described: (meter) => ({ ...meter, secrets: {} }) })
      await scene.up({ rung: below, client: 'reader' })
      expect(await scene.refused('association.open')).to.equal('the secret of the client reader is not known')
    })

    it('association.release, and once more', async () => {
      const scene = testerOn(port)
      await scene.up({ rung: 'association' })
      expect((await scene.perform('association.release')).outcome.names).to.have.property('rlre')
      expect(scene.tester.scope('main')).not.to.have.property('association')
      const { outcome } = await scene.perform('association.release')
      expect(outcome.names).not.to.have.property('success')
    })

    it('association.alive in one, absent out of one', async () => {
      const scene = testerOn(port)
      await scene.up({ rung: 'association' })
      expect((await scene.perform('association.alive')).outcome.names).to.include({ success: true })
      await scene.perform('association.release')
      const alive = await scene.perform('association.alive')
      expect(alive.outcome.names).not.to.have.property('success')
      expect((await scene.perform('association.absent')).outcome.names).to.include({ success: true })
    })

    it('association.alive reads what the client may, by the declaration', async () => {
      for (const [client, descriptor] of [
        ['public', 'C1000F0000280000FF0100'],
        ['reader', 'C100080000010000FF0300'],
      ] as const) {
        const scene = testerOn(port)
        await scene.up({ rung: 'association', client })
        await scene.perform('association.alive')
        expect(scene.sent().at(-1), client).to.contain(descriptor)
      }
    })

    it('association.alive where the client may not read: an answer too', async () => {
      const scene = testerOn(port, {
        described: (meter) => ({
          ...meter,
          objects: meter.objects.map((object) => ({ ...object, access: {} })),
        }),
      })
      await scene.up({ rung: 'association' })
      expect((await scene.perform('association.alive')).outcome.names).to.include({
        success: true,
        refused: 'read-write-denied',
      })
    })

    it('association.absent is not so where data come', async () => {
      const scene = testerOn(port)
      await scene.up({ rung: 'association' })
      const { outcome } = await scene.perform('association.absent')
      expect(outcome.names).to.have.property('value')
      expect(outcome.names).not.to.have.property('success')
    })
  })
}

describe('words of the association, on a connection that is closed', () => {
  it('association.alive tells that it is closed', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'association' })
    await scene.perform('connection.end', { how: 'close' })
    const { outcome } = await scene.perform('association.alive')
    expect(outcome.names).not.to.have.property('success')
  })
})

describe('association.open where nothing is open', () => {
  it('climbs first', async () => {
    const scene = testerOn('wrapper')
    const { outcome } = await scene.perform('association.open')
    expect(outcome.names).to.include({ success: true })
    expect((await scene.perform('association.alive')).outcome.names).to.include({ success: true })
  })
})
