import type {
  EndEvent,
  Event,
  InstanceEvent,
  NoteEvent,
  ObjectListEvent,
  ProtectionEvent,
  RunEvent,
  StepEvent,
  TrafficEvent,
  VerdictEvent,
} from '../engine/events.ts'
import type { Explain, Field } from './explain.ts'
import { runOf, type RunModel } from './model.ts'

// A made-up run for the tests of the readers. Its meter is as hostile as a meter can be.

/** Markup, quotes, an escape sequence, a right-to-left override, a NUL, a lone surrogate, a line separator, braces of a template. */
export const HOSTILE = `<script>alert(1)</script>"'><img src=x onerror=alert(2)> \u001B[2J\u202Egnp.exe\u0000\uD800\u2028]]>{{title}}`

export const header = (part: Partial<RunEvent> = {}): RunEvent => ({
  event: 'run',
  schema: 'events/1',
  tool: { name: 'dlms-conformance', version: '0.1.0' },
  started: '2026-03-01T08:00:00.000Z',
  seed: 7,
  command: 'dlms-conformance run --meter meters/reference.json',
  suites: [
    { id: 'hdlc', title: 'HDLC data link', hash: 'sha256:11' },
    { id: 'wrapper', title: 'TCP-UDP/IP wrapper', hash: 'sha256:22' },
  ],
  meters: [
    {
      meter: 'reference',
      title: 'The built-in simulated meter',
      hash: 'sha256:33',
      identification: { manufacturer: 'SIM', serialNumber: HOSTILE },
      simulated: true,
      ports: [
        { name: 'hdlc', url: 'simulated', profile: 'hdlc serial' },
        { name: 'wrapper', url: 'simulated', profile: 'wrapper tcp' },
        { name: 'udp', url: 'simulated', profile: 'wrapper udp' },
      ],
      assumed: { 'testing.timing.responseMs': 1500, 'testing.timing.signOnReactionMs': [200, 1500] },
    },
  ],
  planned: 6,
  clauses: {
    'hdlc.fcs': {
      book: 'IEC 62056-46',
      edition: 'ed. 1.1',
      clause: '6.4.4.9.2',
      text: 'A frame with a wrong FCS is dropped.',
    },
    'hdlc.disc': { book: 'IEC 62056-46', section: 'DISC', text: 'DISC ends the link; UA confirms it.' },
    'wrapper.version': { book: 'IEC 62056-47', text: 'The version is 1.' },
  },
  ...part,
})

