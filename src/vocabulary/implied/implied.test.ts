import { expect } from 'chai'
import type { Passed } from '../../client/ledger.ts'
import { UNKNOWN, type LinkState } from '../../client/link-state.ts'
import { octetsOf } from '../../client/scene.ts'
import { hex } from '../../codec/value.ts'
import type { BrokenRule } from '../../engine/vocabulary.ts'
import type { Control } from '../../protocol/hdlc/control.ts'
import type { Frame } from '../../protocol/hdlc/examine.ts'
import { examine } from '../../protocol/hdlc/examine.ts'
import { examineSignOn } from '../../protocol/sign-on/examine.ts'
import { securityControlOf } from '../../protocol/security/security-control.ts'
import { examineWpdu } from '../../protocol/wrapper/wpdu.ts'
import type { DecodeFailure } from '../../codec/codec.ts'
import { APDU_RULES, type ApduCase } from './apdu.ts'
import { CHECK_CLAUSES } from './checks.ts'
import { FRAME_RULES, type FrameCase } from './frame.ts'
import { brokenRules } from './rule.ts'
import type { Signed } from '../../client/signing.ts'
import type { NoSignature } from '../../protocol/security/signature.ts'
import { SECURITY_RULES, type SecurityCase } from './security.ts'
import { WPDU_RULES, type WpduCase } from './wpdu.ts'

/** An example that breaks a rule, beside one that keeps it and is otherwise as like it as can be. */
interface Example<Case> {
  readonly rule: string
  readonly why?: string
  readonly keeps: Case
  readonly breaks: Case
  readonly told: Omit<BrokenRule, 'rule'>
}

// Frames

const ADDRESSES = { client: octetsOf('21'), server: octetsOf('0223') }
const NRM: LinkState = { ...UNKNOWN, mode: 'nrm' }
const AARE = 'E6E700612900'

interface Said {
  readonly control: Control
  readonly information?: string
  readonly segmentation?: boolean
  readonly from?: string
  readonly to?: string
  readonly state?: Partial<LinkState>
  readonly begins?: boolean
  readonly more?: Partial<FrameCase>
}

function frameCase({
  control,
  information = '',
  segmentation = false,
  from,
  to,
  state,
  begins,
  more,
}: Said): FrameCase {
  const frame: Frame = {
    segmentation,
    'destination-address': octetsOf(to ?? '21'),
    'source-address': octetsOf(from ?? '0223'),
    control,
    information: octetsOf(information),
  }
  const passed: Passed = {
    direction: 'received',
    frame,
    octets: new Uint8Array(0),
    begin: 0,
    end: 0,
    before: { ...NRM, ...state },
    ...(begins === undefined ? {} : { begins }),
  }
  return { passed, addresses: ADDRESSES, endsTurn: true, inRow: 1, answersI: false, repetition: false, ...more }
}

const ua = (information = '', more: Partial<Said> = {}): FrameCase =>
  frameCase({ control: { is: 'ua', 'poll-final': true }, information, state: { mode: 'ndm', asked: 'snrm' }, ...more })
const rr = (received: number, more: Partial<Said> = {}): FrameCase =>
  frameCase({ control: { is: 'rr', 'n-r': received, 'poll-final': true }, ...more })
const i = (sent: number, received: number, more: Partial<Said> = {}): FrameCase =>
  frameCase({
    control: { is: 'i', 'n-s': sent, 'n-r': received, 'poll-final': true },
    information: AARE,
    begins: true,
    ...more,
  })
const ui = (more: Partial<Said> = {}): FrameCase =>
  frameCase({ control: { is: 'ui', 'poll-final': false }, information: 'E6E7000F', begins: true, ...more })
const BLOCK = '818012050180060180070400000001080400000001'
const octets = (count: number): string => `E6E700${'00'.repeat(count - 3)}`
const WINDOW_3 = { parameters: { ...NRM.parameters, 'window-size-receive': 3 } }

