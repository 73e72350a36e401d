import { expect } from 'chai'
import type { Given } from '../../engine/vocabulary.ts'
import { testerOn } from '../../prove/scene.ts'

const RUNGS: readonly (readonly [string, Given])[] = [
  ['hdlc', { rung: 'port' }],
  ['hdlc', { rung: 'link' }],
  ['hdlc', { rung: 'association' }],
  ['hdlc', { rung: 'association', client: 'reader', device: 'metering' }],
  ['wrapper', { rung: 'port' }],
  ['wrapper', { rung: 'association' }],
  ['udp', { rung: 'association' }],
  ['optical', { rung: 'sign-on' }],
  ['optical', { rung: 'ndm' }],
  ['optical', { rung: 'association' }],
]

describe('words of the rung', () => {
  for (const [port, given] of RUNGS)
    describe(`${given.rung} of ${given.client ?? 'public'} (${port})`, () => {
      it('rung.rebuild climbs afresh to the same', async () => {
        const scene = testerOn(port)
        await scene.up(given)
        const { outcome, saved } = await scene.perform('rung.rebuild')
        expect(outcome.names).to.include({ success: true })
        expect(saved['rebuilt']).to.equal(true)
        const { client, device } = scene.tester.scope('main') as Record<string, { readonly name: string }>
        expect(client?.name).to.equal(given.client ?? 'public')
        expect(device?.name).to.equal(given.device ?? 'management')
      })
      if (given.rung !== 'ndm' && given.rung !== 'sign-on')
        it('rung.ensure leaves it where it stands', async () => {
          const scene = testerOn(port)
          await scene.up(given)
          const { outcome, saved } = await scene.perform('rung.ensure')
          expect(outcome.names).to.include({ success: true })
          expect(saved['rebuilt']).to.equal(false)
        })
    })

  describe('rung.ensure builds it again', () => {
    for (const [name, port, given, word, args] of [
      ['after the link was taken down', 'hdlc', { rung: 'link' }, 'link.down', {}],
      ['after the association was released', 'hdlc', { rung: 'association' }, 'association.release', {}],
      ['after the link under an association was built afresh', 'hdlc', { rung: 'association' }, 'link.up', {}],
      ['after the connection was closed', 'wrapper', { rung: 'association' }, 'connection.end', { how: 'close' }],
      ['after the connection was opened afresh', 'wrapper', { rung: 'association' }, 'connection.open', {}],
      ['where only the port was asked for', 'wrapper', { rung: 'port' }, 'connection.end', { how: 'reset' }],
    ] as const)
      it(name, async () => {
        const scene = testerOn(port)
        await scene.up(given)
        await scene.perform(word, args)
        const { outcome, saved } = await scene.perform('rung.ensure')
        expect(outcome.names).to.include({ success: true })
        expect(saved['rebuilt']).to.equal(true)
        expect((await scene.perform('rung.ensure')).saved['rebuilt']).to.equal(false)
      })
    it('after the meter has forgotten the link', async () => {
      const scene = testerOn('hdlc')
      await scene.up({ rung: 'link' })
      await scene.tester.wait('main', 130_000)
      expect((await scene.perform('rung.ensure')).saved['rebuilt']).to.equal(true)
    })
  })

  it('tells what came where it cannot be built', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'association' })
    for (let n = 0; n < 3; n++) await scene.up({ rung: 'port' }, `c${n}`)
    await scene.perform('connection.end', { how: 'close' })
    await scene.up({ rung: 'port' }, 'c3')
    for (const word of ['rung.ensure', 'rung.rebuild']) {
      const { outcome } = await scene.perform(word)
      expect(outcome.names).not.to.have.property('success')
      expect(outcome.text).to.equal('the connection was refused')
    }
  })
})
