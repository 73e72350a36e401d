// Where a live meter is asked, and as whom.
import type { LineSettings, Ms } from '../protocol/line.ts'

export type ProfileWord = 'sign-on' | 'hdlc' | 'serial' | 'wrapper' | 'tcp' | 'udp'

/** One port of the meter. */
export interface Target {
  readonly name: string
  readonly url: string
  readonly profile: readonly ProfileWord[]
  /** How a serial line is opened. */
  readonly opening: LineSettings
}

/** A client to open an association as; with a secret it proves itself by LLS. */
export interface Caller {
  readonly sap: number
  /** Name of the secret. */
  readonly secret?: string
}

export interface Inquiry {
  readonly callers: readonly Caller[]
  /** Logical devices: upper HDLC address and wPort. */
  readonly servers: readonly number[]
  /** Lower HDLC addresses to try. */
  readonly lowers: readonly number[]
  /** So long an answer may take. */
  readonly responseMs: Ms
  readonly secret: (name: string) => Uint8Array | undefined
}

const SIGN_ON: LineSettings = { baud: 300, format: '7E1' }
const HDLC: LineSettings = { baud: 9600, format: '8N1' }

/** What is spoken on a port, told by its name and URL. */
export function targetOf(name: string, url: string): Target {
  const settings = new URLSearchParams(url.split('?')[1] ?? '')
  const format = settings.get('format')?.toUpperCase() === '7E1' ? '7E1' : undefined
  const baud = settings.has('baud') ? Number(settings.get('baud')) : undefined
  const stream = url.startsWith('tcp:') ? 'tcp' : url.startsWith('udp:') ? 'udp' : undefined
  if (/optical|sign-?on/i.test(name) || format === '7E1') {
    const profile = ['sign-on', 'hdlc', ...(stream === undefined ? (['serial'] as const) : [])] as const
    return { name, url, profile, opening: { baud: baud ?? SIGN_ON.baud, format: SIGN_ON.format } }
  }
  const opening = { baud: baud ?? HDLC.baud, format: HDLC.format }
  if (stream === undefined) return { name, url, profile: ['hdlc', 'serial'], opening }
  return { name, url, profile: /hdlc/i.test(name) ? ['hdlc'] : ['wrapper', stream], opening }
}