const FRAMES: readonly Example<FrameCase>[] = [
  {
    rule: 'known-control-field',
    keeps: rr(0),
    breaks: frameCase({ control: { is: 'undefined', octet: 0x9b } }),
    told: { clause: 'hdlc.control.unknown', expected: 'a control field of the profile', found: '9B' },
  },
  {
    rule: 'source-address-swapped',
    keeps: rr(0),
    breaks: rr(0, { from: '0225' }),
    told: { clause: 'hdlc.address.swapped', expected: '0223', found: '0225', field: 'rr.source-address' },
  },
  {
    rule: 'source-address-swapped',
    why: 'in other octets',
    keeps: rr(0),
    breaks: rr(0, { from: '00020023' }),
    told: { clause: 'hdlc.address.swapped', expected: '0223', found: '00020023', field: 'rr.source-address' },
  },
  {
    rule: 'destination-address-swapped',
    keeps: rr(0),
    breaks: rr(0, { to: '03' }),
    told: { clause: 'hdlc.address.swapped', expected: '21', found: '03', field: 'rr.destination-address' },
  },
  {
    rule: 'final-bit-ends-the-turn',
    keeps: frameCase({ control: { is: 'rr', 'n-r': 0, 'poll-final': false }, more: { endsTurn: false } }),
    breaks: frameCase({ control: { is: 'rr', 'n-r': 0, 'poll-final': false } }),
    told: {
      clause: 'hdlc.final-bit',
      expected: 'F=1 in the last frame of the answer',
      found: 'F=0',
      field: 'rr.final',
    },
  },
  {
    rule: 'n-r-in-the-window',
    keeps: rr(2, { state: { 'v-a': 1, 'v-s': 3 } }),
    breaks: rr(4, { state: { 'v-a': 1, 'v-s': 3 } }),
    told: { clause: 'hdlc.n-r', expected: 'N(R) from 1 to 3', found: 'N(R)=4', field: 'rr.n-r' },
  },
  {
    rule: 'n-r-in-the-window',
    why: 'numbers run modulo 8',
    keeps: rr(1, { state: { 'v-a': 7, 'v-s': 1 } }),
    breaks: rr(2, { state: { 'v-a': 7, 'v-s': 1 } }),
    told: { clause: 'hdlc.n-r', expected: 'N(R) from 7 to 1', found: 'N(R)=2', field: 'rr.n-r' },
  },
  {
    rule: 'n-r-in-the-window',
    why: 'an I frame that answers has taken the question in',
    keeps: i(0, 1, { state: { 'v-s': 1 }, more: { answersI: true } }),
    breaks: i(0, 0, { state: { 'v-s': 1 }, more: { answersI: true } }),
    told: { clause: 'hdlc.n-r', expected: 'N(R)=1', found: 'N(R)=0', field: 'i.n-r' },
  },
  {
    rule: 'n-s-in-sequence',
    keeps: i(5, 0, { state: { 'v-r': 5 } }),
    breaks: i(6, 0, { state: { 'v-r': 5 } }),
    told: { clause: 'hdlc.i.sequence', expected: 'N(S)=5', found: 'N(S)=6', field: 'i.n-s' },
  },
  {
    rule: 'n-s-in-sequence',
    why: 'once more what was asked for again',
    keeps: i(4, 0, { state: { 'v-r': 5 }, more: { repetition: true } }),
    breaks: i(3, 0, { state: { 'v-r': 5 }, more: { repetition: true } }),
    told: { clause: 'hdlc.i.sequence', expected: 'N(S)=5', found: 'N(S)=3', field: 'i.n-s' },
  },
  {
    rule: 'llc-header',
    keeps: i(0, 0),
    breaks: i(0, 0, { information: 'E6E600C4' }),
    told: { clause: 'llc.header', expected: 'E6E700', found: 'E6E600', field: 'i.llc' },
  },
  {
    rule: 'llc-header',
    why: 'of UI',
    keeps: ui(),
    breaks: ui({ information: '0F00' }),
    told: { clause: 'llc.header', expected: 'E6E700', found: '0F00', field: 'ui.llc' },
  },
  {
    rule: 'information-within-the-agreed-length',
    keeps: i(0, 0, { information: octets(128) }),
    breaks: i(0, 0, { information: octets(129) }),
    told: {
      clause: 'hdlc.information.too-long',
      expected: 'at most 128 octets of information',
      found: '129',
      field: 'i.information',
    },
  },
  {
    rule: 'information-within-the-agreed-length',
    why: 'a segment',
    keeps: i(0, 0, { information: octets(128), segmentation: true }),
    breaks: i(0, 0, { information: octets(129), segmentation: true }),
    told: {
      clause: 'hdlc.segmentation',
      expected: 'at most 128 octets of information',
      found: '129',
      field: 'i.information',
    },
  },
  {
    rule: 'information-within-the-agreed-length',
    why: 'the last segment',
    keeps: i(0, 0, { information: octets(128), begins: false }),
    breaks: i(0, 0, { information: octets(129), begins: false }),
    told: {
      clause: 'hdlc.segmentation',
      expected: 'at most 128 octets of information',
      found: '129',
      field: 'i.information',
    },
  },
  {
    rule: 'information-only-where-it-may-be',
    keeps: rr(0),
    breaks: rr(0, { information: '0001' }),
    told: {
      clause: 'hdlc.information.not-permitted',
      expected: 'no information field',
      found: '0001',
      field: 'rr.information',
    },
  },
  {
    rule: 'segmentation-only-of-information',
    keeps: i(0, 0, { segmentation: true }),
    breaks: rr(0, { segmentation: true }),
    told: {
      clause: 'hdlc.segmentation',
      expected: 'S=0 in a frame that carries no part of an APDU',
      found: 'S=1',
      field: 'rr.segmentation',
    },
  },
  {
    rule: 'window-within-the-agreed-size',
    keeps: i(0, 0, { state: WINDOW_3, more: { inRow: 3 } }),
    breaks: i(0, 0, { state: WINDOW_3, more: { inRow: 4 } }),
    told: { clause: 'hdlc.window', expected: 'at most 3 I frames in a row', found: '4' },
  },
  {
    rule: 'parameter-block-readable',
    keeps: ua(BLOCK),
    breaks: ua('81801205'),
    told: {
      clause: 'hdlc.negotiation.coding',
      expected: 'a parameter block, or no information field',
      found: '81801205',
      field: 'ua.information',
    },
  },
  {
    rule: 'lengths-as-proposed',
    keeps: ua('818003050120', { state: { asked: 'snrm', proposal: { 'max-information-field-length-receive': 32 } } }),
    breaks: ua('818003050121', { state: { asked: 'snrm', proposal: { 'max-information-field-length-receive': 32 } } }),
    told: {
      clause: 'hdlc.negotiation.length',
      expected: 'no more than SNRM proposes',
      found: 'max-information-field-length-transmit 33',
      field: 'ua.information.max-information-field-length-transmit',
    },
  },
  {
    rule: 'lengths-as-proposed',
    why: 'the default where SNRM says nothing',
    keeps: ua('818003060180'),
    breaks: ua('818003060181'),
    told: {
      clause: 'hdlc.negotiation.length',
      expected: 'no more than SNRM proposes',
      found: 'max-information-field-length-receive 129',
      field: 'ua.information.max-information-field-length-receive',
    },
  },
  {
    rule: 'windows-as-proposed',
    keeps: ua('818003070101'),
    breaks: ua('818003070102'),
    told: {
      clause: 'hdlc.negotiation.window',
      expected: 'no more than SNRM proposes',
      found: 'window-size-transmit 2',
      field: 'ua.information.window-size-transmit',
    },
  },
]

