// For tests: talks to a simulated meter in virtual time, octets with their times by hand, and writes down what comes back.
import { readFileSync } from 'node:fs'
import { hex, unhex } from '../codec/value.ts'
import { addressOctets } from '../protocol/hdlc/address.ts'
import type { Control } from '../protocol/hdlc/control.ts'
import { examine } from '../protocol/hdlc/examine.ts'
import { frameOctets } from '../protocol/hdlc/frame.ts'
import type { CallOutput, Ms, Party, PartyInput, PartyOutput } from '../protocol/line.ts'
import { wpduOctets } from '../protocol/wrapper/wpdu.ts'
import { BREAK, signOnOctets } from '../protocol/sign-on/messages.ts'
import type { RandomOctets } from './association/hls-rules.ts'
import type { MeterDescription } from './description.ts'
import { createMeter, type SimulatedMeter } from './meter.ts'

/** One thing the tester does; then it waits for `wait` ms (1000 unless given). */
export type Step =
  | { readonly octets: string; readonly wait?: Ms; readonly octetMs?: Ms; readonly peer?: string }
  | { readonly datagram: string; readonly wait?: Ms; readonly peer?: string }
  | { readonly connect: string; readonly wait?: Ms }
  | { readonly close: string; readonly wait?: Ms }
  | { readonly reset: string; readonly wait?: Ms }
  | { readonly wait: Ms }

export interface Told {
  /** Number of the step during which it came. */
  readonly step: number
  readonly output: PartyOutput
}

const described = new Map<string, MeterDescription>()

/** One of `meters/simulated/`. */
export function describedMeter(name: string): MeterDescription {
  const known = described.get(name)
  if (known !== undefined) return known
  const file = new URL(`../../meters/simulated/${name}.json`, import.meta.url)
  const description = JSON.parse(readFileSync(file, 'utf8')) as MeterDescription
  described.set(name, description)
  return description
}

/** Carries a script out against one port. Everything the meter puts out, in order. */
export function talk(meter: SimulatedMeter, port: string, script: readonly Step[], startedAt: Ms = 0): readonly Told[] {
  const party = meter.party(port)
  const told: Told[] = []
  let now = startedAt
  script.forEach((step, index) => {
    const keep = (outputs: readonly PartyOutput[]): void => {
      for (const output of outputs) told.push({ step: index, output })
    }
    const { input, end } = inputOf(step, now)
    if (input !== undefined) keep(party.receive(input))
    now = passTime(party, Math.max(now, end) + (step.wait ?? 1000), keep)
  })
  return told
}

/** Lets the time pass, as the world does: every deadline is kept. */
function passTime(party: Party, until: Ms, keep: (outputs: readonly PartyOutput[]) => void): Ms {
  for (let turns = 0; party.deadline() <= until; turns++) {
    if (turns > 10_000) throw new Error('the meter never comes to rest')
    keep(party.expire(party.deadline()))
  }
  return until
}

function inputOf(step: Step, now: Ms): { readonly input: PartyInput | undefined; readonly end: Ms } {
  if ('octets' in step) {
    const octets = octetsOf(step.octets)
    const octetMs = step.octetMs ?? 1
    const burst = { octets, firstEnd: now + octetMs, octetMs }
    return { input: { is: 'octets', peer: step.peer ?? 'line', burst }, end: now + octets.length * octetMs }
  }
  if ('datagram' in step)
    return { input: { is: 'datagram', peer: step.peer ?? 'a', octets: octetsOf(step.datagram), at: now }, end: now }
  if ('connect' in step) return { input: { is: 'connected', peer: step.connect, at: now }, end: now }
  if ('close' in step) return { input: { is: 'closed', peer: step.close, at: now }, end: now }
  if ('reset' in step) return { input: { is: 'reset', peer: step.reset, at: now }, end: now }
  return { input: undefined, end: now }
}

export const octetsOf = (text: string): Uint8Array => {
  const octets = unhex(text)
  if (octets === undefined) throw new Error(`not hex: ${text}`)
  return octets
}

