import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'
import type { MeterDescription } from '../../simulator/description.ts'

const optical = (...defects: string[]) => testerOn('optical', { meter: 'mode-c', defects })
const programming = async (...defects: string[]) => {
  const scene = optical(...defects)
  await scene.up({ rung: 'sign-on' })
  await scene.perform('sign-on.programming')
  return scene
}

/** The same meter by another maker. */
function named(meter: MeterDescription, manufacturer: string): MeterDescription {
  const { optical: port } = meter.ports
  if (port?.kind !== 'serial' || port.signOn === undefined) throw new TypeError('no sign-on in this meter')
  return { ...meter, ports: { ...meter.ports, optical: { ...port, signOn: { ...port.signOn, manufacturer } } } }
}

describe('words of the sign-on', () => {
  it('sign-on.identify, from wherever the meter is', async () => {
    const scene = await programming()
    const { outcome } = await scene.perform('sign-on.identify')
    expect(outcome.names).to.include({ success: true })
    expect(outcome.names['identification']).to.include({ manufacturer: 'SIM' })
    expect(outcome.afterMs).to.be.closeTo(250, 1)
    expect(scene.tester.scope('main')['identification']).to.include({ baud: 9600, 'offers-hdlc': false })
  })

  for (const [manufacturer, least] of [
    ['SIM', 200],
    ['SIm', 20],
  ] as const)
    it(`${manufacturer} may answer after ${least} ms`, async () => {
      const scene = testerOn('optical', { described: (meter) => named(meter, manufacturer) })
      await scene.up({ rung: 'sign-on' })
      expect(scene.tester.scope('main')['identification']).to.include({ 'least-reaction-ms': least })
    })

  it('sign-on.identify with a foreign address is silent', async () => {
    const scene = optical()
    await scene.up({ rung: 'port' })
    const { outcome } = await scene.perform('sign-on.identify', { address: '87654321' })
    expect(outcome.names).to.have.property('silent')
    expect((await scene.perform('sign-on.identify', { address: '12345678' })).outcome.names).to.include({
      success: true,
    })
  })

  it('sign-on.programming: P0 at the rate announced, or the one chosen', async () => {
    const scene = optical()
    await scene.up({ rung: 'port' })
    const { outcome } = await scene.perform('sign-on.programming')
    expect(outcome.names).to.include({ success: true })
    expect(outcome.names['command']).to.include({ type: 'P', number: '0', data: '(12345678)' })
    const chosen = await scene.perform('sign-on.programming', { rate: { character: '3', baud: 2400 } })
    expect(chosen.outcome.names).to.include({ success: true })
    expect(scene.sent().at(-1)).to.equal('063033310D0A')
    expect((await scene.perform('sign-on.programming', { rate: '4' })).outcome.names).to.include({ success: true })
  })

  it('sign-on.programming of a meter without it is no success', async () => {
    const scene = optical('sign-on.p0.missing')
    await scene.up({ rung: 'port' })
    const { outcome } = await scene.perform('sign-on.programming')
    expect(outcome.names).not.to.have.property('success')
  })

  it('sign-on.password: taken', async () => {
    const { outcome } = await (await programming()).perform('sign-on.password')
    expect(outcome.names).to.include({ success: true, executed: 'ack' })
  })

  it('sign-on.password: another secret is refused by the meter, an unknown one by the tester', async () => {
    const scene = await programming()
    const { outcome } = await scene.perform('sign-on.password', { secret: 'reader-password' })
    expect(outcome.names).to.include({ refused: 'nak' })
    expect(outcome.names).not.to.have.property('success')
    expect(await scene.refused('sign-on.password', { secret: 'mine' })).to.equal('the secret mine is not known')
  })

  it('sign-on.try-passwords: each wrong one is refused, and the right one is locked out then', async () => {
    const scene = await programming()
    const { outcome, saved } = await scene.perform('sign-on.try-passwords', { times: 4 })
    expect(saved['attempts']).to.deep.equal(['nak', 'nak', 'nak', 'nak'])
    expect(saved['delays']).to.have.lengthOf(4)
    expect(outcome.names).to.include({ refused: 'nak' })
    expect((await scene.perform('sign-on.password')).outcome.names).to.include({ refused: 'nak' })
  })

  it('sign-on.try-passwords signs on by itself, and stops at an ACK', async () => {
    const scene = optical('sign-on.password.any')
    await scene.up({ rung: 'port' })
    const { outcome, saved } = await scene.perform('sign-on.try-passwords', { times: 4 })
    expect(saved['attempts']).to.deep.equal(['ack'])
    expect(outcome.names).to.include({ executed: 'ack' })
  })

  it('sign-on.try-passwords tries other passwords each time', async () => {
    const scene = await programming()
    const before = scene.sent().length
    await scene.perform('sign-on.try-passwords', { times: 3 })
    expect(new Set(scene.sent(before)).size).to.equal(3)
  })

  it('sign-on.break ends the session: the next sign-on is answered at once', async () => {
    const scene = await programming()
    expect((await scene.perform('sign-on.break')).outcome.names).to.deep.equal({ success: true })
    expect(scene.sent().at(-1)).to.equal('0142300371')
    const since = scene.bench.world.now()
    expect((await scene.perform('sign-on.identify')).outcome.names).to.include({ success: true })
    expect(scene.bench.world.now() - since).to.be.lessThan(3000)
  })

  it('sign-on.break outside of a session is sent all the same', async () => {
    const scene = optical()
    await scene.up({ rung: 'port' })
    await scene.perform('sign-on.break')
    expect(scene.sent()).to.deep.equal(['0142300371'])
  })

  it('sample.sign-on gives the reaction times', async () => {
    const scene = optical()
    await scene.up({ rung: 'port' })
    const { outcome, saved } = await scene.perform('sample.sign-on', { times: 3 })
    expect(outcome.names).to.deep.equal({ success: true })
    const times = saved['tr'] as readonly number[]
    expect(times).to.have.lengthOf(3)
    for (const ms of times) expect(ms).to.be.closeTo(250, 1)
  })

  it('sample.sign-on ends at what is no identification', async () => {
    const scene = optical('meter.deaf')
    await scene.up({ rung: 'port' })
    const { outcome, saved } = await scene.perform('sample.sign-on', { times: 3 })
    expect(outcome.names).to.have.property('silent')
    expect(saved['tr']).to.deep.equal([])
  })

  for (const [word, args] of [
    ['sign-on.identify', {}],
    ['sign-on.programming', {}],
    ['sign-on.password', {}],
    ['sign-on.try-passwords', { times: 1 }],
    ['sign-on.break', {}],
    ['sample.sign-on', { times: 1 }],
  ] as const)
    it(`${word} is refused where there is no sign-on`, async () => {
      expect(await testerOn('hdlc').refused(word, args)).to.match(/no sign-on/)
    })
})