// WPDUs

const wpduCase = (header: string, more: Partial<WpduCase> = {}): WpduCase => {
  const { wpdu } = examineWpdu(octetsOf(`${header}000462020000`))
  if (wpdu === undefined) throw new TypeError(header)
  return { wpdu, wports: { client: 16, server: 1 }, ...more }
}
const WPDUS: readonly Example<WpduCase>[] = [
  {
    rule: 'wports-swapped',
    keeps: wpduCase('000100010010'),
    breaks: wpduCase('000100100001'),
    told: { clause: 'wrapper.wports', expected: '1 → 16', found: '16 → 1', field: 'wpdu.source-wport' },
  },
  {
    rule: 'wports-swapped',
    why: 'the destination alone is wrong',
    keeps: wpduCase('000100010010'),
    breaks: wpduCase('000100010011'),
    told: { clause: 'wrapper.wports', expected: '1 → 16', found: '1 → 17', field: 'wpdu.destination-wport' },
  },
  {
    rule: 'datagram-from-the-port-asked',
    keeps: wpduCase('000100010010', { from: 'a:1', asked: 'a:1' }),
    breaks: wpduCase('000100010010', { from: 'a:2', asked: 'a:1' }),
    told: { clause: 'udp.ports', expected: 'from a:1', found: 'from a:2' },
  },
]

