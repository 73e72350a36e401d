// For tests: dialogues in which each defect shows, by the port they are held on.
import { hex } from '../../codec/value.ts'
import { fcsOctets } from '../../protocol/hdlc/fcs.ts'
import { associationScripts } from './association/scripts.ts'
import {
  AARQ,
  action,
  client,
  get,
  LLC,
  MANAGEMENT,
  managementWith,
  octetsOf,
  READER,
  set,
  signOnMessages as say,
  wpduOf,
  type Step,
} from '../dialogue.ts'

export interface Script {
  readonly meter: string
  readonly port: string
  readonly steps: readonly Step[]
}

const tester = client(16)
const reader = client(2)
const management = client(1)
const on = (meter: string, port: string, ...steps: readonly (Step | string)[]): Script => ({
  meter,
  port,
  steps: steps.map((step) => (typeof step === 'string' ? { octets: step } : step)),
})
const hdlc = (...steps: readonly (Step | string)[]): Script => on('reference', 'hdlc', ...steps)

/** A frame with octets changed, counted from its end. */
const damaged = (frame: string, ...at: readonly number[]): string => {
  const octets = octetsOf(frame)
  return hex(octets.map((octet, index) => (at.includes(index - octets.length) ? octet ^ 0x01 : octet)))
}
/** Octets between the flags, without FCS → a frame with the right one. */
const closed = (body: string): string => `7E${body}${hex(fcsOctets(octetsOf(body)))}7E`
const ADDRESSES = '0002040121'
/** The same frame with P = 0: type and addresses are the seven octets before its control field. */
const unpolled = (frame: string): string => {
  const control = Number.parseInt(frame.slice(16, 18), 16) & 0xef
  const header = frame.slice(2, 16) + hex(Uint8Array.of(control))
  const information = frame.slice(22, -6)
  return information === '' ? closed(header) : closed(header + hex(fcsOctets(octetsOf(header))) + information)
}
const proposal = (transmit: string, receive: string, windows: string): string => {
  const list = `05${transmit}06${receive}07040000000${windows}08040000000${windows}`
  return `8180${hex(Uint8Array.of(list.length / 2))}${list}`
}
const SMALL = proposal('0120', '0120', '1')
const WINDOW = proposal('0140', '0140', '3')
const OBJECT_LIST = get(15, '0.0.40.0.0.255', 2)
const CLOCK = get(8, '0.0.1.0.0.255', 3)
const SCRATCH = [1, '0.0.96.128.1.255', 2] as const
const CAPTURE = action(7, '1.0.99.128.0.255', 2)
const NEW_VALUE = set(...SCRATCH, '090411223344')
const aarq = tester.i(0, 0, LLC + AARQ)
const whole = LLC + AARQ
const wrongHcs = damaged(aarq, -5 - whole.length / 2)
const refitted = (frame: string): string => closed(frame.slice(2, -6))
const badSnrm = tester.snrm('8180030F0101')

