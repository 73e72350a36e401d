import { expect } from 'chai'
import { testerOn, type TesterScene } from '../../prove/scene.ts'

/** In programming mode, with the password given. */
async function programming(password = true): Promise<TesterScene> {
  const scene = testerOn('optical', { meter: 'mode-c' })
  await scene.up({ rung: 'sign-on' })
  await scene.perform('sign-on.programming')
  if (password) await scene.perform('sign-on.password')
  return scene
}
const valueOf = async (scene: TesterScene): Promise<unknown> =>
  (await scene.perform('sign-on.read', { register: 'C003' })).saved['value']

describe('words of registers', () => {
  it('sign-on.read gives the value, without its unit', async () => {
    const scene = await programming()
    expect(await valueOf(scene)).to.equal('20240101')
    expect((await scene.perform('sign-on.read', { register: '1.8.0' })).outcome.names).to.include({
      value: '001234.567',
    })
  })

  it('sign-on.read without the password is refused by the meter', async () => {
    const { outcome } = await (await programming(false)).perform('sign-on.read', { register: 'C003' })
    expect(outcome.names).to.include({ refused: 'error-message' })
    expect(outcome.names).not.to.have.property('value')
  })

  it('sign-on.write journals the old value, and restore signs on and puts it back', async () => {
    const scene = await programming()
    const { outcome } = await scene.perform('sign-on.write', { register: 'C003', value: '20240102' })
    expect(outcome.names).to.include({ success: true, executed: 'ack' })
    expect(await valueOf(scene)).to.equal('20240102')
    expect(scene.journal.journal().map(({ key, old }) => [key, old])).to.deep.equal([['sign-on/C003', '20240101']])
    await scene.tester.release()
    expect((await scene.perform('restore')).outcome.names).to.deep.equal({ success: true })
    expect(scene.journal.journal()).to.deep.equal([])
    await scene.up({ rung: 'sign-on' })
    await scene.perform('sign-on.programming')
    await scene.perform('sign-on.password')
    expect(await valueOf(scene)).to.equal('20240101')
  })

  it('restore in the middle of a session ends it first', async () => {
    const scene = await programming()
    await scene.perform('sign-on.write', { register: 'C003', value: '20240102' })
    expect((await scene.perform('restore')).outcome.names).to.deep.equal({ success: true })
    expect(scene.journal.journal()).to.deep.equal([])
  })

  it('sign-on.write is not done where the value before cannot be read', async () => {
    const scene = await programming(false)
    const before = scene.sent().length
    expect(await scene.refused('sign-on.write', { register: 'C003', value: '1' })).to.match(/could not be read/)
    expect(scene.sent(before)).to.have.lengthOf(1)
    expect(scene.journal.journal()).to.deep.equal([])
  })

  it('restore with a password that is not known says so and keeps the entry', async () => {
    const scene = testerOn('optical', {
      meter: 'mode-c',
      described: (meter) => ({ ...meter, secrets: {} }),
    })
    scene.journal.remember({
      key: 'sign-on/C003',
      how: { word: 'sign-on.write', register: 'C003', port: 'optical' },
      old: '1',
      at: '',
    })
    expect(await scene.refused('restore')).to.equal('the secret sign-on-password is not known')
    expect(scene.journal.journal()).to.have.lengthOf(1)
  })

  it('restore refuses an entry that it cannot read', async () => {
    for (const [how, old] of [
      [{ word: 'sign-on.write', port: 'optical' }, '1'],
      [{ word: 'sign-on.write', port: 'optical', register: 'C003' }, { 'octet-string': '01' }],
    ] as const) {
      const scene = testerOn('optical', { meter: 'mode-c' })
      scene.journal.remember({ key: 'k', how, old, at: '' })
      expect(await scene.refused('restore')).to.match(/cannot be read/)
    }
  })

  for (const [word, args] of [
    ['sign-on.read', { register: 'C003' }],
    ['sign-on.write', { register: 'C003', value: '1' }],
  ] as const)
    it(`${word} is refused where there is no sign-on`, async () => {
      expect(await testerOn('hdlc').refused(word, args)).to.match(/no sign-on/)
    })
})
