import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import type { NoteEvent } from '../../engine/events.ts'
import { testerOn, type SceneOptions, type TesterScene } from '../../prove/scene.ts'

const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const ENERGY = { 'class-id': 3, 'instance-id': '1.0.2.8.0.255', 'attribute-id': 2 }
const OLD = { 'octet-string': 'AABBCCDD' }
const NEW = { 'octet-string': '11223344' }
const MANAGEMENT = { rung: 'association', client: 'management' } as const

async function managing(port = 'wrapper', options: SceneOptions = {}): Promise<TesterScene> {
  const scene = testerOn(port, options)
  await scene.up(MANAGEMENT)
  return scene
}
const valueOf = async (scene: TesterScene, attribute: Value): Promise<Value | undefined> =>
  (await scene.perform('read', { attribute })).outcome.names['value']
const notes = ({ events }: TesterScene): readonly string[] =>
  events.filter((event): event is NoteEvent => event.event === 'note').map(({ kind }) => kind)

describe('words of attributes and methods', () => {
  describe('read', () => {
    it('gives the value, and its number', async () => {
      const { outcome, saved } = await (await managing()).perform('read', { attribute: ENERGY })
      expect(outcome.names).to.include({ executed: 'get' })
      expect(saved['value']).to.deep.equal({ 'double-long-unsigned': 4321 })
      expect(saved['number']).to.equal(4321)
    })
    it('takes a logical name in hex, and what the declaration says beside', async () => {
      const attribute = { ...ENERGY, 'instance-id': '0100020800FF', for: ['reader'], counts: 3 }
      expect(await valueOf(await managing(), attribute)).to.deep.equal({ 'double-long-unsigned': 4321 })
    })
    it('of an object that there is not is refused by the meter', async () => {
      const attribute = { ...ENERGY, 'instance-id': '9.9.9.9.9.9' }
      const { outcome } = await (await managing()).perform('read', { attribute })
      expect(outcome.names).to.include({ refused: 'object-undefined' })
      expect(outcome.names).not.to.have.property('value')
    })
    it('of what is no attribute is refused by the tester', async () => {
      expect(await (await managing()).refused('read', { attribute: { 'class-id': 3 } })).to.match(
        /expected an attribute .*, found \{"class-id":3\}/,
      )
    })
    it('over HDLC, in segments', async () => {
      const propose = { 'max-information-field-length-receive': 32, 'window-size-receive': 2 }
      const scene = testerOn('hdlc')
      await scene.up({ ...MANAGEMENT, propose })
      const attribute = { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 2 }
      const { outcome, saved } = await scene.perform('read', { attribute })
      expect(outcome.names).to.have.nested.property('value.array')
      const { hdlc } = saved['exchange'] as { hdlc: readonly Value[] }
      expect(hdlc.length).to.be.greaterThan(10)
      const [asked, first, second] = hdlc
      expect(asked).to.include({
        direction: 'sent',
        frame: 'i',
        begins: false,
        'max-information-field-length': 128,
        'window-size': 1,
      })
      expect(first).to.include({
        direction: 'received',
        begins: true,
        'max-information-field-length': 32,
        'window-size': 2,
      })
      expect(second).to.include({ direction: 'received', begins: false })
    })
  })

  describe('write', () => {
    for (const port of ['wrapper', 'hdlc', 'optical'])
      it(`journals the old value, and restore puts it back (${port})`, async () => {
        const scene = await managing(port)
        expect((await scene.perform('write', { attribute: SCRATCH, value: NEW })).outcome.names).to.include({
          success: true,
        })
        expect(await valueOf(scene, SCRATCH)).to.deep.equal(NEW)
        const [entry] = scene.journal.journal()
        expect(entry?.old).to.deep.equal(OLD)
        expect(entry?.how).to.include({ word: 'write', port, client: 'management', device: 'management' })
        await scene.tester.release()
        expect((await scene.perform('restore')).outcome).to.deep.include({
          names: { success: true },
          text: 'the old values are back',
        })
        expect(scene.journal.journal()).to.deep.equal([])
        await scene.up(MANAGEMENT)
        expect(await valueOf(scene, SCRATCH)).to.deep.equal(OLD)
        expect(notes(scene)).to.deep.equal(['journal', 'restored'])
      })
    it('twice keeps the value before the first', async () => {
      const scene = await managing()
      await scene.perform('write', { attribute: SCRATCH, value: NEW })
      await scene.perform('write', { attribute: SCRATCH, value: { 'octet-string': '00' } })
      expect(scene.journal.journal().map(({ old }) => old)).to.deep.equal([OLD])
    })
    it('that the meter refuses is no success', async () => {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'association', client: 'reader' })
      const { outcome } = await scene.perform('write', { attribute: ENERGY, value: { 'double-long-unsigned': 1 } })
      expect(outcome.names).to.have.property('refused')
      expect(outcome.names).not.to.have.property('success')
    })
    it('is not done where the value before cannot be read', async () => {
      const scene = await managing()
      const attribute = { ...SCRATCH, 'instance-id': '9.9.9.9.9.9' }
      const before = scene.sent().length
      expect(await scene.refused('write', { attribute, value: NEW })).to.match(/could not be read .*object-undefined/)
      expect(scene.sent(before), 'the GET alone').to.have.lengthOf(1)
    })
    it('is not done where the journal cannot be written', async () => {
      const scene = await managing()
      scene.journal.remember = () => ({
        ok: false,
        failure: { code: 'unwritable', where: '/x', detail: 'full', hint: '' },
      })
      const before = scene.sent().length
      expect(await scene.refused('write', { attribute: SCRATCH, value: NEW })).to.equal('/x: full')
      expect(scene.sent(before)).to.have.lengthOf(1)
    })
    it('of what is no Data is refused by the tester', async () => {
      expect(await (await managing()).refused('write', { attribute: SCRATCH, value: { unsigned: 256 } })).to.match(
        /^value\.unsigned: expected /,
      )
    })
  })

  describe('invoke', () => {
    const CAPTURE = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'method-id': 2 }
    it('a method with its parameter, from either place', async () => {
      const scene = await managing()
      for (const args of [
        { method: CAPTURE, parameter: { integer: 0 } },
        { method: { ...CAPTURE, parameter: { integer: 0 } } },
      ])
        expect((await scene.perform('invoke', args)).outcome.names).to.include({ success: true, executed: 'action' })
      const attribute = { 'class-id': 7, 'instance-id': '1.0.99.128.0.255', 'attribute-id': 7 }
      expect(await valueOf(scene, attribute)).to.deep.equal({ 'double-long-unsigned': 2 })
    })
    it('that the meter refuses is no success', async () => {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'association', client: 'reader' })
      const { outcome } = await scene.perform('invoke', { method: CAPTURE, parameter: { integer: 0 } })
      expect(outcome.names).to.have.property('refused')
      expect(outcome.names).not.to.have.property('success')
    })
    it('of what is no method, or has no Data for a parameter, is refused by the tester', async () => {
      const scene = await managing()
      expect(await scene.refused('invoke', { method: ENERGY })).to.match(/expected a method/)
      expect(await scene.refused('invoke', { method: CAPTURE, parameter: { integer: 300 } })).to.match(
        /^parameter\.integer: expected /,
      )
    })
  })

  describe('restore', () => {
    it('does nothing where nothing was written', async () => {
      const { outcome } = await testerOn('wrapper').perform('restore')
      expect(outcome).to.deep.include({ names: { success: true }, text: 'nothing was written' })
    })
    it('takes one connection at a time, as many meters do', async () => {
      const scene = await managing()
      await scene.perform('write', { attribute: SCRATCH, value: NEW })
      const before = scene.events.length
      await scene.perform('restore')
      const lines = scene.events.slice(before).flatMap((event) => (event.event === 'traffic' ? [event.is] : []))
      expect(lines.filter((is) => is === 'opened' || is === 'closed')).to.deep.equal(['closed', 'opened', 'closed'])
    })
    it('leaves what another port has journalled', async () => {
      const scene = testerOn('wrapper')
      scene.journal.remember({ key: 'k', how: { word: 'write', port: 'hdlc' }, old: OLD, at: '' })
      await scene.perform('restore')
      expect(scene.journal.journal()).to.have.lengthOf(1)
    })
    it('refuses an entry that it cannot read', async () => {
      for (const how of [
        { word: 'dance', port: 'wrapper' },
        { word: 'write', port: 'wrapper' },
      ]) {
        const scene = testerOn('wrapper')
        scene.journal.remember({ key: 'k', how, old: OLD, at: '' })
        expect(await scene.refused('restore')).to.match(/cannot be read/)
        expect(scene.journal.journal()).to.have.lengthOf(1)
      }
    })
    it('keeps the entry where the meter does not take the value', async () => {
      const scene = await managing()
      await scene.perform('write', { attribute: SCRATCH, value: NEW })
      const [entry] = scene.journal.journal()
      scene.journal.forget(entry?.key ?? '')
      scene.journal.remember({
        key: 'other',
        how: { ...(entry?.how as object), client: 'reader', device: 'management' },
        old: OLD,
        at: '',
      })
      const { outcome } = await scene.perform('restore')
      expect(outcome.names).not.to.have.property('success')
      expect(outcome.text).to.match(/^other: /)
      expect(scene.journal.journal()).to.have.lengthOf(1)
    })
    it('has nothing to put back where the meter has refused the new value', async () => {
      const scene = await managing()
      const second = { 'class-id': 1, 'instance-id': '0.0.96.128.0.255', 'attribute-id': 2 }
      const written = await scene.perform('write', { attribute: second, value: { 'double-long-unsigned': 1 } })
      expect(written.outcome.names).not.to.have.property('success')
      expect(scene.journal.journal()).to.have.lengthOf(1)
      expect((await scene.perform('restore')).outcome.names).to.have.property('success')
      expect(scene.journal.journal()).to.have.lengthOf(0)
    })
    it('puts the last written back first', async () => {
      const scene = await managing('wrapper', {
        described: (meter) => ({
          ...meter,
          objects: meter.objects.map((object) => ({ ...object, access: { management: { read: 'all', write: [2] } } })),
        }),
      })
      await scene.perform('write', { attribute: SCRATCH, value: NEW })
      const second = { 'class-id': 1, 'instance-id': '0.0.96.128.0.255', 'attribute-id': 2 }
      const written = await scene.perform('write', { attribute: second, value: { 'double-long-unsigned': 1 } })
      expect(written.outcome.names).to.include({ success: true })
      const keys = scene.journal.journal().map(({ key }) => key)
      const forgotten: string[] = []
      const forget = scene.journal.forget.bind(scene.journal)
      scene.journal.forget = (key) => {
        forgotten.push(key)
        return forget(key)
      }
      await scene.perform('restore')
      expect(forgotten).to.deep.equal([...keys].reverse())
    })
  })
})
