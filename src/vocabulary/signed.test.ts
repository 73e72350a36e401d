// general-signing by the tester, on the memory lines of meters of suites 1 and 2.
import { expect } from 'chai'
import type { Value } from '../codec/value.ts'
import type { ProtectionEvent } from '../engine/events.ts'
import type { Evidence, Refusal } from '../engine/vocabulary.ts'
import { isRecord } from '../protocol/json.ts'
import { testerOn, type SceneOptions, type TesterScene } from '../prove/scene.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }
const SIGNED = { get: CLOCK, 'protection.form': 'general-signing' }
const SIGNED_ONLY = { ...SIGNED, 'protection.by': 'none' }

const associated = async (client: string, options: SceneOptions = {}): Promise<TesterScene> => {
  const scene = testerOn('wrapper', { meter: 'suite-1', ...options })
  await scene.up({ rung: 'association', client })
  return scene
}

function outcomeOf(came: Evidence | Refusal): Evidence['outcome'] {
  if ('refusal' in came) throw new Error(came.refusal)
  return came.outcome
}
const protectionIn = (came: Evidence | Refusal): unknown => {
  const answer = outcomeOf(came).names['get-response']
  return isRecord(answer) ? answer['protection'] : undefined
}
const rulesIn = (came: Evidence | Refusal): readonly string[] => outcomeOf(came).broken.map(({ rule }) => rule)
const protections = ({ events }: TesterScene): readonly ProtectionEvent[] =>
  events.filter((event) => event.event === 'protection')

/** The declaration with this policy for the client `ciphered`. */
function withPolicy(declaration: Value, policy: number): Value {
  const at = (value: Value | undefined, [name, ...path]: readonly string[]): Value =>
    name === undefined
      ? policy
      : isRecord(value)
        ? { ...value, [name]: at(value[name], path) }
        : { [name]: at({}, path) }
  return at(declaration, ['testing', 'clients', 'ciphered', 'security', 'policy'])
}

