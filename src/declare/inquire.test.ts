import { expect } from 'chai'
import { validator } from '../cli/meter.ts'
import { chooseSuites } from '../cli/suites.ts'
import { hex } from '../codec/value.ts'
import { loadDeclaration } from '../engine/declaration.ts'
import { memoryMeter, serialEndOf } from '../prove/memory-meter.ts'
import { instancesOn } from '../prove/prove.ts'
import { declaredMeter } from '../prove/scene.ts'
import { runOnMemory } from '../prove/subject.ts'
import { safeJson } from '../report/safe-text.ts'
import { secretOctets } from '../simulator/description.ts'
import { describedMeter } from '../simulator/dialogue.ts'
import { draft } from './draft.ts'
import type { PortFindings } from './findings.ts'
import { inquire } from './inquire.ts'
import { targetOf, type Caller } from './target.ts'
import { selectionOf } from '../engine/select.ts'

const CALLERS: readonly Caller[] = [
  { sap: 16 },
  { sap: 2, secret: 'reader-password' },
  { sap: 1, secret: 'management-password' },
]

/** A declared object as whoever has no keys can draft it: for the clients that open without. */
const forPlain = <T extends { readonly for?: readonly string[] }>(object: T | undefined): unknown =>
  object?.for && { ...object, for: object.for.filter((name) => !['ciphered', 'sacrificial', 'hls'].includes(name)) }

interface Asked {
  readonly findings: PortFindings
  /** Hex of all that came to the meter, piece by piece. */
  readonly sent: readonly string[]
}

/** A simulated meter on a memory line, asked over one port. */
async function asked(
  meter: string,
  port: string,
  url: string,
  {
    defects = [],
    callers = CALLERS,
    servers = [1],
  }: {
    readonly defects?: readonly string[]
    readonly callers?: readonly Caller[]
    readonly servers?: readonly number[]
  } = {},
): Promise<Asked> {
  const sent: string[] = []
  const description = describedMeter(meter)
  const declaration = declaredMeter(meter)
  const bench = memoryMeter(description, {
    defects,
    serial: (name) => serialEndOf(declaration.content.ports?.[name]),
    between: (party) => ({
      receive(input) {
        if (input.is === 'octets') sent.push(hex(input.burst.octets))
        return party.receive(input)
      },
      deadline: () => party.deadline(),
      expire: (now) => party.expire(now),
    }),
  })
  const inquiry = {
    callers,
    servers,
    lowers: [1, 16, 17, 256],
    responseMs: 1500,
    secret: (name: string) => secretOctets(description, name),
  }
  const means = { world: bench.world, transport: bench.transport(port), tell: () => undefined }
  return { findings: await inquire(targetOf(port, url), inquiry, means), sent }
}

const draftOf = async (...args: Parameters<typeof asked>) => draft([(await asked(...args)).findings])