// APDUs

const apduCase = (answer: string, more: Partial<ApduCase> = {}): ApduCase => ({
  question: octetsOf('C001C100080000010000FF0200'),
  answer: octetsOf(answer),
  carried: octetsOf(answer),
  surplus: 0,
  notes: [],
  errors: [],
  unreadable: undefined,
  ...more,
})
const note = (fault: DecodeFailure['fault']): DecodeFailure => ({
  fault,
  at: 1,
  expected: 'the shortest form',
  found: '2 octets for 41',
  path: 'length',
})
const UNREADABLE = { expected: 'a result', found: 'nothing' }
const APDUS: readonly Example<ApduCase>[] = [
  {
    rule: 'readable-association',
    keeps: apduCase('6129'),
    breaks: apduCase('6129', { unreadable: UNREADABLE }),
    told: { clause: 'acse.answer', ...UNREADABLE },
  },
  {
    rule: 'readable-answer',
    keeps: apduCase('C401C1000F00'),
    breaks: apduCase('C401C1', { unreadable: UNREADABLE }),
    told: { clause: 'xdlms.answer', ...UNREADABLE },
  },
  {
    rule: 'invoke-id-and-priority',
    keeps: apduCase('C401C1000F00'),
    breaks: apduCase('C401C2000F00'),
    told: { clause: 'xdlms.invoke-id', expected: 'C1', found: 'C2', field: 'apdu.invoke-id-and-priority' },
  },
  {
    rule: 'invoke-id-and-priority',
    why: 'the priority alone differs: a remark',
    keeps: apduCase('C401C1000F00'),
    breaks: apduCase('C40141000F00'),
    told: {
      clause: 'xdlms.invoke-id',
      expected: 'C1',
      found: '41',
      field: 'apdu.invoke-id-and-priority',
      remark: true,
    },
  },
  {
    rule: 'within-client-max-receive-pdu-size',
    keeps: apduCase('C401C1000F00', { limit: 6 }),
    breaks: apduCase('C401C1000F00', { limit: 5 }),
    told: { clause: 'xdlms.client-pdu-size', expected: '5 octets at most', found: '6 octets' },
  },
  {
    rule: 'long-invoke-id-and-priority',
    keeps: apduCase('DAC0000001', { question: octetsOf('D9C0000001') }),
    breaks: apduCase('DAC0000002', { question: octetsOf('D9C0000001') }),
    told: {
      clause: 'xdlms.invoke-id',
      expected: 'C0000001',
      found: 'C0000002',
      field: 'apdu.long-invoke-id-and-priority',
    },
  },
  {
    rule: 'nothing-behind-the-apdu',
    keeps: apduCase('C401C1000F00'),
    breaks: apduCase('C401C1000F0000', { surplus: 1 }),
    told: { clause: 'xdlms.nothing-behind-the-apdu', expected: 'nothing behind the APDU', found: '1 octets' },
  },
  {
    rule: 'usable-server-max-receive-pdu-size',
    keeps: apduCase('6129', { serverLimit: 12 }),
    breaks: apduCase('6129', { serverLimit: 11 }),
    told: {
      clause: 'initiate.pdu-size',
      expected: 'server-max-receive-pdu-size 0, or 12 at least: no request is shorter',
      found: '11',
    },
  },
  {
    rule: 'usable-server-max-receive-pdu-size',
    why: '0 is no limit',
    keeps: apduCase('6129', { serverLimit: 0 }),
    breaks: apduCase('6129', { serverLimit: 1 }),
    told: {
      clause: 'initiate.pdu-size',
      expected: 'server-max-receive-pdu-size 0, or 12 at least: no request is shorter',
      found: '1',
    },
  },
  {
    rule: 'defined-result-code',
    keeps: apduCase('C401C10104'),
    breaks: apduCase('C401C10163', {
      notes: [{ ...note('undefined'), expected: 'a number that the standard defines', found: '99', path: 'result' }],
    }),
    told: { clause: 'xdlms.result-code', expected: 'result: a number that the standard defines', found: '99' },
  },
  {
    rule: 'no-success-for-an-error',
    keeps: apduCase('C401C10104', { errors: ['object-undefined'] }),
    breaks: apduCase('C401C10100', { errors: ['success'] }),
    told: {
      clause: 'xdlms.result-code',
      expected: 'data, or a data-access-result that is an error',
      found: 'success',
    },
  },
  {
    rule: 'form-of-the-standard',
    why: 'the form of another edition: a remark',
    keeps: apduCase('C401C1000F00'),
    breaks: apduCase('C401C1000F00', { notes: [note('legacy')] }),
    told: {
      clause: 'xdlms.form',
      expected: 'the shortest form',
      found: '2 octets for 41, at octet 1',
      field: 'apdu.length',
      remark: true,
    },
  },
  {
    rule: 'form-of-the-standard',
    why: 'longer than need be: a remark',
    keeps: apduCase('C401C1000F00'),
    breaks: apduCase('C401C1000F00', { notes: [note('form')] }),
    told: {
      clause: 'xdlms.form',
      expected: 'the shortest form',
      found: '2 octets for 41, at octet 1',
      field: 'apdu.length',
      remark: true,
    },
  },
]

