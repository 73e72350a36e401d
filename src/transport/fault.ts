import type { LineFault } from './transport.ts'

type Row = readonly [code: LineFault['code'], hint: string]

const NETWORK = 'check the address, the cable and the route to it'
const DEVICE = 'check that it is plugged in, and its name (it may have changed: a name under /dev/serial/by-id stays)'
const LOCAL = 'another program uses this port of this machine, or the address is not one of this machine'

/** What the system calls it → what it is for the one who stands before the meter. */
const BY_CODE: Readonly<Record<string, Row>> = {
  ENOTFOUND: ['not-resolved', 'check the name of the host, or give its address in numbers'],
  EAI_AGAIN: ['not-resolved', 'the name service does not answer: give the address in numbers'],
  EHOSTUNREACH: ['unreachable', NETWORK],
  ENETUNREACH: ['unreachable', NETWORK],
  EHOSTDOWN: ['unreachable', NETWORK],
  ENETDOWN: ['unreachable', NETWORK],
  ETIMEDOUT: ['unreachable', NETWORK],
  ECONNREFUSED: ['unreachable', 'nothing listens there: check the port number'],
  EADDRINUSE: ['busy', LOCAL],
  EADDRNOTAVAIL: ['not-allowed', LOCAL],
  EACCES: ['not-allowed', 'this user may not use the port: another user, or a number above 1023'],
}

/** The serial library gives its errors as text only. */
const BY_TEXT: readonly (readonly [RegExp, Row])[] = [
  [/inappropriate ioctl|is a directory/i, ['missing', 'this is not a serial port']],
  [/no such file|file not found/i, ['missing', DEVICE]],
  [
    /permission denied|access denied/i,
    ['not-allowed', 'this user may not use it: join the group that owns it (often dialout) and log in again'],
  ],
  [
    /cannot lock|resource temporarily unavailable|resource busy/i,
    ['busy', 'another program uses it: close that first'],
  ],
  [/no such device|input\/output error|not configured|disconnect|port is not open/i, ['unplugged', DEVICE]],
  [
    /baud|invalid argument|setting/i,
    ['refused-settings', 'the adapter cannot do this rate: use another adapter, or another rate'],
  ],
]

const UNKNOWN: Row = ['other', 'see the text of the system']

/** An error of the system → what is wrong with the line. */
export function faultOf(error: unknown, where: string): LineFault {
  const detail = error instanceof Error ? error.message : String(error)
  const byCode = error instanceof Error && 'code' in error ? BY_CODE[String(error.code)] : undefined
  const [code, hint] = byCode ?? BY_TEXT.find(([pattern]) => pattern.test(detail))?.[1] ?? UNKNOWN
  return { code, where, detail, hint }
}

/** The code of a system error (`ECONNRESET`), or the empty string. */
export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