describe('what is asked of a live meter', () => {
  for (const { meter, hdlc } of [
    {
      meter: 'one-octet',
      hdlc: {
        addressing: 1,
        maxInformationTransmit: 128,
        maxInformationReceive: 128,
        windowTransmit: 1,
        windowReceive: 1,
      },
    },
    {
      meter: 'two-octet',
      hdlc: {
        addressing: 2,
        lower: 17,
        maxInformationTransmit: 256,
        maxInformationReceive: 256,
        windowTransmit: 3,
        windowReceive: 3,
      },
    },
    {
      meter: 'reference',
      hdlc: {
        addressing: 4,
        lower: 256,
        maxInformationTransmit: 1024,
        maxInformationReceive: 1024,
        windowTransmit: 7,
        windowReceive: 7,
      },
    },
  ])
    it(`finds address, lengths and windows of the meter ${meter}`, async () => {
      const { supports } = await draftOf(meter, 'hdlc', 'serial:line')
      expect(supports?.hdlc).to.deep.equal(hdlc)
      expect(supports?.association).to.deep.equal({ maxReceivePduSize: 2048, release: true })
    })

  for (const [port, url] of [
    ['hdlc', 'serial:line'],
    ['optical', 'serial:line'],
    ['wrapper', 'tcp://meter:4059'],
    ['udp', 'udp://meter:4059'],
  ] as const)
    it(`finds the clients and their conformance as declared, over ${port}`, async () => {
      const { testing, devices, ports } = await draftOf('reference', port, url, { servers: [1, 17] })
      const declared = declaredMeter('reference').content
      for (const name of ['public', 'reader', 'management'])
        expect(testing?.clients?.[name], name).to.deep.include({ sap: declared.testing?.clients?.[name]?.sap })
      expect(testing?.clients?.['management']?.conformance).to.have.members([
        ...(declared.testing?.clients?.['management']?.conformance ?? []),
      ])
      expect(testing?.clients?.['reader']?.devices).to.deep.equal(['management', 'device-17'])
      expect(testing?.clients?.['public']?.devices).to.deep.equal(['management'])
      expect(Object.values(devices ?? {}).map(({ upper }) => upper)).to.have.members([1, 17, 18])
      expect(ports?.[port]?.profile).to.have.members([...(declared.ports?.[port]?.profile ?? [])])
      for (const name of ['readable', 'long'])
        expect(testing?.objects?.[name]).to.deep.equal(forPlain(declared.testing?.objects?.[name]))
    })

  it('takes a meter with short names as it is', async () => {
    const { testing } = await draftOf('sn', 'wrapper', 'tcp://meter:4059')
    const { testing: declared } = declaredMeter('sn').content
    expect(testing?.clients?.['reader']).to.include({ sap: 2, context: 'sn', mechanism: 'lls' })
    for (const name of ['readable', 'long'])
      expect(testing?.objects?.[name]).to.deep.equal(forPlain(declared?.objects?.[name]))
  })

  it('takes what management may read, and nobody else', async () => {
    const { testing } = await draftOf('reference', 'wrapper', 'tcp://meter:4059', {
      callers: [{ sap: 16 }, { sap: 1, secret: 'management-password' }],
    })
    expect(testing?.objects?.['managementOnly']).to.deep.include({ for: ['management'] })
  })

  it('takes modes, rate and maker from the identification', async () => {
    const { supports, identification } = await draftOf('reference', 'optical', 'serial:line')
    expect(supports?.signOn).to.deep.equal({ modes: ['E'], baud: 9600, announcesHdlc: true, fastReaction: false })
    expect(identification).to.include({ manufacturer: 'SIM', serialNumber: '12345678' })
  })

  for (const [meter, mode, baud] of [
    ['mode-a', 'A', undefined],
    ['mode-b', 'B', 4800],
    ['mode-c', 'C', 9600],
  ] as const)
    it(`a meter of mode ${mode} is drafted from its identification alone`, async () => {
      const { findings, sent } = await asked(meter, 'optical', 'serial:line')
      const { modes, baud: announced } = draft([findings]).supports?.signOn ?? {}
      expect(modes).to.deep.equal([mode])
      if (baud !== undefined) expect(announced).to.equal(baud)
      expect(sent).to.deep.equal(['2F3F210D0A'])
    })

  it('reads time-outs and the number of connections from the set-up objects', async () => {
    const { testing, supports } = await draftOf('reference', 'wrapper', 'tcp://meter:4059')
    expect(testing?.timing).to.deep.equal({ interOctetMs: 25, inactivityMs: 120_000, tcpInactivityMs: 180_000 })
    expect(supports?.wrapper).to.deep.equal({ tcp: true, connections: 4 })
  })

  it('changes nothing: AARQ, RLRQ and GET are all that it sends', async () => {
    const HEADER = 16
    const { sent } = await asked('reference', 'wrapper', 'tcp://meter:4059')
    expect(new Set(sent.map((octets) => octets.slice(HEADER, HEADER + 2)))).to.have.all.keys('60', '62', 'C0')
  })

  it('a client whose password is wrong is refused once, and the draft says so', async () => {
    const callers = [{ sap: 16 }, { sap: 2, secret: 'management-password' }]
    const { findings, sent } = await asked('reference', 'wrapper', 'tcp://meter:4059', { callers })
    const { testing, todo } = draft([findings])
    expect(Object.keys(testing?.clients ?? {})).to.not.include('management')
    expect(todo?.join('\n')).to.contain('client 2 at server 1 did not open')
    expect(sent.filter((octets) => octets.startsWith('0001' + '0002'))).to.have.length(1)
  })

  it('what is to be declared by hand of clients with HLS or ciphering is told', async () => {
    const callers = [{ sap: 16 }, { sap: 5 }, { sap: 3 }]
    const { findings } = await asked('reference', 'wrapper', 'tcp://meter:4059', { callers })
    const { todo } = draft([findings])
    const [hls, ciphered] = todo?.filter((line) => line.includes('did not open')) ?? []
    expect(hls).to.match(/client 5 .*: it may ask for HLS: declare it by hand/)
    expect(ciphered).to.match(/client 3 .*: it may take ciphered contexts only: declare it by hand/)
  })

  it('a meter that answers whatever the lower address is may be one of one octet, and is told', async () => {
    const ignoring = ['hdlc.address.lower-ignored']
    const { supports, todo } = await draftOf('two-octet', 'hdlc', 'serial:line', { defects: ignoring })
    expect(supports?.hdlc).to.include({ addressing: 2, lower: 1 })
    expect(todo?.join()).to.contain('whatever their lower address is')
    const defects = [...ignoring, 'hdlc.address.one-octet-accepted']
    const one = await draftOf('two-octet', 'hdlc', 'serial:line', { defects })
    expect(one.supports?.hdlc?.addressing).to.equal(1)
    expect(one.supports?.hdlc).to.not.have.property('lower')
  })

  it('an address that nobody has is told', async () => {
    const { findings } = await asked('reference', 'hdlc', 'serial:line', { servers: [99] })
    expect(findings.answered).to.equal(false)
    expect(findings.notes.join()).to.contain('no HDLC address answers')
  })
})