// Protection

const NOTHING = { authentication: false, encryption: false }
const BOTH = { authentication: true, encryption: true }
const SERVER = octetsOf('53494D0000BC614E')

const signedBy = (verified: Signed['verified'], why?: NoSignature, originator = SERVER): Signed => ({
  verified,
  ...(why === undefined ? {} : { why }),
  apdu: {
    header: {
      'transaction-id': octetsOf('01'),
      'originator-system-title': originator,
      'recipient-system-title': octetsOf('5443530000000001'),
      'date-time': octetsOf(''),
      'other-information': octetsOf(''),
    },
    content: octetsOf('C401C1000F00'),
    signature: octetsOf(''),
  },
})

function securityCase(control: string | undefined, more: Partial<SecurityCase> = {}): SecurityCase {
  const seen: SecurityCase['seen'] =
    control === undefined
      ? undefined
      : {
          name: 'glo-get-response',
          form: 'glo',
          control: securityControlOf(Number.parseInt(control, 16)),
          invocationCounter: 7,
          title: SERVER,
          key: 'global-unicast-encryption-key',
          verified: 'right',
          plain: octetsOf('C401C1000F00'),
        }
  const asked = { ...BOTH, form: 'glo' } as const
  return {
    seen,
    asked,
    policy: NOTHING,
    exempt: false,
    suite: 0,
    serverTitle: SERVER,
    fallen: undefined,
    accepted: false,
    title: undefined,
    newKeyFrom: 'next-apdu',
    ...more,
  }
}
const general = (title: string): SecurityCase => {
  const one = securityCase('30', { asked: { ...BOTH, form: 'general-glo' } })
  return one.seen === undefined ? one : { ...one, seen: { ...one.seen, form: 'general-glo', title: octetsOf(title) } }
}
const wrongTag = (): SecurityCase => {
  const one = securityCase('30')
  return one.seen === undefined ? one : { ...one, seen: { ...one.seen, verified: 'wrong' } }
}

/** An answer in general-glo to a question in glo. */
const inGeneral = (more: Partial<SecurityCase>): SecurityCase => {
  const one = securityCase('30', more)
  return one.seen === undefined
    ? one
    : { ...one, seen: { ...one.seen, name: 'general-glo-ciphering', form: 'general-glo' } }
}

const inGeneralCiphering = (aad: 'with-header' | 'without-header'): SecurityCase => {
  const one = securityCase('30', { asked: { ...BOTH, form: 'general-ciphering' } })
  return one.seen === undefined
    ? one
    : { ...one, seen: { ...one.seen, name: 'general-ciphering', form: 'general-ciphering', aad } }
}

const early = (newKeyFrom: SecurityCase['newKeyFrom']): SecurityCase => {
  const one = securityCase('30', { newKeyFrom })
  return one.seen === undefined ? one : { ...one, seen: { ...one.seen, early: true } }
}
const TOLD_EARLY = {
  clause: 'keys.transfer',
  expected: 'an answer under the keys that the request came under',
  found: 'one under the new ones',
} as const

