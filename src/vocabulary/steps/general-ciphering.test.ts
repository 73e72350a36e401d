import { expect } from 'chai'
import { isRecord } from '../../protocol/json.ts'
import type { Value } from '../../codec/value.ts'
import { testerOn } from '../../prove/scene.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }

/** The clients are declared to need this form. */
const declaring =
  (aad: string) =>
  (declaration: Value): Value => {
    const { testing } = isRecord(declaration) ? declaration : {}
    const clients = isRecord(testing) ? testing['clients'] : undefined
    if (!isRecord(declaration) || !isRecord(testing) || !isRecord(clients)) throw new Error('no clients')
    const changed = Object.entries(clients).map(([name, client]) => {
      const security = isRecord(client) ? client['security'] : undefined
      return [
        name,
        isRecord(client) && isRecord(security)
          ? { ...client, security: { ...security, generalCipheringAad: aad } }
          : client,
      ] as const
    })
    return { ...declaration, testing: { ...testing, clients: Object.fromEntries(changed) } }
  }

async function found(defects: readonly string[], aad = 'with-header', meter = 'suite-1', client = 'gmac') {
  const scene = testerOn('wrapper', { meter, defects, declared: declaring(aad) })
  await scene.up({ rung: 'association', client })
  const { outcome } = await scene.perform('general-ciphering.header', { attribute: CLOCK })
  const after = await scene.perform('association.alive')
  expect(after.outcome.names).to.have.property('success')
  return outcome
}

describe('general-ciphering.header', () => {
  for (const meter of ['reference', 'suite-1', 'suite-2'])
    it(`is as the standard has it: ${meter}`, async () =>
      expect((await found([], 'with-header', meter, 'ciphered')).names).to.deep.equal({
        success: true,
        taken: 'with-header',
      }))

  it('is found out where the meter takes the other form', async () => {
    const outcome = await found(['protection.header-left-out'])
    expect(outcome.names).to.deep.equal({ taken: 'without-header' })
    expect(outcome.text).to.contain('left out')
    expect(outcome.broken).to.deep.equal([])
  })
  it('is as declared', async () =>
    expect((await found(['protection.header-left-out'], 'without-header')).names).to.deep.equal({
      success: true,
      taken: 'without-header',
    }))
  it('is not as declared', async () =>
    expect((await found([], 'without-header')).names).to.deep.equal({ taken: 'with-header' }))
  it('is neither', async () =>
    expect((await found(['protection.header-without-lengths'])).names).to.deep.equal({ refused: 'general-ciphering' }))
  it('does not judge the answer', async () => {
    for (const defect of ['protection.header-left-out-of-answers', 'protection.header-without-lengths-in-answers'])
      expect((await found([defect])).names, defect).to.have.property('success')
  })
})
