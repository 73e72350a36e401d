// A counter of the meter that has fallen: one fault, and one finding, in the instance that met it.
import { expect } from 'chai'
import { subjects } from '../cli/prove.ts'
import { chooseSuites } from '../cli/suites.ts'
import type { Instance } from '../engine/instance.ts'
import { instancesOn } from './prove.ts'
import { runOnMemory, type Subject } from './subject.ts'
import { selectionOf } from '../engine/select.ts'

const RULE = 'security.counter.server'
/** The power goes; then others ask with the same keys. */
const POWER = 'SEC_IC_4/1[client=ciphered]@hdlc'
const LATER = [
  'SYMSEC_0_FraCount_1/2[client=ciphered,key=global]@hdlc',
  'SYMSEC_0_FraCount_1/3[client=ciphered,key=global]@hdlc',
  'SYMSEC_0_BasicCap_1/2[client=ciphered,way=both]@hdlc',
]
const POWER_AGAIN = 'SEC_REPLAY_3[client=ciphered]@hdlc'

describe('a counter of the meter that has fallen', function () {
  this.timeout(60_000)
  let subject: Subject
  let instances: readonly Instance[]

  before(async () => {
    const { suites } = await chooseSuites(['security'])
    const selections = suites.map(selectionOf)
    subject = subjects()[0] ?? expect.fail('no built-in meter')
    instances = instancesOn(selections, subject)
  })

  /** What FAILED by the rule, in the order in which it ran. */
  async function failed(names: readonly string[], defect: string): Promise<readonly string[]> {
    const chosen = names.map((name) => instances.find((each) => each.name === name) ?? expect.fail(`no ${name}`))
    const { verdicts } = await runOnMemory(subject, chosen, [defect])
    expect(verdicts.size).to.equal(names.length)
    return [...verdicts.values()].flatMap(({ instance, verdict, clauses }) =>
      verdict === 'FAILED' && clauses.includes(RULE) ? [instance] : [],
    )
  }

  it('fails the instance in which it fell, and none of those behind it', async () =>
    expect(await failed([POWER, ...LATER], 'counter.server-volatile')).to.deep.equal([POWER]))

  it('fails an instance in which it falls once more', async () =>
    expect(await failed([POWER, ...LATER, POWER_AGAIN], 'counter.server-volatile')).to.deep.equal([POWER, POWER_AGAIN]))

  it('fails each instance, where it never rises', async () =>
    expect(await failed(LATER, 'counter.server-stands')).to.deep.equal(LATER))
})
