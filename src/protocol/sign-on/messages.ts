// Messages of IEC 62056-21 6.3 as codecs: characters of seven bits, one an octet.
import {
  allBut,
  constant,
  derived,
  encode,
  preceded,
  rest,
  sequence,
  text,
  type Codec,
  type Of,
  type OptionalCodec,
} from '../../codec/codec.ts'
import { bcc } from './bcc.ts'

export const SOH = 0x01
export const STX = 0x02
export const ETX = 0x03
export const EOT = 0x04
export const ACK = 0x06
export const NAK = 0x15

/** One character. */
const character: Codec<string> = characters(1)

function characters(count: number): Codec<string> {
  return {
    shape: { is: 'octets', size: count, as: { notation: `${count} characters`, pattern: `[\\s\\S]{${count}}` } },
    write(to, value) {
      if (value.length !== count) throw new RangeError(`a field of ${count} characters cannot hold "${value}"`)
      text.write(to, value)
    },
    read: (from) => String.fromCharCode(...from.take(count)),
  }
}

/** `/?` address `!` CR LF; without an address it is for any device. */
const request = sequence({
  'start-character': constant('2F'),
  'request-command': constant('3F'),
  address: allBut(3, text),
  'end-character': constant('21'),
  completion: constant('0D0A'),
})

const ESCAPE = 0x5c

/** Pairs of `\` and a character; the value is the characters (`2`: HDLC is offered). */
const escapes: Codec<string> = {
  shape: { is: 'octets', as: 'text' },
  write(to, value) {
    for (const escaped of value) text.write(to, `\\${escaped}`)
  },
  read(from) {
    let value = ''
    while (from.peek() === ESCAPE && from.left >= 2) {
      from.u8()
      value += String.fromCharCode(from.u8())
    }
    return value
  },
}

/** `/` manufacturer, rate, escapes, text, CR LF. */
const identification = sequence({
  'start-character': constant('2F'),
  manufacturer: characters(3),
  'baud-rate-identification': character,
  'mode-escapes': escapes,
  identification: allBut(2, text),
  completion: constant('0D0A'),
})

/** ACK V Z Y CR LF: what is to follow, and at which rate. */
const acknowledgement = sequence({
  acknowledge: constant('06'),
  'protocol-control': character,
  'baud-rate-identification': character,
  'mode-control': character,
  completion: constant('0D0A'),
})

/** ETX, or EOT after a block that is not the last one. */
const end: Codec<boolean> = {
  shape: { is: 'integer', size: 1, as: 'boolean' },
  write: (to, partial) => to.u8(partial ? EOT : ETX),
  read(from) {
    const found = from.u8()
    if (found !== ETX && found !== EOT) from.fail('constant', from.at - 1, '03 or 04', found.toString(16))
    return found === EOT
  },
}

const check = derived({
  stage: 'check',
  size: 1,
  compute: (scope) => Uint8Array.of(bcc(scope.octets, scope.end('start'), scope.start('bcc'))),
})

/** STX data ETX BCC. A readout ends with `!` CR LF, which is part of its data. */
const block = sequence({ start: constant('02'), data: allBut(2, text), partial: end, bcc: check })

const dataField = preceded({ 'data-start': constant('02') }, 'data', allBut(2, text))

/** STX and data, or nothing at all. */
const optionalData: OptionalCodec<string> = {
  role: 'optional',
  shape: dataField.shape,
  write(to, data) {
    if (data !== undefined) dataField.write(to, data)
  },
  read: (from) => (from.peek() === STX ? dataField.read(from) : undefined),
}

/** SOH, type and number, data, ETX, BCC: a command message of programming mode. */
const command = sequence({
  start: constant('01'),
  type: character,
  number: character,
  'data-field': optionalData,
  partial: end,
  bcc: check,
})

/** Data of mode D: without STX, ETX and BCC, behind an empty line. */
const plainReadout = sequence({ data: allBut(3, text), 'end-character': constant('21'), completion: constant('0D0A') })

/** Each message by the name that suites use. */
export const signOn = {
  request,
  identification,
  acknowledgement,
  'data-readout': block,
  'error-message': block,
  command,
  break: command,
  ack: sequence({ acknowledge: constant('06') }),
  nak: sequence({ repeat: constant('15') }),
  'plain-readout': plainReadout,
  'wake-up': sequence({ nul: rest }),
} as const

export type SignOnName = keyof typeof signOn
export type SignOnMessage = {
  [N in SignOnName]: { readonly is: N; readonly value: Of<(typeof signOn)[N]> }
}[SignOnName]

export type Identification = Of<typeof identification>
export type Acknowledgement = Of<typeof acknowledgement>
export type Command = Of<typeof command>

export const SIGN_ON_NAMES = Object.keys(signOn) as readonly SignOnName[]

/** The characters of a message. */
export function signOnOctets(message: SignOnMessage): Uint8Array {
  switch (message.is) {
    case 'request':
      return encode(request, message.value)
    case 'identification':
      return encode(identification, message.value)
    case 'acknowledgement':
      return encode(acknowledgement, message.value)
    case 'data-readout':
    case 'error-message':
      return encode(block, message.value)
    case 'command':
    case 'break':
      return encode(command, message.value)
    case 'ack':
      return encode(signOn.ack, message.value)
    case 'nak':
      return encode(signOn.nak, message.value)
    case 'plain-readout':
      return encode(plainReadout, message.value)
    case 'wake-up':
      return encode(signOn['wake-up'], message.value)
    default:
      return message satisfies never
  }
}

/** Mode E: the device offers HDLC (IEC 62056-21 annex E). */
export const offersHdlc = (message: Identification): boolean => message['mode-escapes'].includes('2')

/** A small third letter of the manufacturer: the device answers after 20 ms at the earliest, else after 200 ms. */
export const reactionMs = ({ manufacturer }: Identification): number => (/[a-z]$/.test(manufacturer) ? 20 : 200)

/** The command that ends a session: SOH B0 ETX BCC. */
export const BREAK: Extract<SignOnMessage, { readonly is: 'break' }> = {
  is: 'break',
  value: { type: 'B', number: '0', partial: false },
}