/** A conformant meter, or one with these defects, asked on one port. */
export const ask = (
  meter: string,
  port: string,
  script: readonly Step[],
  defects: readonly string[] = [],
): readonly Told[] => talk(createMeter(describedMeter(meter), { defects, random: counting() }), port, script)

/** Challenges that a script knows before: the first consists of ones, the second of twos. */
export function counting(): RandomOctets {
  let drawn = 0
  return (count) => new Uint8Array(count).fill(++drawn)
}

/** What was put out, one line each: `step kind octets` (times left out). */
export const lines = (told: readonly Told[]): readonly string[] =>
  told.map(({ step, output }) => {
    if (output.is === 'settings') return `${step} settings ${output.settings.baud} ${output.settings.format}`
    return `${step} ${output.is}${'octets' in output ? ` ${hex(output.octets)}` : ''}`
  })

/** Frames that were put out, told shortly: `0: UA F=1`. Several frames in a step are several lines. */
export const framesOf = (told: readonly Told[]): readonly string[] =>
  told.flatMap(({ step, output }) => (output.is === 'octets' ? [`${step}: ${shortly(output.octets)}`] : []))

function shortly(octets: Uint8Array): string {
  const { frame, failures } = examine(octets)
  if (frame === undefined || failures.length > 0) return 'damaged'
  const { control, information, segmentation } = frame
  if (control.is === 'undefined') return `undefined ${control.octet.toString(16)}`
  const numbers =
    control.is === 'i'
      ? ` N(S)=${control['n-s']} N(R)=${control['n-r']}`
      : control.is === 'rr'
        ? ` N(R)=${control['n-r']}`
        : ''
  const carried = control.is === 'i' ? ` ${segmentation ? 'S=1 ' : ''}${hex(information).slice(6, 12)}` : ''
  return `${control.is.toUpperCase()}${numbers} F=${control['poll-final'] ? 1 : 0}${carried}`
}

/** Frames of a client to a logical device of the reference meter (four octets, lower address 256), or to any address given. */
export function client(number: number, destination: string = hex(addressOctets({ size: 4, upper: 1, lower: 256 }))) {
  const source = hex(addressOctets({ size: 1, upper: number }))
  const frame = (control: Control, information = '', segmentation = false): string =>
    hex(
      frameOctets({
        segmentation,
        'destination-address': octetsOf(destination),
        'source-address': octetsOf(source),
        control,
        information: octetsOf(information),
      }),
    )
  return {
    frame,
    snrm: (information = '') => frame({ is: 'snrm', 'poll-final': true }, information),
    disc: () => frame({ is: 'disc', 'poll-final': true }),
    rr: (nR: number, information = '') => frame({ is: 'rr', 'n-r': nR, 'poll-final': true }, information),
    rnr: (nR: number) => frame({ is: 'rnr', 'n-r': nR, 'poll-final': true }),
    ui: (information: string, poll = false) => frame({ is: 'ui', 'poll-final': poll }, information),
    undefined: (octet: number) => frame({ is: 'undefined', octet }),
    i: (nS: number, nR: number, information: string, segmentation = false, poll = true) =>
      frame({ is: 'i', 'n-s': nS, 'n-r': nR, 'poll-final': poll }, information, segmentation),
  }
}

export const LLC = 'E6E600'
/** GET, SET and ACTION in the conformance block, no limit to the size of an APDU. */
export const AARQ = '601DA109060760857405080101BE10040E01000000065F1F0400001C1DFFFF'
/** With the password, eight characters. */
export const aarqLls = (password: string): string => {
  const value = hex(new TextEncoder().encode(password))
  return `6036A1090607608574050801018A0207808B0760857405080201AC0A8008${value}BE10040E01000000065F1F0400001C1DFFFF`
}
export const MANAGEMENT = aarqLls('Manager1')
export const READER = aarqLls('Reader-1')
export const RLRQ = '6203800100'
export const get = (classId: number, name: string, attribute: number, id = 1): string =>
  hex(Uint8Array.of(0xc0, 1, 0xc0 | id, classId >> 8, classId, ...name.split('.').map(Number), attribute, 0))