export const instance = (name: string, part: Partial<InstanceEvent> = {}): InstanceEvent => ({
  event: 'instance',
  instance: name,
  meter: 'reference',
  port: 'hdlc',
  id: name.replace(/[[/@].*/, ''),
  suite: 'hdlc',
  title: 'A frame with a wrong check sequence is dropped',
  proves: [{ clause: 'hdlc.fcs', level: 'MUST' }],
  effect: 'volatile',
  attempt: 0,
  at: 0,
  ...part,
})

export const step = (name: string, part: Partial<StepEvent> = {}): StepEvent => ({
  event: 'step',
  instance: name,
  block: 'steps',
  index: 0,
  text: 'send RR, FCS flipped; nothing may come for 1500 ms',
  on: 'main',
  at: 1,
  ...part,
})

export const RR_DAMAGED = '7EA00A00020401215103FF7E'
export const DM = '7EA00A21000204011F4A507E'

export const traffic = (name: string | undefined, part: Partial<TrafficEvent> = {}): TrafficEvent => ({
  event: 'traffic',
  ...(name === undefined ? {} : { instance: name }),
  connection: 'main',
  port: 'hdlc',
  direction: 'sent',
  at: 2,
  end: 14.5,
  is: 'hdlc',
  octets: RR_DAMAGED,
  names: ['rr'],
  failures: [],
  marks: [],
  ...part,
})

/** The golden glo-get-request of the time, and the APDU beneath. */
export const GLO_GET = 'C81E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B'
export const GET = 'C0010000080000010000FF0200'

export const protection = (name: string | undefined, part: Partial<ProtectionEvent> = {}): ProtectionEvent => ({
  event: 'protection',
  ...(name === undefined ? {} : { instance: name }),
  connection: 'main',
  port: 'hdlc',
  direction: 'sent',
  at: 14.5,
  client: 'ciphered',
  name: 'glo-get-request',
  securityControl: '30',
  invocationCounter: 0x01234567,
  title: '4D4D4D0000BC614E',
  key: 'global-unicast-encryption-key',
  verified: 'right',
  apdu: GET,
  ...part,
})

export const note = (part: Partial<NoteEvent> = {}): NoteEvent => ({
  event: 'note',
  kind: 'other',
  text: 'the port was opened',
  at: 0,
  ...part,
})

export const objectList = (part: Partial<ObjectListEvent> = {}): ObjectListEvent => ({
  event: 'object-list',
  meter: 'reference',
  port: 'hdlc',
  client: 'reader',
  device: 'management',
  objects: [
    {
      'class-id': 3,
      version: 0,
      'instance-id': '1.0.1.8.0.255',
      attributes: [{ 'attribute-id': 2, 'access-mode': 1, rights: ['read'] }],
      methods: [],
    },
  ],
  at: 1,
  end: 2,
  ...part,
})

export const verdict = (name: string, part: Partial<VerdictEvent> = {}): VerdictEvent => ({
  event: 'verdict',
  instance: name,
  verdict: 'PASSED',
  remarks: [],
  clauses: ['hdlc.fcs'],
  severity: 'defect',
  durationMs: 1200,
  rerun: `dlms-conformance run --meter meters/reference.json --case '${name}'`,
  final: true,
  at: 1200,
  ...part,
})

export const footer = (part: Partial<EndEvent> = {}): EndEvent => ({
  event: 'end',
  summary: { PASSED: 0, FAILED: 0, INCONCLUSIVE: 0, INAPPLICABLE: 0, ERROR: 0 },
  exit: 0,
  ended: 'complete',
  at: 9000,
  ...part,
})

export const FAILED = 'HDLC_FRAME_N8[frame=rr,damage=low-bit]@hdlc'
export const PASSED = 'HDLC_FRAME_P2@hdlc'
export const REMARKED = 'WRAPPER_N1/2@wrapper'
export const INCONCLUSIVE = 'HDLC_INFO_P1/3@hdlc'
export const INAPPLICABLE = 'SIGNON_A_1@optical'
export const ERROR = 'HDLC_ADDR_N1[address=“ü ß”]@hdlc'

/** One instance of each verdict, with all kinds of events. */
export const events = (): readonly Event[] => [
  header(),
  note(),
  traffic(undefined, { is: 'opened', octets: '', names: [] }),
  instance(PASSED, { title: 'A cut frame is forgotten' }),
  step(PASSED),
  traffic(PASSED, {
    octets: '7EA00A0002040121XXXXFF7E',
    marks: [{ path: 'hdlc.closing-flag', from: 12, to: 12, what: 'drop' }],
  }),
  traffic(PASSED, { direction: 'received', octets: DM, names: ['dm'], at: 20, end: 32.5 }),
  verdict(PASSED),
  instance(FAILED, { purpose: 'Noise must not be taken for a frame.', at: 2000 }),
  step(FAILED, { at: 2001, why: 'a wrong frame is no frame' }),
  traffic(FAILED, { at: 2002, end: 2014.5, marks: [{ path: 'hdlc.fcs', from: 9, to: 11, what: 'flip 0001' }] }),
  traffic(FAILED, {
    at: 2040,
    end: 2052.5,
    direction: 'received',
    octets: DM,
    names: ['dm'],
    failures: [{ layer: 'hdlc.fcs', at: 9, expected: '4A51', found: '4A50' }],
    detail: HOSTILE,
  }),
  note({ instance: FAILED, kind: 'control', text: 'the undamaged RR was answered by RR', at: 2100 }),
  verdict(FAILED, {
    verdict: 'FAILED',
    severity: 'vulnerability',
    reason: {
      text: `the damaged RR was answered: ${HOSTILE}`,
      block: 'steps',
      step: 0,
      expected: 'silence for 1500 ms',
      found: 'dm after 25.5 ms',
      hint: 'look at how the receiver compares the FCS',
      octets: DM,
      field: 'hdlc.control',
      alternative: 'answered',
    },
    at: 3200,
  }),
  instance(REMARKED, { suite: 'wrapper', port: 'wrapper', title: 'A wrong version is dropped' }),
  traffic(REMARKED, {
    port: 'wrapper',
    connection: 'w',
    is: 'opened',
    octets: '',
    names: [],
    at: 4000,
    end: 4000,
  }),
  traffic(REMARKED, {
    port: 'wrapper',
    connection: 'w',
    is: 'wrapper',
    octets: '000200100001000401FF',
    names: ['wrapper'],
    at: 4001,
    end: 4001,
  }),
  traffic(REMARKED, {
    port: 'wrapper',
    connection: 'w',
    direction: 'received',
    is: 'closed',
    octets: '',
    names: [],
    at: 4002,
    end: 4002,
  }),
  verdict(REMARKED, {
    remarks: [{ text: 'the connection was closed', clause: 'wrapper.version', ruling: 'W2', severity: 'security' }],
  }),
  instance(INCONCLUSIVE),
  verdict(INCONCLUSIVE, { verdict: 'FAILED', reason: { text: 'no answer' }, final: false }),
  instance(INCONCLUSIVE, { attempt: 1 }),
  verdict(INCONCLUSIVE, { verdict: 'INCONCLUSIVE', reason: { text: 'no answer, once', hint: 'check the line' } }),
  instance(INAPPLICABLE, { port: 'optical' }),
  verdict(INAPPLICABLE, {
    verdict: 'INAPPLICABLE',
    reason: { text: 'not allowed', hint: 'add --allow persistent' },
    durationMs: 0,
  }),
  instance(ERROR),
  verdict(ERROR, { verdict: 'ERROR', reason: { text: 'the adapter was unplugged', hint: 'plug it in again' } }),
  footer(),
]

/** The run that events tell. */
export function run(told: Iterable<Event> = events(), troubles: readonly string[] = []): RunModel {
  const found = runOf(told, troubles)
  if (!found.ok) throw new Error(found.failure)
  return found.value
}

/** A run of so many passed instances with twelve units each, and every tenth FAILED. */
export function* many(n: number): Generator<Event> {
  yield header({ planned: n })
  for (let i = 0; i < n; i += 1) {
    const name = `HDLC_MANY_${i}[row=${i}]@hdlc`
    yield instance(name, { at: i * 100, suite: i % 2 === 0 ? 'hdlc' : 'wrapper' })
    for (let unit = 0; unit < 12; unit += 1) {
      const at = i * 100 + unit
      if (unit % 4 === 0) yield step(name, { index: unit / 4, at })
      yield traffic(name, {
        at,
        end: at + 0.5,
        direction: unit % 2 === 0 ? 'sent' : 'received',
        octets: frame(i, unit),
      })
    }
    yield i % 10 === 0
      ? verdict(name, { verdict: 'FAILED', reason: { text: 'wrong', octets: frame(i, 11), field: 'hdlc.fcs' } })
      : verdict(name)
  }
  yield footer()
}

/** 80 octets, different in each instance. */
const frame = (i: number, unit: number): string =>
  `7EA04E${(i * 12 + unit).toString(16).padStart(8, '0')}${'C001C100'.repeat(18)}FFFF7E`

/** Explains any unit as flags, format, control, information and FCS: enough to see what readers do with a tree. */
export const explain: Explain = {
  unit: (octets, is) => ({
    tree: {
      name: is,
      start: 0,
      end: octets.length,
      children: [
        field('opening-flag', 0, 1, '7E'),
        field('frame-format', 1, 3, octets.length),
        { name: 'control', start: 8, end: 9, children: [{ ...field('frame', 8, 9, 'dm'), mask: 0xef }] },
        field('information', 9, Math.max(9, octets.length - 3), HOSTILE),
        field('fcs', Math.max(9, octets.length - 3), octets.length - 1),
        field('closing-flag', octets.length - 1, octets.length, '7E'),
      ],
    },
  }),
  apdu: (octets) => ({ tree: field('get-response-normal', 0, octets.length) }),
  blocks: () => () => undefined,
}

const field = (name: string, start: number, end: number, value?: string | number): Field => ({
  name,
  start,
  end,
  children: [],
  ...(value === undefined ? {} : { value }),
})
