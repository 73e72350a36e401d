import { expect } from 'chai'
import type { PartyOutput } from '../../protocol/line.ts'
import type { Between } from '../../prove/memory-meter.ts'
import { testerOn } from '../../prove/scene.ts'

/** A meter that takes longer with each answer. */
const tiring: Between = (party) => {
  let answers = 0
  const later = (outputs: readonly PartyOutput[]): readonly PartyOutput[] =>
    outputs.map((output) => (output.is === 'octets' ? { ...output, at: output.at + 10 * answers++ } : output))
  return {
    receive: (input) => later(party.receive(input)),
    deadline: () => party.deadline(),
    expire: (now) => later(party.expire(now)),
  }
}

describe('associations one after the other', () => {
  const READER = { rung: 'association', client: 'reader' } as const

  for (const port of ['hdlc', 'wrapper', 'udp'])
    it(`are all served, some of them broken off (${port})`, async () => {
      const scene = testerOn(port)
      await scene.up(READER)
      const { outcome, saved } = await scene.perform('association.repeat', { times: 12, abruptEvery: 3 })
      expect(outcome.names).to.include({ success: true })
      expect(outcome.broken).to.deep.equal([])
      expect(saved['times']).to.equal(12)
    })

  it('are lost where a meter has no place left', async () => {
    const scene = testerOn('wrapper', { defects: ['tcp.place-lost-by-reset'] })
    await scene.up(READER)
    const { outcome } = await scene.perform('association.repeat', { times: 12, abruptEvery: 2 })
    expect(outcome.names).to.include({ lost: true }).and.not.to.have.property('success')
    expect(outcome.text).to.match(/^association 9 of 12 did not open: /)
  })

  it('are told where they take longer and longer', async () => {
    const scene = testerOn('wrapper', { between: tiring })
    await scene.up(READER)
    const { outcome } = await scene.perform('association.repeat', { times: 20 })
    expect(outcome.names).to.include({ slower: true }).and.not.to.have.property('success')
  })
})
