// For tests: what a client with keys sends to the reference meter, sealed by the cryptography of node and not by that of the meter.
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { hex } from '../../codec/value.ts'
import { octetsOf, wpduOf, type Step } from '../dialogue.ts'

export const SERVER = '53494D0000BC614E'

export interface Sealer {
  readonly title: string
  /** Encryption and authentication key. */
  readonly key: string
  readonly authentication: string
}

export const CIPHERED: Sealer = {
  title: '5453540000000003',
  key: '4B1D0E5A93C7F2681E5D7A09B4C3F8E1',
  authentication: '7A90E34C15D86FB2079C41EE5B28D3F6',
}
export const SACRIFICIAL: Sealer = {
  title: '5453540000000004',
  key: '38F6C1A2075B4E9DD4831F6A27E0B59C',
  authentication: '0C84F3D95A6172BE8FD23E105CA79B64',
}

const number = (counter: number): string => counter.toString(16).toUpperCase().padStart(8, '0')
const lengthOf = (octets: string): string => {
  const length = octets.length / 2
  return (length < 0x80 ? '' : '81') + length.toString(16).toUpperCase().padStart(2, '0')
}

/** GCM with a tag of 12 octets, of whichever party. */
function gcm({ key, title, authentication }: Sealer, control: number, counter: number, plain: string): string {
  const aes = createCipheriv('aes-128-gcm', octetsOf(key), octetsOf(title + number(counter)), { authTagLength: 12 })
  const octet = control.toString(16).padStart(2, '0')
  const isEncrypted = (control & 0x20) !== 0
  aes.setAAD(octetsOf(octet + authentication + (isEncrypted ? '' : plain)))
  const text = isEncrypted ? hex(aes.update(octetsOf(plain))) : plain
  aes.final()
  return text + hex(aes.getAuthTag())
}

/** An APDU, sealed, behind another tag. */
export function glo(tag: string, sealer: Sealer, counter: number, plain: string, control = 0x30): string {
  const content = control.toString(16).padStart(2, '0') + number(counter) + gcm(sealer, control, counter, plain)
  return `${tag}${lengthOf(content)}${content}`.toUpperCase()
}

/** What the meter has sealed with authentication and encryption; undefined: the tag is wrong. */
export function opened(sealer: Sealer, apdu: string): { readonly counter: number; readonly plain: string } | undefined {
  const at = apdu.slice(2, 4) === '81' ? 6 : 4
  const counter = apdu.slice(at + 2, at + 10)
  const aes = createDecipheriv('aes-128-gcm', octetsOf(sealer.key), octetsOf(SERVER + counter), { authTagLength: 12 })
  aes.setAAD(octetsOf(apdu.slice(at, at + 2) + sealer.authentication))
  aes.setAuthTag(octetsOf(apdu.slice(-24)))
  const plain = hex(aes.update(octetsOf(apdu.slice(at + 10, -24))))
  try {
    aes.final()
  } catch {
    return undefined
  }
  return { counter: Number.parseInt(counter, 16), plain }
}

/** f() of mechanism 5. */
export const gmac = (sealer: Sealer, counter: number, challenge: string, control = 0x10): string =>
  `${hex(Uint8Array.of(control))}${number(counter)}${gcm(sealer, control, counter, challenge).slice(-24)}`

export const sha256 = (...parts: readonly string[]): string =>
  hex(
    createHash('sha256')
      .update(octetsOf(parts.join('')))
      .digest(),
  )

export const CTOS = '0123456789ABCDEF'
const INITIATE = '01000000065F1F040060181DFFFF'

const field = (tag: string, content: string): string => `${tag}${lengthOf(content)}${content}`

interface AarqOptions {
  readonly title?: string
  readonly mechanism: 5 | 6
  readonly context?: 1 | 3
  readonly challenge?: string
  /** user-information. */
  readonly information?: string
}

export const initiate = (sealer: Sealer, counter: number, control = 0x30, plain = INITIATE): string =>
  glo('21', sealer, counter, plain, control)

export const aarqOf = ({
  title,
  mechanism,
  context = 3,
  challenge = CTOS,
  information = INITIATE,
}: AarqOptions): string =>
  field(
    '60',
    `A10906076085740508010${context}${title === undefined ? '' : field('A6', field('04', title))}8A0207808B076085740508020${mechanism}` +
      field('AC', field('80', challenge)) +
      field('BE', field('04', information)),
  )

/** reply_to_HLS_authentication. */
export const replyOf = (proof: string): string => `C301C1000F0000280000FF010109${lengthOf(proof)}${proof}`

/** StoC of an AARE. */
export const stocOf = (aare: string): string => /AA128010([0-9A-F]{32})/.exec(aare)?.[1] ?? ''

export const step = (apdu: string, client: number): Step => ({ octets: wpduOf(apdu, client), peer: 'a', octetMs: 0 })