/** The clock of the meter goes on. */
const CAPTURED_MEANWHILE = 'a row was captured meanwhile'

describe('a run with what was drafted', () => {
  const LOWER = ['declaration', 'sign-on', 'hdlc', 'wrapper', 'association'] as const
  const ALL = [] as const

  for (const [meter, port, url, suites] of [
    ['one-octet', 'hdlc', 'serial:line', LOWER],
    ['two-octet', 'hdlc', 'serial:line', LOWER],
    ['reference', 'optical', 'serial:line', LOWER],
    ['reference', 'wrapper', 'tcp://meter:4059', LOWER],
    ['reference', 'udp', 'udp://meter:4059', ALL],
    ['sn', 'hdlc', 'serial:line', LOWER],
    ['sn', 'wrapper', 'tcp://meter:4059', ALL],
  ] as const)
    it(`${meter} over ${port}: the declaration is valid, and nothing is FAILED or in doubt`, async () => {
      const chosen = await chooseSuites(suites)
      const { findings } = await asked(meter, port, url)
      const text = safeJson(draft([findings])).replace(url, 'simulated')
      const files = { read: () => text, resolve: (_: string, name: string) => name }
      const declaration = loadDeclaration('drafted.json', files, validator('meter'))
      if (!declaration.ok) throw new Error(JSON.stringify(declaration.failure))
      const subject = { declaration: declaration.value, description: describedMeter(meter) }
      const selections = chosen.suites.map(selectionOf)
      const { verdicts } = await runOnMemory(subject, instancesOn(selections, subject), [])
      const all = [...verdicts.values()]
      expect(all.filter(({ verdict }) => verdict === 'PASSED').length).to.be.greaterThan(10)
      const blamed = all.filter(
        ({ verdict, reason }) =>
          verdict !== 'PASSED' && verdict !== 'INAPPLICABLE' && !reason?.text.startsWith(CAPTURED_MEANWHILE),
      )
      expect(blamed.map(({ instance, reason }) => `${instance}: ${reason?.text}`)).to.deep.equal([])
    }).timeout(60_000)
})