/** Link layer, on the reference meter. */
const LINK: readonly Script[] = [
  hdlc(tester.disc(), tester.snrm(), tester.rr(0), tester.disc(), tester.disc()),
  hdlc(tester.snrm(), unpolled(tester.rr(0)), unpolled(aarq), tester.rr(0)),
  hdlc(
    tester.snrm(),
    aarq,
    tester.i(1, 1, LLC + CLOCK),
    tester.rr(2),
    tester.snrm(),
    tester.rr(0),
    tester.i(0, 0, LLC + CLOCK),
  ),
  hdlc(tester.snrm(), aarq, tester.snrm(), tester.i(0, 0, LLC + CLOCK)),
  hdlc(tester.snrm(), aarq, tester.disc(), tester.snrm(), tester.i(0, 0, LLC + CLOCK)),
  hdlc(
    tester.snrm(),
    { octets: aarq, wait: 119_000 },
    tester.rr(1),
    { wait: 125_000 },
    tester.snrm(),
    tester.i(0, 0, LLC + CLOCK),
  ),
  hdlc({ octets: tester.snrm(), wait: 40_000 }, { octets: tester.rr(0), wait: 150_000 }, tester.disc()),
  // flags, pauses, lengths
  hdlc(tester.snrm(), tester.disc().slice(0, -2), tester.rr(0), tester.rr(0), tester.disc()),
  hdlc(tester.snrm().slice(0, 12), tester.snrm()),
  hdlc({ octets: tester.snrm().slice(0, 12), wait: 12 }, tester.snrm().slice(12)),
  hdlc(tester.snrm().slice(2), tester.disc()),
  hdlc('00FF55', tester.snrm()),
  hdlc(`7E7E7E${tester.snrm()}7E7E`),
  hdlc(client(16, '00280401').snrm() + tester.snrm().slice(2)),
  hdlc(tester.disc(), closed('A0'), closed('A006'), closed(`A00A00020401`), tester.disc(), tester.snrm()),
  hdlc(closed(`A00B${ADDRESSES}93`), tester.disc(), tester.snrm()),
  hdlc(closed(`000A${ADDRESSES}93`), tester.disc()),
  // check sequences
  hdlc(tester.snrm(), refitted(wrongHcs), tester.rr(0), aarq),
  hdlc(tester.snrm(), damaged(aarq, -2), tester.rr(0), aarq),
  hdlc(damaged(tester.snrm(), -2), tester.disc()),
  hdlc(damaged(tester.snrm(SMALL), -2), tester.disc()),
  hdlc(
    tester.snrm(),
    aarq,
    ...Array.from({ length: 8 }, (_, index) =>
      tester.i((1 + index) % 8, (1 + index) % 8, LLC + get(1, `126.160.7.${index}.0.255`, 2)),
    ),
  ),
  hdlc(
    tester.snrm(),
    aarq,
    ...Array.from({ length: 200 }, (_, index) =>
      tester.i((1 + index) % 8, (1 + index) % 8, LLC + get(1, `0.0.0.${index}.0.255`, 2)),
    ),
  ),
  // FRMR
  hdlc(tester.snrm(), tester.undefined(0xff), tester.rr(0), aarq, tester.snrm(), tester.rr(0)),
  hdlc(tester.snrm(), tester.rr(0, LLC + AARQ), tester.snrm()),
  hdlc(tester.snrm(), tester.i(0, 0, '00'.repeat(129), true), tester.snrm()),
  hdlc(tester.snrm(), tester.rr(1), tester.snrm()),
  // addresses
  ...[
    '000205',
    '0002000205',
    '03',
    '00280401',
    '00020403',
    '00020601',
    '00220401',
    '00000401',
    'FEFEFEFF',
    '0002FEFD',
  ].map((to) => hdlc(client(16, to).snrm(), client(16, to).rr(0))),
  hdlc(closed('A00B0002040100 2193'.replace(' ', '')), tester.disc()),
  hdlc(
    client(1, 'FEFEFEFF').ui(LLC + NEW_VALUE),
    management.snrm(),
    management.i(0, 0, LLC + MANAGEMENT),
    management.i(1, 1, LLC + get(...SCRATCH)),
  ),
  // parameters
  ...[
    '',
    SMALL,
    WINDOW,
    proposal('0207EE', '0207EE', '7'),
    proposal('0180', '020200', '1'),
    proposal('020080', '020080', '1'),
  ].map((block) => hdlc(tester.snrm(block))),
  hdlc(badSnrm, tester.snrm(), tester.disc()),
  // I frames
  hdlc(tester.snrm(), tester.i(1, 0, LLC + AARQ), tester.rr(0), aarq),
  hdlc(tester.snrm(), aarq, aarq, tester.rr(1)),
  hdlc(tester.snrm(), aarq, tester.rr(0), tester.rr(1)),
  hdlc(aarq, tester.disc()),
  // segments and windows
  hdlc(
    tester.snrm(SMALL),
    tester.i(0, 0, whole.slice(0, 64), true),
    tester.i(1, 0, whole.slice(64)),
    tester.rr(1),
    tester.rr(2),
    tester.rr(3),
    tester.rr(4),
  ),
  hdlc(tester.snrm(SMALL), tester.i(0, 0, whole.slice(0, 64), true), tester.disc(), tester.snrm(), aarq),
  hdlc(tester.snrm(proposal('0180', '0120', '1')), aarq, tester.rnr(1), tester.rr(1)),
  hdlc(
    reader.snrm(WINDOW),
    reader.i(0, 0, LLC + READER),
    reader.i(1, 1, LLC + OBJECT_LIST),
    reader.rr(3),
    reader.rr(6),
    reader.rr(1),
  ),
  // clients
  hdlc(
    tester.snrm(),
    aarq,
    reader.snrm(),
    reader.i(0, 0, LLC + READER),
    tester.i(1, 1, LLC + CLOCK),
    reader.rr(1),
    tester.snrm(),
  ),
  // pushes
  hdlc({ wait: 130_000 }),
  on('one-octet', 'hdlc', client(16, '03').snrm()),
]

const at = (baud: number, octets: string, wait = 1000): Step => ({ octets, wait, octetMs: 10_000 / baud })
const fast = (octets: string, wait?: number): Step => at(9600, octets, wait)
const opened = (digits: string): readonly Step[] => [at(300, say.request()), at(300, say.option(digits), 20_000)]
const programming = (...steps: readonly Step[]): Script =>
  on('reference', 'optical', at(300, say.request()), at(300, say.option('051')), ...steps)
