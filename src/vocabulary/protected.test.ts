// Ciphered associations and HLS, by the tester on the memory line of the reference meter.
import { expect } from 'chai'
import { isRecord } from '../protocol/json.ts'
import { testerOn, type SceneOptions, type TesterScene } from '../prove/scene.ts'
import type { Evidence, Refusal } from '../engine/vocabulary.ts'
import type { ProtectionEvent } from '../engine/events.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }
const GET = { get: CLOCK }

const associated = async (client: string, options: SceneOptions = {}): Promise<TesterScene> => {
  const scene = testerOn('wrapper', options)
  await scene.up({ rung: 'association', client })
  return scene
}

function outcomeOf(came: Evidence | Refusal): Evidence['outcome'] {
  if ('refusal' in came) throw new Error(came.refusal)
  return came.outcome
}
const rulesIn = (came: Evidence | Refusal): readonly string[] => outcomeOf(came).broken.map(({ rule }) => rule)

const protections = ({ events }: TesterScene): readonly ProtectionEvent[] =>
  events.filter((event) => event.event === 'protection')

const answerOf = (came: Evidence | Refusal): Readonly<Record<string, unknown>> => {
  const answer = outcomeOf(came).names['get-response']
  return isRecord(answer) ? answer : {}
}

describe('ciphered associations', () => {
  for (const port of ['wrapper', 'hdlc', 'udp', 'optical'])
    it(`open on ${port}, with HLS and without`, async () => {
      for (const client of ['ciphered', 'sacrificial', 'hls'])
        expect(await testerOn(port).climb({ rung: 'association', client }), client).to.deep.equal({ is: 'up' })
    })

  it('protect what is asked, and open what is answered', async () => {
    const scene = await associated('ciphered')
    const came = await scene.send({ messages: [GET] })
    expect(answerOf(came)).to.have.property('data')
    expect(answerOf(came)['protection']).to.deep.include({
      form: 'glo',
      name: 'glo-get-response',
      key: 'global-unicast-encryption-key',
      verified: 'right',
    })
    expect(rulesIn(came)).to.deep.equal([])
    expect(scene.sent().at(-1)).to.match(/^0001[0-9A-F]{12}C8/)
  })

  for (const [by, control] of [
    ['authenticated', '10'],
    ['encrypted', '20'],
    ['authenticated-encrypted', '30'],
  ] as const)
    it(`protect as a message says: ${by}`, async () => {
      const scene = await associated('sacrificial')
      const came = await scene.send({ messages: [{ ...GET, 'protection.by': by }] })
      expect(answerOf(came)).to.have.property('data')
      expect(scene.sent().at(-1)?.slice(16, 22)).to.match(new RegExp(`^C8..${control}`))
      const word = await scene.perform('read', { attribute: CLOCK, protection: { by } })
      expect(word.outcome.names).to.have.property('value')
      expect(scene.sent().at(-1)?.slice(16, 22)).to.match(new RegExp(`^C8..${control}`))
    })

  it('send plain what a message says is plain, and the policy refuses it', async () => {
    const scene = await associated('ciphered')
    const came = await scene.send({ messages: [{ ...GET, 'protection.by': 'none' }] })
    expect(outcomeOf(came).names).to.have.property('exception-response')
    expect(rulesIn(came)).to.deep.equal([])
  })

  it('use the form that a message says', async () => {
    const scene = await associated('ciphered')
    const came = await scene.send({ messages: [{ ...GET, 'protection.form': 'general-glo' }] })
    expect(answerOf(came)['protection']).to.include({ form: 'general-glo' })
  })

  it('protect once more what is protected, under counters that rise as they are seen', async () => {
    const scene = await associated('ciphered')
    const twice = { ...GET, 'protection.form': 'glo', 'protection.within': 'general-glo' }
    const came = await scene.send({ messages: [twice] })
    expect(outcomeOf(came).names['exception-response']).to.include({ 'service-error': 'deciphering-error' })
    const [sent, answered] = [protections(scene).at(-1), scene.sent().at(-1)]
    expect(answered?.slice(16)).to.match(/^DB085443530000000001/)
    expect(sent).to.include({ name: 'general-glo-ciphering', verified: 'right' })
    expect(sent?.apdu).to.match(/^C8/)
    const next = await scene.send({ messages: [GET] })
    expect(answerOf(next)).to.have.property('data')
    const none = await scene.send({ messages: [{ ...GET, 'protection.within': 'twice' }] })
    expect(none)
      .to.have.property('refusal')
      .that.matches(/protection.within: expected one of glo/)
  })

  it('use a dedicated key where one was proposed, and hide it', async () => {
    const scene = await associated('ciphered', {})
    await scene.up({ rung: 'association', client: 'ciphered', propose: { 'dedicated-key': true } })
    const came = await scene.send({ messages: [GET] })
    expect(answerOf(came)['protection']).to.include({ form: 'ded', key: 'dedicated-key' })
    // Pass 3 comes under the global key.
    expect(
      scene
        .sent()
        .slice(-3)
        .map((octets) => octets.slice(16, 18)),
    ).to.deep.equal(['60', 'CB', 'D0'])
    expect(scene.kept).to.have.lengthOf(1)
  })

  it('take the same octets again, and a counter that is wrong but protected properly', async () => {
    const scene = await associated('ciphered')
    const first = await scene.send({ messages: [GET] })
    if ('refusal' in first) throw new Error(first.refusal)
    const sent = first.saved['sent']
    const layer = isRecord(sent) ? sent['protection'] : undefined
    if (!isRecord(layer)) throw new Error('nothing was saved of the protection')
    const again = await scene.send({ messages: [{ again: layer }] })
    expect(outcomeOf(again).names).to.have.property('exception-response')
    const counter = layer['invocation-counter']
    const old = await scene.send({ messages: [GET], wrong: { 'protection.invocation-counter': counter ?? 0 } })
    expect(outcomeOf(old).names['exception-response']).to.include({ 'service-error': 'invocation-counter-error' })
    expect(protections(scene).at(-1)?.verified).to.equal('right')
  })

  it('protect with a key that is published, by its octets', async () => {
    const scene = await associated('ciphered')
    const published = '000102030405060708090A0B0C0D0E0F'
    for (const key of ['encryption-key', 'authentication-key']) {
      const came = await scene.send({ messages: [GET], wrong: { [`protection.${key}`]: published } })
      expect(outcomeOf(came).names['exception-response'], key).to.include({ 'service-error': 'deciphering-error' })
      const short = await scene.send({ messages: [GET], wrong: { [`protection.${key}`]: published.slice(2) } })
      expect(short, key)
        .to.have.property('refusal')
        .that.matches(/the name of a key/)
    }
  })

  it('damage what is protected already', async () => {
    const scene = await associated('ciphered')
    const flip = { 'protection.authentication-tag': { flip: '000000000000000000000001' } }
    const came = await scene.send({ messages: [GET], damage: flip })
    expect(outcomeOf(came).names['exception-response']).to.include({ 'service-error': 'deciphering-error' })
    expect(protections(scene).at(-1)?.verified).to.equal('wrong')
  })

  it('are told in the record, keys by their names', async () => {
    const scene = await associated('ciphered')
    await scene.send({ messages: [GET] })
    const [asked, answered] = protections(scene).slice(-2)
    expect(asked).to.include({ direction: 'sent', name: 'glo-get-request', client: 'ciphered', securityControl: '30' })
    expect(answered).to.include({ direction: 'received', name: 'glo-get-response', verified: 'right' })
    expect(asked?.apdu).to.match(/^C001C./)
  })

  it('are released by an RLRQ that is protected', async () => {
    const scene = await associated('ciphered')
    const released = await scene.perform('association.release')
    expect(released.outcome.names).to.have.property('success')
    expect(protections(scene).at(-1)).to.include({ direction: 'sent', name: 'glo-initiate-request' })
    expect(scene.sent().at(-1)?.slice(16, 18)).to.equal('62')
  })

  it('are not reached where a key is not known', async () => {
    const climbed = await testerOn('wrapper', {
      described: (meter) => ({
        ...meter,
        secrets: Object.fromEntries(Object.entries(meter.secrets).filter(([name]) => !name.startsWith('ciphered-'))),
        clients: Object.fromEntries(Object.entries(meter.clients).filter(([name]) => name !== 'ciphered')),
      }),
    }).climb({ rung: 'association', client: 'ciphered' })
    expect(climbed.is).to.equal('down')
  })

  for (const [defect, rule] of [
    ['protection.answer-plain', 'protected-as-asked'],
    ['protection.answer-encrypted-only', 'protected-as-asked'],
    ['counter.server-stands', 'counter-rises'],
  ] as const)
    it(`${defect} breaks a rule of every answer: ${rule}`, async () => {
      const scene = testerOn('wrapper', { defects: [defect] })
      await scene.climb({ rung: 'association', client: 'ciphered' })
      await scene.send({ messages: [GET] })
      expect(rulesIn(await scene.send({ messages: [GET] }))).to.include(rule)
    })
})

