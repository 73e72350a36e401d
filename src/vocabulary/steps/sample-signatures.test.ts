import { expect } from 'chai'
import { unhex, type Value } from '../../codec/value.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { isSignature } from '../../protocol/security/curves.ts'
import { testerOn } from '../../prove/scene.ts'
import { describedMeter } from '../../simulator/dialogue.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }

/** That of the simulated server of suite 1. */
const PUBLIC = ((): Uint8Array => {
  const secret = describedMeter('suite-1').secrets['server-signing-public']
  const octets = secret !== undefined && 'hex' in secret ? unhex(secret.hex) : undefined
  if (octets === undefined) throw new TypeError('no public key')
  return octets
})()

const verified = (samples: Value | undefined): readonly boolean[] =>
  (samples !== undefined && isList(samples) ? samples : []).map((sample) => {
    const { message, signature } = isRecord(sample) ? sample : {}
    const [one, other] = [message, signature].map((text) => (typeof text === 'string' ? unhex(text) : undefined))
    return one !== undefined && other !== undefined && isSignature('P-256', PUBLIC, one, other)
  })

describe('sample.signatures', () => {
  it('collects those of signed answers, with what they sign', async () => {
    const scene = testerOn('wrapper', { meter: 'suite-1' })
    await scene.up({ rung: 'association', client: 'gmac' })
    const { outcome, saved } = await scene.perform('sample.signatures', { times: 3, attribute: CLOCK })
    expect(outcome.names).to.include({ success: true })
    expect(verified(saved['signatures'])).to.deep.equal([true, true, true])
  })
  it('collects those of pass 4, each of an association of its own', async () => {
    const scene = testerOn('wrapper', { meter: 'suite-1' })
    await scene.up({ rung: 'port', client: 'ciphered' })
    const { outcome, saved } = await scene.perform('sample.signatures', { times: 2 })
    expect(outcome.names).to.include({ success: true })
    expect(verified(saved['signatures'])).to.deep.equal([true, true])
  })
  it('says that answers are not signed', async () => {
    const scene = testerOn('wrapper', { meter: 'suite-1', defects: ['signing.answer-unsigned'] })
    await scene.up({ rung: 'association', client: 'gmac' })
    const { outcome } = await scene.perform('sample.signatures', { times: 2, attribute: CLOCK })
    expect(outcome.names).to.deep.equal({ unsigned: true })
  })
  it('takes those of errors, which are signed as well', async () => {
    const scene = testerOn('wrapper', { meter: 'suite-1' })
    await scene.up({ rung: 'association', client: 'gmac' })
    const unknown = { ...CLOCK, 'instance-id': '0.0.1.0.9.255' }
    const { saved } = await scene.perform('sample.signatures', { times: 1, attribute: unknown })
    expect(verified(saved['signatures'])).to.deep.equal([true])
  })
  it('needs an attribute, or mechanism 7', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'port', client: 'ciphered' })
    expect(await scene.refused('sample.signatures', { times: 1 })).to.match(/hls-ecdsa/)
  })
})
