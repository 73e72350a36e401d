import { expect } from 'chai'
import { testerOn, type SceneOptions } from '../../prove/scene.ts'

const KEYS = ['global-unicast-encryption-key', 'authentication-key']

async function cutAfter(afterMs: number, port: string, options: SceneOptions = {}) {
  const scene = testerOn(port, options)
  await scene.up({ rung: 'association', client: 'sacrificial' })
  const { outcome } = await scene.perform('key.cut', { keys: KEYS, afterMs })
  expect(outcome.names).to.include({ success: true })
  return scene
}

describe('key.cut and key.find', () => {
  for (const [port, afterMs, found] of [
    ['wrapper', 500, 'new'],
    ['hdlc', 500, 'new'],
    ['hdlc', 20, 'old'],
  ] as const)
    it(`${port}: without power ${afterMs} ms after the request has begun the ${found} keys are valid, and go back`, async () => {
      const scene = await cutAfter(afterMs, port)
      const { outcome } = await scene.perform('key.find')
      expect(outcome.names).to.deep.equal({ [found]: true })
      expect((await scene.perform('restore')).outcome.names).to.include({ success: true })
      await scene.up({ rung: 'association', client: 'sacrificial' })
    })

  it('a meter that has stored one of two keys is found with it', async () => {
    const scene = await cutAfter(500, 'wrapper', { defects: ['keys.stored-one-by-one'] })
    expect((await scene.perform('key.find')).outcome.names).to.deep.equal({ mixed: true })
    expect((await scene.perform('restore')).outcome.names).to.include({ success: true })
    await scene.up({ rung: 'association', client: 'sacrificial' })
  })

  it('the new keys are tried first where that is said: no attempt with the old ones counts for a lock-out', async () => {
    for (const first of [{ first: 'new' }, {}]) {
      const scene = await cutAfter(500, 'wrapper')
      const before = scene.sent().length
      expect((await scene.perform('key.find', first)).outcome.names).to.deep.equal({ new: true })
      const opened = scene.sent(before).filter((octets) => octets.slice(16, 18) === '60')
      expect(opened).to.have.length('first' in first ? 1 : 2)
    }
  })

  it('keys that nobody knows are told apart from a meter that is not there', async () => {
    const scene = await cutAfter(500, 'wrapper', { defects: ['keys.lost-without-power'] })
    expect((await scene.perform('key.find')).outcome.names).to.deep.equal({ refused: 'nothing-opens' })
    const gone = await cutAfter(500, 'wrapper')
    gone.bench.meter.power(false, 1e6)
    expect((await gone.perform('key.find')).outcome.names).to.deep.equal({ unanswered: true })
  })

  it('nothing is found where nothing was changed, and nothing is cut without a switch', async () => {
    const scene = testerOn('wrapper', { powerless: true })
    await scene.up({ rung: 'association', client: 'sacrificial' })
    expect(await scene.refused('key.find')).to.match(/no key of sacrificial was changed/)
    expect(await scene.refused('key.cut', { keys: KEYS, afterMs: 0 })).to.match(/no power to switch/)
  })
})