describe('HLS', () => {
  it('stops before pass 3 where that is what is given', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'pending', client: 'hls' })
    const early = await scene.send({ messages: [GET] })
    expect(outcomeOf(early).names).to.have.property('exception-response')
    const proved = await scene.send({ messages: [{ 'reply-to-hls': {} }] })
    expect(outcomeOf(proved).names['pass-4']).to.deep.equal({ taken: true, proof: 'right' })
    expect(answerOf(await scene.send({ messages: [GET] }))).to.have.property('data')
  })

  it('is finished by association.alive and association.prove', async () => {
    for (const word of ['association.alive', 'association.prove']) {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'pending', client: 'hls' })
      expect((await scene.perform(word)).outcome.names, word).to.have.property('success')
      expect(answerOf(await scene.send({ messages: [GET] }))).to.have.property('data')
    }
  })

  for (const [what, client, fields] of [
    ['another proof', 'hls', { proof: '00'.repeat(32) }],
    ['an answer to another challenge', 'hls', { challenge: '00'.repeat(16) }],
    ['another title', 'ciphered', { 'system-title': '5443530000000099' }],
    ['another security control', 'ciphered', { 'security-control': { encryption: true } }],
    ['a counter that is used', 'ciphered', { 'invocation-counter': 0 }],
  ] as const)
    it(`is not finished by ${what}`, async () => {
      const scene = testerOn('wrapper')
      await scene.up({ rung: 'pending', client })
      const came = await scene.send({ messages: [{ 'reply-to-hls': fields }] })
      expect(outcomeOf(came).names).not.to.have.property('executed')
      expect(scene.tester.scope('main')).to.have.property('association')
      expect(answerOf(await scene.send({ messages: [GET] }))).not.to.have.property('data')
    })

  it('asks the meter for its proof', async () => {
    const scene = testerOn('wrapper', { defects: ['hls.no-pass-4'] })
    await scene.up({ rung: 'pending', client: 'hls' })
    const came = await scene.send({ messages: [{ 'reply-to-hls': {} }] })
    expect(outcomeOf(came).names['pass-4']).to.deep.equal({ taken: true, proof: 'missing' })
    expect(rulesIn(came)).to.deep.equal(['server-proves-itself'])
  })

  it('is pending only for clients that have it', async () => {
    expect(await testerOn('wrapper').climb({ rung: 'pending', client: 'reader' })).to.include({ is: 'inapplicable' })
  })
})