export const set = (classId: number, name: string, attribute: number, value: string, id = 1): string =>
  hex(Uint8Array.of(0xc1, 1, 0xc0 | id, classId >> 8, classId, ...name.split('.').map(Number), attribute, 0)) + value
export const action = (classId: number, name: string, method: number, id = 1): string =>
  hex(Uint8Array.of(0xc3, 1, 0xc0 | id, classId >> 8, classId, ...name.split('.').map(Number), method, 0))

/** A WPDU; `source` 16 is the public client. */
export const wpduOf = (apdu: string, source = 16, destination = 1, version = 1): string =>
  hex(wpduOctets({ version, 'source-wport': source, 'destination-wport': destination, information: octetsOf(apdu) }))

/** Messages of IEC 62056-21 as hex. */
export const signOnMessages = {
  request: (address = '') => hex(signOnOctets({ is: 'request', value: { address } })),
  option: (digits: string) =>
    hex(
      signOnOctets({
        is: 'acknowledgement',
        value: {
          'protocol-control': digits.charAt(0),
          'baud-rate-identification': digits.charAt(1),
          'mode-control': digits.charAt(2),
        },
      }),
    ),
  command: (name: string, data: string) =>
    hex(
      signOnOctets({
        is: 'command',
        value: { type: name.charAt(0), number: name.charAt(1), 'data-field': data, partial: false },
      }),
    ),
  break: () => hex(signOnOctets(BREAK)),
}

/** APDUs from one client over TCP → the APDUs of the answers, step by step; `''`: silence. */
export function apduAnswers(
  source: number,
  apdus: readonly string[],
  defects: readonly string[] = [],
  meter = 'reference',
): readonly string[] {
  const script = apdus.map((apdu) => ({ octets: wpduOf(apdu, source), peer: 'a', octetMs: 0 }))
  const told = lines(ask(meter, 'wrapper', [{ connect: 'a' }, ...script], defects))
  return apdus.map(
    (_, index) =>
      told
        .find((line) => line.startsWith(`${index + 1} octets `))
        ?.split(' ')[2]
        ?.slice(16) ?? '',
  )
}

/** What a meter does by itself until then, when its management client has sent these over TCP: `time kind to octets`. Its calls are answered, or fail. */
export function callsAfter(
  apdus: readonly string[],
  defects: readonly string[] = [],
  { until = 100_000_000, answer = 'answered' }: { readonly until?: Ms; readonly answer?: 'answered' | 'failed' } = {},
): readonly string[] {
  const meter = createMeter(describedMeter('reference'), { defects })
  const script = [MANAGEMENT, ...apdus].map((apdu) => ({ octets: wpduOf(apdu, 1), peer: 'a', octetMs: 0, wait: 0 }))
  talk(meter, 'wrapper', [{ connect: 'a', wait: 0 }, ...script])
  return callsOf(meter, until, answer)
}

export function callsOf({ caller }: SimulatedMeter, until: Ms, answer: 'answered' | 'failed'): readonly string[] {
  const all: string[] = []
  const keep = (outputs: readonly CallOutput[]): void => {
    for (const output of outputs) {
      const to = 'to' in output ? ` ${output.to}` : ''
      all.push(`${Math.round(output.at)} ${output.is}${to}${'octets' in output ? ` ${hex(output.octets)}` : ''}`)
      if (output.is === 'call') keep(caller.receive({ is: answer, call: output.call, at: output.at }))
    }
  }
  for (let turns = 0; caller.deadline() <= until && turns < 100; turns++) keep(caller.expire(caller.deadline()))
  return all
}

/** The management client's AARQ with another conformance block and another client-max-receive-pdu-size, in hex. */
export const managementWith = (conformance: string, size: string): string =>
  MANAGEMENT.replace(/001C1DFFFF$/, conformance + size)

/** read, write, unconfirmed-write, both block transfers, multiple-references, parameterized-access. */
export const ALL_SHORT_NAMES = '1C1A20'

/** The AARQ of a client with logical names → the same with short names. */
export const withShortNames = (aarq: string, conformance = ALL_SHORT_NAMES, size = 'FFFF'): string =>
  aarq.replace('0760857405080101', '0760857405080102').replace(/001C1DFFFF$/, conformance + size)