describe('general-signing of the tester', () => {
  for (const [meter, size] of [
    ['suite-1', '40'],
    ['suite-2', '60'],
  ] as const)
    it(`${meter}: signs what is asked, and verifies what is answered`, async () => {
      const scene = await associated('gmac', { meter })
      const came = await scene.send({ messages: [SIGNED_ONLY] })
      expect(rulesIn(came)).to.deep.equal([])
      expect(protectionIn(came)).to.deep.include({
        form: 'general-signing',
        key: 'signing-key',
        verified: 'right',
        'system-title': '53494D0000BC614E',
        'recipient-system-title': '5443530000000003',
      })
      const [sent] = scene.sent().slice(-1)
      expect(sent?.slice(16)).to.match(new RegExp(`^DF0800000000.{8}085443530000000003`))
      expect(sent?.slice(16)).to.match(new RegExp(`0853494D0000BC614E00000DC001C.00080000010000FF0300${size}`))
      expect(protections(scene).slice(-2)).to.containSubset([
        { name: 'general-signing', direction: 'sent', key: 'signing-key', verified: 'right' },
        { name: 'general-signing', direction: 'received', verified: 'right', apdu: 'C401C20010FFC4' },
      ])
    })

  it('stands beneath the ciphering, and both are told', async () => {
    const scene = await associated('ciphered')
    const came = await scene.send({ messages: [SIGNED] })
    expect(rulesIn(came)).to.deep.equal([])
    expect(protectionIn(came)).to.deep.include({ form: 'general-glo', verified: 'right' })
    expect(protectionIn(came)).to.have.nested.property('signing.verified', 'right')
    expect(scene.sent().at(-1)?.slice(16, 18)).to.equal('DB')
    expect(
      protections(scene)
        .map(({ name }) => name)
        .slice(-4),
    ).to.deep.equal(['general-glo-ciphering', 'general-signing', 'general-glo-ciphering', 'general-signing'])
  })

  it('never gives a transaction-id twice, and the same octets are refused', async () => {
    const scene = await associated('gmac')
    const ids: unknown[] = []
    for (let n = 0; n < 3; n++) {
      const { saved } = (await scene.send({ messages: [SIGNED_ONLY] })) as Evidence
      const sent = saved['sent']
      const signing = isRecord(sent) ? sent['signing'] : undefined
      ids.push(isRecord(signing) ? signing['transaction-id'] : undefined)
      if (n === 2 && isRecord(signing))
        expect(outcomeOf(await scene.send({ messages: [{ again: signing }] })).names).to.have.property(
          'exception-response',
        )
    }
    expect(new Set(ids).size).to.equal(3)
  })

  it('protects the same octets anew', async () => {
    const scene = await associated('gmac')
    const { saved } = (await scene.send({ messages: [SIGNED_ONLY] })) as Evidence
    const sent = saved['sent']
    const signing = isRecord(sent) ? (sent['signing'] ?? null) : null
    const came = await scene.send({ messages: [{ again: signing, 'protection.form': 'general-glo' }] })
    expect(outcomeOf(came).names).to.have.property('exception-response')
    expect(scene.sent().at(-1)?.slice(16, 18)).to.equal('DB')
    expect(protections(scene).at(-1)).to.include({ name: 'general-signing', verified: 'right', direction: 'sent' })
  })

  it('signs what words ask', async () => {
    const scene = await associated('gmac')
    const protection = { form: 'general-signing', by: 'none' }
    const read = await scene.perform('read', { attribute: CLOCK, protection })
    expect(read.outcome.names).to.have.property('value')
    expect(scene.sent().at(-1)?.slice(16, 18)).to.equal('DF')
  })

  for (const [what, wrong] of Object.entries({
    'another key': { 'signing.signing-key': 'another' },
    'another recipient': { 'signing.recipient-system-title': '58595A0000000001' },
    'R and S of 0': { 'signing.signature': 'zeros' },
    'octets for a signature': { 'signing.signature': '00' },
  }))
    it(`signs wrongly where it is to: ${what}`, async () => {
      const scene = await associated('gmac')
      const came = await scene.send({ messages: [SIGNED_ONLY], wrong })
      expect(outcomeOf(came).names).to.have.property('exception-response')
      expect(protections(scene).at(-1)?.verified).to.equal(what === 'another recipient' ? 'right' : 'wrong')
    })

  it('damages what is signed already', async () => {
    const scene = await associated('gmac')
    const flip = { 'signing.transaction-id': { flip: '000000000000000001' } }
    const came = await scene.send({ messages: [SIGNED_ONLY], damage: flip })
    expect(outcomeOf(came).names).to.have.property('exception-response')
  })

  for (const [defect, rule] of [
    ['signing.answer-by-another-key', 'signature-verifies'],
    ['signing.answer-length-unsigned', 'signed-as-the-standard-has-it'],
    ['signing.answer-unsigned', 'signed-as-asked'],
  ] as const)
    it(`sees ${defect}`, async () => {
      const scene = await associated('gmac', { defects: [defect] })
      const [broken] = outcomeOf(await scene.send({ messages: [SIGNED_ONLY] })).broken
      expect(broken).to.include({ rule })
      expect(broken?.remark ?? false).to.equal(defect !== 'signing.answer-by-another-key')
    })

  describe('where the policy asks for signed requests', () => {
    /** All requests and responses authenticated, encrypted and signed. */
    const POLICY = 0xfc
    const setup = '0.0.43.0.1.255'
    const strict: SceneOptions = {
      described(description) {
        const own = description.securitySetups?.[setup]
        const securitySetups = {
          ...description.securitySetups,
          ...(own ? { [setup]: { ...own, policy: POLICY } } : {}),
        }
        return { ...description, securitySetups }
      },
      declared: (declaration) => withPolicy(declaration, POLICY),
    }

    it('signs all that nothing else is said of: pass 3, what words ask, and what suites send', async () => {
      const scene = await associated('ciphered', strict)
      const read = await scene.perform('read', { attribute: CLOCK })
      expect(read.outcome.names).to.have.property('value')
      expect(read.outcome.broken).to.deep.equal([])
      const came = await scene.send({ messages: [{ get: CLOCK }] })
      expect(rulesIn(came)).to.deep.equal([])
      expect(protectionIn(came)).to.have.nested.property('signing.verified', 'right')
      await scene.perform('association.release')
      const sent = protections(scene).filter(({ direction }) => direction === 'sent')
      expect(sent.map(({ name }) => name).filter((name) => !name.startsWith('glo-initiate'))).to.deep.equal([
        ...['general-glo-ciphering', 'general-signing'],
        ...['general-glo-ciphering', 'general-signing'],
        ...['general-glo-ciphering', 'general-signing'],
      ])
    })

    it('leaves unsigned what is to be so', async () => {
      const scene = await associated('ciphered', strict)
      const came = await scene.send({ messages: [{ get: CLOCK, 'protection.by': 'none' }] })
      expect(outcomeOf(came).names).to.have.property('exception-response')
      expect(scene.sent().at(-1)?.slice(16, 18)).to.equal('C0')
    })
  })

  it('says what is missing where a client cannot sign', async () => {
    const scene = testerOn('wrapper')
    await scene.up({ rung: 'association', client: 'sacrificial' })
    const came = await scene.send({ messages: [SIGNED_ONLY] })
    expect(came).to.deep.equal({ refusal: 'suite 0 has no signatures' })
  })

  it('sends the same in each run of a world', async () => {
    const sent = await Promise.all(
      [0, 1].map(async () => {
        const scene = await associated('ciphered')
        await scene.send({ messages: [SIGNED] })
        return scene.sent().join('\n')
      }),
    )
    expect(sent[0]).to.equal(sent[1])
  })
})