const RIGHT = fast(say.command('P1', '(SignOn-1)'))
const WRONG = fast(say.command('P1', '(99999999)'))
const wrongBcc = (command: string): Step =>
  fast(command.replace(/..$/, (sum) => hex(Uint8Array.of(Number.parseInt(sum, 16) ^ 1))))
const read = (register: string): Step => fast(say.command('R1', `${register}()`))

const SIGN_ON: readonly Script[] = [
  ...['mode-a', 'mode-b', 'mode-c', 'reference'].map((meter) => on(meter, 'optical', at(300, say.request(), 20_000))),
  ...['050', '030', '080', '252', '052', '282'].map((digits) =>
    on('reference', 'optical', ...opened(digits), tester.snrm(), at(300, say.request())),
  ),
  on(
    'reference',
    'optical',
    at(300, say.request()),
    at(300, say.option('050').slice(0, 6), 30_000),
    at(300, say.request()),
  ),
  on('mode-d', 'optical', { wait: 10_050 }, { octets: '41', wait: 20_000 }),
  ...['12345678', '87654321', '0012345678', `${'0'.repeat(30)}12345678`].map((address) =>
    on('reference', 'optical', at(300, say.request(address)), at(300, say.request())),
  ),
  ...[1400, 2500].map((pause) =>
    on(
      'reference',
      'optical',
      { octets: say.request().slice(0, 4), wait: pause },
      say.request().slice(4),
      at(300, say.request()),
    ),
  ),
  programming(RIGHT, read('C003'), fast(say.break()), at(300, say.request())),
  programming(RIGHT, wrongBcc(say.command('W1', 'C003(20240102)')), read('C003')),
  programming(WRONG, WRONG, WRONG, WRONG, RIGHT, { wait: 57_000 }, RIGHT),
  programming(read('C004')),
  programming(fast(say.command('P1', '()'))),
  programming({ ...RIGHT, wait: 70_000 }, read('C003'), at(300, say.request())),
  on(
    'reference',
    'wrapper',
    { connect: 'a' },
    { octets: wpduOf(READER, 2), peer: 'a' },
    { octets: wpduOf(get(19, '0.0.20.0.0.255', 2), 2), peer: 'a' },
  ),
]

const from = (peer: string, octets: string, wait = 1000): Step => ({ octets, peer, wait, octetMs: 0 })
const tcp = (...steps: readonly Step[]): Script => on('reference', 'wrapper', { connect: 'a' }, ...steps)
const udp = (...steps: readonly Step[]): Script => on('reference', 'udp', ...steps)
const OPEN = from('a', wpduOf(AARQ))
const ASK = wpduOf(CLOCK.replace('03', '02'))
const NEXT: readonly Step[] = [{ connect: 'b' }, from('b', wpduOf(CLOCK))]

const WRAPPER: readonly Script[] = [
  tcp(OPEN, from('a', ASK)),
  tcp(from('a', wpduOf(AARQ).slice(0, 20), 20), from('a', wpduOf(AARQ).slice(20)), from('a', ASK + ASK)),
  tcp(from('a', wpduOf(AARQ, 16, 1, 2)), ...NEXT),
  tcp(from('a', `${wpduOf(AARQ).slice(0, 12)}0040${AARQ}`, 200_000), ...NEXT),
  tcp(from('a', '0001001000010000'), OPEN, ...NEXT),
  tcp(
    from('a', wpduOf(AARQ, 16, 257)),
    from('a', wpduOf(AARQ, 16, 99)),
    from('a', wpduOf(AARQ, 99, 1)),
    OPEN,
    from('a', wpduOf(CLOCK, 1, 16)),
  ),
  tcp(from('a', wpduOf(READER, 2)), from('a', wpduOf(OBJECT_LIST, 2)), { connect: 'b' }, from('a', wpduOf(CLOCK, 2))),
  tcp(from('a', wpduOf(READER, 2, 17))),
  tcp(OPEN, { close: 'a' }, ...NEXT),
  tcp(OPEN, { reset: 'a' }, ...NEXT),
  tcp({ wait: 190_000 }),
  tcp({ reset: 'a' }, ...['b', 'c', 'd', 'e'].flatMap((peer): readonly Step[] => [{ connect: peer }, { reset: peer }])),
  tcp(...['b', 'c', 'd', 'e'].map((peer) => ({ connect: peer }))),
  tcp(from('a', '00010010', 100_000), from('a', '00', 100_000), from('a', '00', 100_000)),
  udp({ datagram: wpduOf(AARQ) }, { datagram: ASK }, { datagram: ASK, peer: 'b' }),
  udp(
    { datagram: `${wpduOf(AARQ).slice(0, 12)}00FF${AARQ}` },
    { datagram: `${wpduOf(AARQ)}00` },
    { datagram: wpduOf(AARQ) },
  ),
  udp({ datagram: wpduOf(AARQ) + ASK }, { datagram: wpduOf(AARQ, 16, 1, 2) }),
  udp(...[MANAGEMENT, CAPTURE, CAPTURE, get(7, '1.0.99.128.0.255', 7)].map((apdu) => ({ datagram: wpduOf(apdu, 1) }))),
]

