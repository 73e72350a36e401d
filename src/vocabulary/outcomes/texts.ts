// What came, in one short phrase for a reader.
import { hex } from '../../codec/value.ts'
import { pollFinal } from '../../protocol/hdlc/control.ts'
import type { Frame } from '../../protocol/hdlc/examine.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import type { ReadResult, WriteResult } from '../../protocol/xdlms/short-names.ts'
import type { SignOnMessage } from '../../protocol/sign-on/messages.ts'
import type { Heard } from '../../client/receiver.ts'

/** `RR N(R)=1 F=1`, `DM F=1`, `an undefined control field 9B`. */
export function frameText({ control, segmentation }: Frame): string {
  if (control.is === 'undefined') return `a frame with the undefined control field ${hex(Uint8Array.of(control.octet))}`
  const numbers = [
    ...('n-s' in control ? [`N(S)=${control['n-s']}`] : []),
    ...('n-r' in control ? [`N(R)=${control['n-r']}`] : []),
    ...(segmentation ? ['S=1'] : []),
    `F=${pollFinal(control) ? 1 : 0}`,
  ]
  return [control.is.toUpperCase(), ...numbers].join(' ')
}

const said = (value: string | number): string => `${value}`

/** `AARE accepted`, `get-response with data`, `exception-response service-not-allowed, operation-not-possible`. */
export function apduText(apdu: Apdu): string {
  switch (apdu.is) {
    case 'aare':
      return apdu.value.result === 'accepted'
        ? 'AARE, accepted'
        : `AARE, ${said(apdu.value.result)} (${said(apdu.value['result-source-diagnostic'].value)})`
    case 'exception-response':
      return `exception-response (${said(apdu.value['state-error'])}, ${said(apdu.value['service-error'])})`
    case 'confirmed-service-error':
      return `confirmed-service-error (${apdu.value['service-error'].is}/${said(apdu.value['service-error'].value)})`
    case 'get-response-normal':
      return apdu.value.result.is === 'data'
        ? 'get-response with data'
        : `get-response (${said(apdu.value.result.value)})`
    case 'get-response-with-datablock': {
      const { 'block-number': number, result } = apdu.value.result
      return result.is === 'raw-data'
        ? `get-response with block ${number}`
        : `get-response with block ${number} (${said(result.value)})`
    }
    case 'set-response-normal':
    case 'set-response-last-datablock':
      return `set-response (${said(apdu.value.result)})`
    case 'action-response-normal':
      return `action-response (${said(apdu.value.result)})`
    case 'read-response':
    case 'write-response':
      return resultsText(apdu.is, apdu.value.result)
    case 'rlre':
      return `RLRE${apdu.value.reason === undefined ? '' : ` (${said(apdu.value.reason)})`}`
    default:
      return apdu.is
  }
}

/** `read-response with data`, `write-response (object-undefined)`, `read-response with block 2`, `read-response with 3 results`. */
function resultsText(name: string, results: readonly (ReadResult | WriteResult)[]): string {
  const [only] = results
  if (results.length !== 1 || only === undefined) return `${name} with ${results.length} results`
  switch (only.is) {
    case 'data':
      return `${name} with data`
    case 'success':
      return `${name} (success)`
    case 'data-access-error':
      return `${name} (${said(only.value)})`
    case 'data-block-result':
      return `${name} with block ${only.value['block-number']}`
    case 'block-number':
      return `${name} to block ${only.value}`
    default:
      return only satisfies never
  }
}

export function messageText(message: SignOnMessage): string {
  switch (message.is) {
    case 'identification':
      return `identification /${message.value.manufacturer}${message.value['baud-rate-identification']}`
    case 'command':
      return `command ${message.value.type}${message.value.number}`
    case 'break':
      return 'break B0'
    case 'ack':
    case 'nak':
      return message.is.toUpperCase()
    default:
      return message.is
  }
}

const MOST_SHOWN = 12

/** The octets as far as a line of text holds them. */
export const octetsText = (octets: Uint8Array): string =>
  octets.length <= MOST_SHOWN ? hex(octets) : `${hex(octets.subarray(0, MOST_SHOWN))}… (${octets.length} octets)`

export const msText = (ms: number): string => `${Math.round(ms * 10) / 10} ms`

/** What ended the listening, whatever it is. */
export function heardText(heard: Heard | undefined): string {
  if (heard === undefined) return 'silence'
  switch (heard.is) {
    case 'frame':
      return frameText(heard.frame)
    case 'wpdu':
      return 'a WPDU'
    case 'message':
      return messageText(heard.message)
    case 'damaged':
      return `${heard.kind === 'hdlc' ? 'a frame' : heard.kind === 'wrapper' ? 'a WPDU' : 'a message'} with a wrong ${heard.failures.map(({ code }) => code).join(', ')}`
    case 'noise':
      return `octets that make no unit: ${octetsText(heard.octets)}`
    case 'closed':
      return 'the connection was closed'
    case 'reset':
      return 'the connection was reset'
    case 'fault':
      return heard.fault.detail
    default:
      return heard satisfies never
  }
}
