import { expect } from 'chai'
import { subjects } from '../cli/prove.ts'
import { chooseSuites } from '../cli/suites.ts'
import type { Declaration } from '../engine/declaration.ts'
import { type Selection, selectionOf } from '../engine/select.ts'
import type { HdlcDescription, PortDescription } from '../simulator/description.ts'
import { falseFailuresIn, instancesOn } from './prove.ts'
import { runOnMemory, type Subject } from './subject.ts'

type Link = Pick<
  HdlcDescription,
  'addressing' | 'lower' | 'maxInformationTransmit' | 'maxInformationReceive' | 'windowTransmit' | 'windowReceive'
>

const ADDRESSES = [
  { addressing: 1, lower: 0 },
  { addressing: 2, lower: 17 },
  { addressing: 4, lower: 256 },
] as const
const LENGTHS = [32, 128, 512, 2030] as const
const WINDOWS = [1, 3, 7] as const
const PORTS = ['hdlc', 'optical'] as const

const nth = <T>(all: readonly T[], n: number): T => all[n % all.length] as T

/** Each value of each factor meets each value of each other one in some row. */
const rows = LENGTHS.flatMap((length, i) =>
  ADDRESSES.map((address, j) => ({
    port: nth(PORTS, i + j),
    link: {
      ...address,
      maxInformationTransmit: length,
      maxInformationReceive: nth(LENGTHS, i + 2 * j),
      windowTransmit: nth(WINDOWS, i + j),
      windowReceive: nth(WINDOWS, 2 * i + j),
    } satisfies Link,
  })),
)

/** The reference meter with this link on all its ports that have one: as it is, and as it is declared. */
function withLink({ declaration, description }: Subject, link: Link): Subject {
  const ports = Object.fromEntries(
    Object.entries(description.ports).map(([name, port]): [string, PortDescription] => [
      name,
      port.hdlc === undefined ? port : { ...port, hdlc: { ...port.hdlc, ...link } },
    ]),
  )
  return { declaration: declaring(declaration, link), description: { ...description, ports } }
}

function declaring(declaration: Declaration, link: Link): Declaration {
  const { lower, ...rest } = link
  const hdlc = rest.addressing === 1 ? rest : { ...rest, lower }
  const supports = { ...declaration.content.supports, hdlc }
  const content = { ...declaration.content, supports }
  // A declaration is plain JSON.
  return { ...declaration, content, value: content as unknown as Declaration['value'] }
}

describe('conformant meters of all kinds of link', () => {
  let reference: Subject
  let hdlc: Selection

  before(async () => {
    const [first] = subjects()
    const [suite] = (await chooseSuites(['hdlc'])).suites
    if (first === undefined || suite === undefined) throw new Error('a built-in meter or suite is missing')
    reference = first
    hdlc = selectionOf(suite)
  })

  for (const { port, link } of rows) {
    const { addressing, maxInformationTransmit, maxInformationReceive, windowTransmit, windowReceive } = link
    const title = `${addressing}-octet addresses, ${maxInformationTransmit}/${maxInformationReceive} octets, windows ${windowTransmit}/${windowReceive}, ${port}`
    it(`pass all HDLC cases: ${title}`, async () => {
      const subject = withLink(reference, link)
      const instances = instancesOn([hdlc], subject).filter((one) => one.port === port)
      const conformant = await runOnMemory(subject, instances, [])
      expect(falseFailuresIn({ subject, conformant })).to.deep.equal([])
      const passed = [...conformant.verdicts.values()].filter(({ verdict }) => verdict === 'PASSED')
      expect(passed.length).to.be.greaterThan(instances.length / 2)
    })
  }
})
