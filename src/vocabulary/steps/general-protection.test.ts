import { expect } from 'chai'
import { isRecord } from '../../protocol/json.ts'
import type { Value } from '../../codec/value.ts'
import type { PartyOutput } from '../../protocol/line.ts'
import type { Outcome } from '../../engine/vocabulary.ts'
import type { Between } from '../../prove/memory-meter.ts'
import { testerOn } from '../../prove/scene.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }

type Word = 'general-ciphering.header' | 'general-signing.input'
const FIELD = {
  'general-ciphering.header': 'generalCipheringAad',
  'general-signing.input': 'generalSigningInput',
} as const

/** The clients are declared to need this form. */
const declaring =
  (field: string, form: string) =>
  (declaration: Value): Value => {
    const { testing } = isRecord(declaration) ? declaration : {}
    const clients = isRecord(testing) ? testing['clients'] : undefined
    if (!isRecord(declaration) || !isRecord(testing) || !isRecord(clients)) throw new Error('no clients')
    const changed = Object.entries(clients).map(([name, client]) => {
      const security = isRecord(client) ? client['security'] : undefined
      return [
        name,
        isRecord(client) && isRecord(security) ? { ...client, security: { ...security, [field]: form } } : client,
      ] as const
    })
    return { ...declaration, testing: { ...testing, clients: Object.fromEntries(changed) } }
  }

interface Asked {
  readonly defects?: readonly string[]
  readonly declared?: string
  readonly meter?: string
  readonly client?: string
  readonly between?: Between
}

async function found(
  word: Word,
  { defects = [], declared, meter = 'suite-1', client = 'gmac', between }: Asked = {},
): Promise<Outcome> {
  const scene = testerOn('wrapper', {
    meter,
    defects,
    ...(declared === undefined ? {} : { declared: declaring(FIELD[word], declared) }),
    ...(between === undefined ? {} : { between }),
  })
  await scene.up({ rung: 'association', client })
  const { outcome } = await scene.perform(word, { attribute: CLOCK })
  expect((await scene.perform('read', { attribute: CLOCK })).outcome.names).to.have.property('value')
  return outcome
}

const EXCEPTION_RESPONSE = 0xd8
const BEHIND_WPORTS = 8
const isException = (output: PartyOutput): boolean =>
  output.is === 'octets' && output.octets[BEHIND_WPORTS] === EXCEPTION_RESPONSE

/** A meter that says nothing where others send an exception-response. */
const mute: Between = (party) => ({
  receive: (given) => party.receive(given).filter((output) => !isException(output)),
  deadline: () => party.deadline(),
  expire: (now) => party.expire(now),
})

/** A meter that closes the connection instead. */
const closing: Between = (party) => ({
  receive: (given) =>
    party.receive(given).flatMap((output): readonly PartyOutput[] => {
      if (output.is !== 'octets' || !isException(output)) return [output]
      const { peer, at } = output
      party.receive({ is: 'closed', peer, at })
      return [{ is: 'close', peer, at }]
    }),
  deadline: () => party.deadline(),
  expire: (now) => party.expire(now),
})

/** A line that swallows the first answer to this APDU. */
const losing =
  (tag: number): Between =>
  (party) => {
    let lost = 0
    return {
      receive(given) {
        const is = given.is === 'octets' && given.burst.octets[BEHIND_WPORTS] === tag
        const outputs = party.receive(given)
        return is && ++lost === 1 ? [] : outputs
      },
      deadline: () => party.deadline(),
      expire: (now) => party.expire(now),
    }
  }

for (const { word, right, others, neither, ofAnswers, tag } of [
  {
    word: 'general-ciphering.header',
    right: 'with-header',
    others: [['without-header', 'protection.header-left-out', 'left out']],
    neither: 'protection.header-without-lengths',
    ofAnswers: ['protection.header-left-out-of-answers', 'protection.header-without-lengths-in-answers'],
    tag: 0xdd,
  },
  {
    word: 'general-signing.input',
    right: 'standard',
    others: [
      ['content-without-length', 'signing.length-unsigned', 'the length of the content'],
      ['with-tag', 'signing.tag-signed', 'the tag of the APDU'],
    ],
    neither: 'signing.request-content-alone',
    ofAnswers: ['signing.answer-length-unsigned', 'signing.answer-content-alone'],
    tag: 0xdb,
  },
] as const)
  describe(word, () => {
    for (const meter of ['suite-1', 'suite-2'])
      it(`is as the standard has it: ${meter}`, async () =>
        expect((await found(word, { meter, client: 'ciphered' })).names).to.deep.equal({ success: true, taken: right }))

    for (const [form, defect, text] of others) {
      it(`is found out where the meter takes another form: ${form}`, async () => {
        const outcome = await found(word, { defects: [defect] })
        expect(outcome.names).to.deep.equal({ taken: form })
        expect(outcome.text).to.contain(text)
        expect(outcome.broken).to.deep.equal([])
      })
      it(`is found out where the meter does not answer what it refuses, or closes the connection: ${form}`, async () => {
        for (const between of [mute, closing])
          expect((await found(word, { defects: [defect], between })).names).to.deep.equal({ taken: form })
      })
      it(`is as declared: ${form}`, async () =>
        expect((await found(word, { defects: [defect], declared: form })).names).to.deep.equal({
          success: true,
          taken: form,
        }))
      it(`is not as declared: ${form}`, async () =>
        expect((await found(word, { declared: form })).names).to.deep.equal({ taken: right }))
    }
    it('is not taken for another one where an answer is lost', async () =>
      expect((await found(word, { between: losing(tag) })).names).to.deep.equal({ success: true, taken: right }))
    it('is none that is known', async () =>
      expect((await found(word, { defects: [neither] })).names).to.have.all.keys('refused'))
    it('does not judge the answer', async () => {
      for (const defect of ofAnswers)
        expect((await found(word, { defects: [defect] })).names, defect).to.have.property('success')
    })
  })
