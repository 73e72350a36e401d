import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }

describe('sample.read', () => {
  const sampled = async (defects: readonly string[] = []) => {
    const scene = testerOn('wrapper', { defects })
    await scene.up({ rung: 'association', client: 'ciphered' })
    return (await scene.perform('sample.read', { attribute: CLOCK, times: 20 })).outcome
  }
  it('reads so many times', async () => {
    const { names, broken } = await sampled()
    expect(names).to.deep.equal({ success: true })
    expect(broken).to.deep.equal([])
  })

  it('breaks the rule that one of the answers breaks', async () => {
    const { broken } = await sampled(['counter.server-stands'])
    expect(broken.map(({ clause }) => clause)).to.include('security.counter.server')
  })

  it('is refused where one of the reads is', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'association', client: 'ciphered' })
    const nothing = { ...CLOCK, 'instance-id': '0.0.96.255.255.255' }
    expect((await scene.perform('sample.read', { attribute: nothing, times: 2 })).outcome.text).to.match(/^read 1: /)
  })
})

describe('sample.stoc', () => {
  for (const port of ['hdlc', 'wrapper'])
    it(`collects challenges, each of an association of its own (${port})`, async () => {
      const scene = testerOn(port)
      await scene.up({ rung: port === 'hdlc' ? 'link' : 'port', client: 'hls' })
      const { outcome, saved } = await scene.perform('sample.stoc', { times: 3 })
      expect(outcome.names).to.include({ success: true })
      const challenges = saved['challenges']
      expect(challenges).to.be.an('array').with.lengthOf(3)
      expect(new Set(challenges as readonly string[]).size).to.equal(3)
    })

  it('is content with fewer where they take long', async () => {
    const scene = testerOn('hdlc')
    await scene.up({ rung: 'link', client: 'hls' })
    const { outcome, saved } = await scene.perform('sample.stoc', { times: 100, atLeast: 2, withinMs: 1500 })
    const challenges = saved['challenges'] as readonly string[]
    expect(challenges.length).to.be.within(2, 50)
    expect(outcome.text).to.equal(`${challenges.length} challenges were collected`)
    const few = await scene.perform('sample.stoc', { times: 100, atLeast: 2, withinMs: 0 })
    expect(few.saved['challenges']).to.have.lengthOf(2)
  })

  it('shows a meter that always gives the same', async () => {
    const scene = testerOn('wrapper', { defects: ['hls.challenge-constant'] })
    await scene.up({ rung: 'port', client: 'hls' })
    const { saved } = await scene.perform('sample.stoc', { times: 2 })
    expect(new Set(saved['challenges'] as readonly string[]).size).to.equal(1)
  })

  it('tells what the client has sent, as a meter may send it back', async () => {
    const scene = testerOn('wrapper', { defects: ['hls.challenge-given-back'] })
    await scene.up({ rung: 'port', client: 'hls' })
    const { saved } = await scene.perform('sample.stoc', { times: 3 })
    const sent = saved['ctos'] as readonly string[]
    expect(new Set(sent).size).to.equal(3)
    expect((saved['challenges'] as readonly string[]).slice(1)).to.deep.equal(sent.slice(0, 2))
  })

  it('gives up where no challenge comes', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'port', client: 'public' })
    const { outcome } = await scene.perform('sample.stoc', { times: 2 })
    expect(outcome.names).not.to.have.property('success')
  })
})
