import { expect } from 'chai'
import { subjects } from '../cli/prove.ts'
import { chooseSuites } from '../cli/suites.ts'
import { isRecord } from '../protocol/json.ts'
import { type Selection, selectionOf } from '../engine/select.ts'
import { falseFailuresIn, instancesOn } from './prove.ts'
import { runOnMemory, type Subject } from './subject.ts'

/** server-max-receive-pdu-size, and what HDLC agrees to. */
interface Sizes {
  readonly pdu: number
  readonly frame: number
  readonly window: number
}

/** The same meter, built and declared with other sizes. */
function sized({ declaration, description }: Subject, { pdu, frame, window }: Sizes): Subject {
  const { content, value } = declaration
  if (content.supports?.hdlc === undefined || !isRecord(value)) throw new Error(`${declaration.meter} has no HDLC`)
  const hdlc = {
    maxInformationTransmit: frame,
    maxInformationReceive: frame,
    windowTransmit: window,
    windowReceive: window,
  }
  const ports = Object.entries(description.ports).map(
    ([name, port]) => [name, port.hdlc === undefined ? port : { ...port, hdlc: { ...port.hdlc, ...hdlc } }] as const,
  )
  const supports = {
    ...content.supports,
    association: { ...content.supports.association, maxReceivePduSize: pdu },
    hdlc: { ...content.supports.hdlc, ...hdlc },
  }
  return {
    declaration: { ...declaration, content: { ...content, supports }, value: { ...value, supports } },
    description: { ...description, maxReceivePduSize: pdu, ports: Object.fromEntries(ports) },
  }
}

const SUITES = ['association', 'xdlms', 'block-transfer', 'selective-access', 'robustness']

describe('the built-in meters with other sizes', () => {
  let selections: readonly Selection[]

  before(async () => {
    const { suites } = await chooseSuites(SUITES)
    selections = suites.map(selectionOf)
  })

  for (const meter of ['reference', 'sn'])
    for (const sizes of [
      { pdu: 128, frame: 32, window: 1 },
      { pdu: 65535, frame: 2030, window: 7 },
    ])
      it(`${meter} is conformant: APDUs of ${sizes.pdu} octets, frames of ${sizes.frame}, window ${sizes.window}`, async function () {
        this.timeout(300_000)
        const subject = subjects().find(({ declaration }) => declaration.meter === meter)
        if (subject === undefined) throw new Error(`${meter} is not built in`)
        const other = sized(subject, sizes)
        const conformant = await runOnMemory(other, instancesOn(selections, other), [])
        expect(falseFailuresIn({ subject: other, conformant })).to.deep.equal([])
        expect([...conformant.verdicts.values()].filter(({ verdict }) => verdict === 'PASSED')).to.not.be.empty
      })
})