/** The management client may use all forms of the services, and takes fourteen octets. */
const SHORT = managementWith('007E19', '000E')
const manager = (...apdus: readonly string[]): Script => tcp(...apdus.map((apdu) => from('a', wpduOf(apdu, 1))))
const LONG_VALUE = set(...SCRATCH, '0910000102030405060708090A0B0C0D0E0F')
const READ_LONG = get(...SCRATCH)
const nextBlock = (number: number): string => `C002C1${hex(Uint8Array.of(0, 0, 0, number))}`
const SCRATCH_NAME = '00010000608001FF0200'
const UNKNOWN_NAME = '00010000636363FF0200'
const CAPTURE_NAME = '00070100638000FF02'

const SERVICES: readonly Script[] = [
  manager(SHORT, LONG_VALUE, READ_LONG, nextBlock(1), nextBlock(3), READ_LONG, nextBlock(1), nextBlock(2)),
  manager(SHORT, LONG_VALUE, READ_LONG, SHORT, nextBlock(1)),
  tcp(
    { connect: 'b' },
    ...[SHORT, LONG_VALUE, READ_LONG].map((apdu) => from('a', wpduOf(apdu, 1))),
    ...[SHORT, NEW_VALUE].map((apdu) => from('b', wpduOf(apdu, 1))),
    from('a', wpduOf(nextBlock(1), 1)),
  ),
  manager(SHORT, `C102C1${SCRATCH_NAME}0000000001020908`, READ_LONG),
  manager(
    managementWith('007E19', 'FFFF'),
    `C102C1${SCRATCH_NAME}00000000018207000982${'00'.repeat(1790)}`,
    ...Array.from({ length: 9 }, (_, at) => `C103C100000000${hex(Uint8Array.of(at + 2))}820700${'00'.repeat(1792)}`),
  ),
  manager(SHORT, `C102C1${SCRATCH_NAME}0000000001020904`, 'C103C101000000020411223344', 'C103C101000000030409020000'),
  manager(SHORT, `C304C1${CAPTURE_NAME}0000000001010F`),
  manager(SHORT, `C301C1007B0000120000FF0201020211010202120001120001`),
  manager(SHORT, `C104C102${SCRATCH_NAME}${UNKNOWN_NAME}0209000900`),
  manager(managementWith('007E19', 'FFFF'), get(3, '1.0.1.8.0.255', 0)),
  manager(MANAGEMENT, get(1, '0.0.96.128.0.255', 2, 15)),
  manager(MANAGEMENT, NEW_VALUE.replace('C101C1', 'C10181'), READ_LONG),
  manager(MANAGEMENT, READ_LONG.replace('C001', 'C009'), READ_LONG),
  manager(MANAGEMENT, get(1, '0.0.99.99.99.255', 2), set(1, '0.0.99.99.99.255', 2, '00')),
  manager(managementWith('000010', 'FFFF'), NEW_VALUE),
]

/** Blocks of general block transfer: control, number, number acknowledged, data. */
const block = (control: string, number: number, acknowledged: number, data = ''): string =>
  `E0${control}${hex(Uint8Array.of(0, number, 0, acknowledged, data.length / 2))}${data}`
const GENERAL = managementWith('207E19', '000E')

const GENERAL_BLOCKS: readonly Script[] = [
  manager(GENERAL, LONG_VALUE, block('82', 1, 0, READ_LONG), block('82', 2, 1), block('82', 3, 3)),
  manager(GENERAL, block('01', 1, 0, CAPTURE.slice(0, 10)), block('81', 3, 1, CAPTURE.slice(14)), READ_LONG),
  manager(GENERAL, ...Array.from({ length: 170 }, (_, at) => block('01', at + 1, at, '00'.repeat(100)))),
  manager(GENERAL, LONG_VALUE, block('81', 1, 0, READ_LONG), block('80', 2, 0), READ_LONG),
  manager(GENERAL, LONG_VALUE, block('81', 5, 0, READ_LONG)),
  manager(GENERAL, LONG_VALUE, block('81', 1, 0, READ_LONG), GENERAL, block('81', 2, 1)),
]

export const scripts: readonly Script[] = [
  ...LINK,
  ...SIGN_ON,
  ...WRAPPER,
  ...associationScripts,
  ...SERVICES,
  ...GENERAL_BLOCKS,
]