const SECURITY: readonly Example<SecurityCase>[] = [
  {
    rule: 'tag-verifies',
    keeps: securityCase('30'),
    breaks: wrongTag(),
    told: {
      clause: 'security.authentication-tag',
      expected: 'a tag that verifies under the global-unicast-encryption-key',
      found: 'one that does not, in glo-get-response',
    },
  },
  {
    rule: 'counter-rises',
    keeps: securityCase('30'),
    breaks: securityCase('30', { fallen: { last: 8, found: 7, of: 'title/key' } }),
    told: {
      clause: 'security.counter.server',
      expected: 'an invocation counter above 8, the last one under this key',
      found: '7',
      of: 'title/key',
    },
  },
  {
    rule: 'suite-of-the-context',
    keeps: securityCase('31', { suite: 1 }),
    breaks: securityCase('30', { suite: 1 }),
    told: {
      clause: 'security.control',
      expected: 'security suite 1',
      found: '0',
      field: 'apdu.protection.security-control',
    },
  },
  {
    rule: 'no-key-set-without-broadcast',
    keeps: securityCase('30'),
    breaks: securityCase('70'),
    told: {
      clause: 'security.control',
      expected: 'the unicast key set',
      found: 'the broadcast key set',
      field: 'apdu.protection.security-control',
    },
  },
  {
    rule: 'protected-as-asked',
    keeps: securityCase('30'),
    breaks: securityCase('20'),
    told: {
      clause: 'security.response',
      expected: 'an answer that is authenticated and encrypted',
      found: 'one that is encrypted',
    },
  },
  {
    rule: 'protected-as-asked',
    why: 'an exception-response is plain, another answer is not',
    keeps: securityCase(undefined, { exempt: true }),
    breaks: securityCase(undefined),
    told: {
      clause: 'security.response',
      expected: 'an answer that is authenticated and encrypted',
      found: 'one that is plain',
    },
  },
  {
    rule: 'protected-as-asked',
    why: 'a plain question gets what the policy demands',
    keeps: securityCase(undefined, { asked: { ...NOTHING, form: undefined } }),
    breaks: securityCase(undefined, {
      asked: { ...NOTHING, form: undefined },
      policy: { ...NOTHING, authentication: true },
    }),
    told: { clause: 'security.response', expected: 'an answer that is authenticated', found: 'one that is plain' },
  },
  {
    rule: 'signature-verifies',
    keeps: securityCase('30', { signed: signedBy('right') }),
    breaks: securityCase('30', { signed: signedBy('wrong', 'r-out-of-range') }),
    told: {
      clause: 'security.signature',
      expected: 'a signature that verifies under the signing-key of the server',
      found: 'one that does not (r-out-of-range)',
    },
  },
  {
    rule: 'signed-as-the-standard-has-it',
    why: 'a form that others have as well: a remark',
    keeps: securityCase('30', { signed: { ...signedBy('right'), input: 'standard' } }),
    breaks: securityCase('30', { signed: { ...signedBy('right'), input: 'content-without-length' } }),
    told: {
      clause: 'security.signature',
      expected: 'a signature over the fields from transaction-id to content, each with its length',
      found: 'one that is right otherwise: content-without-length',
      remark: true,
      ruling: 'Y28',
    },
  },
  {
    rule: 'header-authenticated',
    why: 'a form that others have as well: a remark',
    keeps: inGeneralCiphering('with-header'),
    breaks: inGeneralCiphering('without-header'),
    told: {
      clause: 'security.authentication-tag',
      expected: 'a tag over the header of general-ciphering as well',
      found: 'one without it',
      remark: true,
      ruling: 'Y28',
    },
  },
  {
    rule: 'signed-as-asked',
    keeps: securityCase('30', { signed: signedBy('right'), policy: { ...NOTHING, signature: true } }),
    breaks: securityCase('30', { policy: { ...NOTHING, signature: true } }),
    told: {
      clause: 'security.response',
      expected: 'an answer that is signed, as the policy demands',
      found: 'one that is not',
    },
  },
  {
    rule: 'signed-as-asked',
    why: 'no clause says that a signed question has a signed answer: a remark',
    keeps: securityCase('30', { asked: { ...BOTH, signature: false, form: 'glo' } }),
    breaks: securityCase('30', { asked: { ...BOTH, signature: true, form: 'glo' } }),
    told: {
      clause: 'security.response',
      expected: 'a signed answer to a signed request',
      found: 'one that is not signed',
      remark: true,
    },
  },
  {
    rule: 'signed-as-asked',
    why: 'general-signing has no place in an AARE',
    keeps: securityCase('30', { accepted: true, title: SERVER, policy: { ...NOTHING, signature: true } }),
    breaks: securityCase('30', { policy: { ...NOTHING, signature: true } }),
    told: {
      clause: 'security.response',
      expected: 'an answer that is signed, as the policy demands',
      found: 'one that is not',
    },
  },
  {
    rule: 'title-of-the-server',
    why: 'that of who signed',
    keeps: securityCase('30', { signed: signedBy('right') }),
    breaks: securityCase('30', { signed: signedBy('right', undefined, octetsOf('58595A0000000001')) }),
    told: {
      clause: 'security.title',
      expected: hex(SERVER),
      found: '58595A0000000001',
      field: 'apdu.protection.system-title',
    },
  },
  {
    rule: 'form-of-the-question',
    why: 'another form: a remark',
    keeps: securityCase('30'),
    breaks: securityCase('30', { asked: { ...BOTH, form: 'general-glo' } }),
    told: {
      clause: 'security.response',
      expected: 'an answer in the form of the question, general-glo',
      found: 'glo',
      remark: true,
    },
  },
  {
    rule: 'form-of-the-question',
    why: 'what is signed has only a general form',
    keeps: inGeneral({ signed: signedBy('right') }),
    breaks: inGeneral({}),
    told: {
      clause: 'security.response',
      expected: 'an answer in the form of the question, glo',
      found: 'general-glo',
      remark: true,
    },
  },
  {
    rule: 'title-in-the-aare',
    keeps: securityCase('30', { accepted: true, title: SERVER }),
    breaks: securityCase('30', { accepted: true, title: octetsOf('53494D') }),
    told: {
      clause: 'security.title',
      expected: 'a responding-AP-title of 8 octets',
      found: 'one of 3',
      field: 'apdu.responding-AP-title',
    },
  },
  {
    rule: 'answer-under-the-old-key',
    keeps: securityCase('30'),
    breaks: early('next-apdu'),
    told: TOLD_EARLY,
  },
  {
    rule: 'answer-under-the-old-key',
    why: 'declared so: a remark',
    keeps: securityCase('30', { newKeyFrom: 'response' }),
    breaks: early('response'),
    told: { ...TOLD_EARLY, remark: true },
  },
  {
    rule: 'title-of-the-server',
    keeps: general('53494D0000BC614E'),
    breaks: general('53494D0000BC614F'),
    told: {
      clause: 'security.title',
      expected: '53494D0000BC614E',
      found: '53494D0000BC614F',
      field: 'apdu.protection.system-title',
    },
  },
]

