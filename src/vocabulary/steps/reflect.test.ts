import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

/** Two connections of one client; on the first a challenge of the meter waits. */
async function reflected(client: string, defects: readonly string[] = []) {
  const scene = testerOn('wrapper', { meter: 'hls', defects })
  await scene.up({ rung: 'pending', client }, 'first')
  await scene.up({ rung: 'port', client }, 'second')
  const { outcome } = await scene.perform('association.reflect', { of: 'first' }, 'second')
  return { scene, names: Object.keys(outcome.names) }
}

describe('association.reflect', () => {
  for (const client of ['hls-md5', 'hls-gmac', 'hls-sha256']) {
    it(`${client}: the meter rejects its own challenge`, async () => {
      expect((await reflected(client)).names).to.deep.equal(['rejected'])
    })

    it(`${client}: a meter that takes it tells nothing to who proves nothing`, async () => {
      expect((await reflected(client, ['hls.reflected-challenge-taken'])).names).to.deep.equal(['taken'])
    })
  }

  for (const client of ['hls-md5', 'hls-sha1', 'hls-gmac'])
    it(`${client}: a meter that answers its own challenge opens the association`, async () => {
      const { scene, names } = await reflected(client, ['hls.reflected'])
      expect(names).to.deep.equal(['opened'])
      const { outcome } = await scene.perform('association.alive', {}, 'first')
      expect(outcome.names).to.include({ success: true })
    })

  it('a proof that opens nothing is told all the same', async () => {
    const defects = ['hls.reflected-challenge-taken', 'hls.pass-4-always']
    expect((await reflected('hls-gmac', defects)).names).to.deep.equal(['told'])
  })

  it('needs a challenge that waits', async () => {
    const scene = testerOn('wrapper', { meter: 'hls' })
    await scene.up({ rung: 'port', client: 'hls-md5' })
    expect(await scene.refused('association.reflect', { of: 'first' })).to.match(/a challenge waits/)
  })
})