/** What is wrong with these is wrong with what was just asked. */
const OF_EXCHANGE = [
  'n-r-in-the-window',
  'n-s-in-sequence',
  'invoke-id-and-priority',
  'long-invoke-id-and-priority',
  'answer-under-the-old-key',
]

function examples<Case>(
  name: string,
  rules: Parameters<typeof brokenRules<Case>>[0],
  all: readonly Example<Case>[],
  nameOf: (answer: Case) => string,
): void {
  describe(name, () => {
    for (const { rule, why, keeps, breaks, told } of all)
      it(`${rule}${why === undefined ? '' : `: ${why}`}`, () => {
        expect(brokenRules(rules, keeps, nameOf(keeps)), 'keeps').to.deep.equal([])
        const ofExchange = OF_EXCHANGE.includes(rule) ? { ofExchange: true } : {}
        expect(brokenRules(rules, breaks, nameOf(breaks)), 'breaks').to.deep.equal([{ rule, ...told, ...ofExchange }])
      })
    it('each rule has an example that breaks it', () => {
      const shown = new Set(all.map(({ rule }) => rule))
      expect(rules.map(({ id }) => id).filter((id) => !shown.has(id))).to.deep.equal([])
      expect(new Set(rules.map(({ id }) => id)).size).to.equal(rules.length)
    })
  })
}

describe('implied rules', () => {
  examples('of frames', FRAME_RULES, FRAMES, ({ passed }) => passed.frame.control.is)
  examples('of WPDUs', WPDU_RULES, WPDUS, () => 'wpdu')
  examples('of APDUs', APDU_RULES, APDUS, () => 'apdu')
  examples('of protection', SECURITY_RULES, SECURITY, () => 'apdu')

  describe('do not hold', () => {
    const keeps = (answer: FrameCase) =>
      expect(brokenRules(FRAME_RULES, answer, 'x').map(({ rule }) => rule)).to.deep.equal([])
    it('for addresses and F of UI', () => keeps(ui({ from: '0225', to: '03' })))
    it('for N(R) and N(S) before a link is known', () => {
      keeps(rr(5, { state: { mode: 'unknown' } }))
      keeps(i(5, 5, { state: { mode: 'ndm' } }))
    })
    it('for the LLC header behind the first segment', () =>
      keeps(i(1, 0, { information: '0102', begins: false, state: { 'v-r': 1 } })))
    it('for the LLC header of UI that goes on', () => keeps(ui({ information: '0102', begins: false })))
    it('for parameters in the UA to DISC', () => keeps(ua('81801205', { state: { asked: 'disc' } })))
    it('for the wPorts of nobody asked', () => {
      expect(brokenRules(WPDU_RULES, wpduCase('000100010010', { from: 'a:2' }), 'wpdu')).to.deep.equal([])
    })
    it('for the invoke-id where no service was asked, or none answered', () => {
      for (const answer of [
        apduCase('C401C2000F00', { question: octetsOf('6203800100') }),
        apduCase('C401C2000F00', { question: undefined }),
        apduCase('D80101'),
      ])
        expect(brokenRules(APDU_RULES, answer, 'apdu')).to.deep.equal([])
    })
  })

  it('the field of the unreadable answer has no name, that of frames the name of the message', () => {
    expect(brokenRules(FRAME_RULES, rr(0, { to: '03' }), 'answer')[0]?.field).to.equal('answer.destination-address')
  })
})

describe('checks of the receiver', () => {
  /** Octets that fail this check, beside octets that fail none. */
  const HDLC: Readonly<Record<string, string>> = {
    'closing-flag': '7EA0070321930F01',
    'format-type': '7E9007032193DED57E',
    length: '7EA008032193F6B37E',
    'too-short': '7E7E',
    'destination-address': '7EA00900022321934D057E',
    'source-address': '7EA00703209282537E',
    hcs: '7EA0190321106FDAE6E600C001C100080000010000FF0200EFEC7E',
    fcs: '7EA0070321930F007E',
  }
  const WRAPPER: Readonly<Record<string, string>> = {
    version: '0002000100100002FFFF',
    length: '0001000100100003FFFF',
    'too-short': '000100',
  }
  const SIGN_ON: Readonly<Record<string, string>> = {
    bcc: '0142300370',
    form: '2F5349',
    parity: 'AF3F210D0A',
  }
  const failures = {
    hdlc: (text: string) => examine(octetsOf(text)).failures,
    wrapper: (text: string) => examineWpdu(octetsOf(text)).failures,
    'sign-on': (text: string) => examineSignOn(octetsOf(text)).failures,
  }
  const GOOD = { hdlc: '7EA0070321930F017E', wrapper: '0001000100100002FFFF', 'sign-on': '0142300371' }

  for (const [layer, octetsByCode] of [
    ['hdlc', HDLC],
    ['wrapper', WRAPPER],
    ['sign-on', SIGN_ON],
  ] as const) {
    it(`${layer}: nothing fails in right octets`, () => {
      expect(failures[layer](GOOD[layer])).to.deep.equal([])
    })
    for (const [code, text] of Object.entries(octetsByCode))
      it(`${layer}.${code} is a check that has a clause`, () => {
        const codes: readonly string[] = failures[layer](text).map((failure) => failure.code)
        expect(codes).to.include(code)
        expect(CHECK_CLAUSES).to.have.property(`${layer}.${code}`)
      })
  }

  it('there is no clause for a check that there is not', () => {
    const known = Object.entries({ hdlc: HDLC, wrapper: WRAPPER, 'sign-on': SIGN_ON }).flatMap(([layer, codes]) =>
      Object.keys(codes).map((code) => `${layer}.${code}`),
    )
    expect(Object.keys(CHECK_CLAUSES).sort()).to.deep.equal(known.sort())
  })
})
