// Octets and datagrams → what was heard, by the language that is spoken.
import { createDeframer, type Deframed } from '../protocol/hdlc/deframer.ts'
import type { Frame } from '../protocol/hdlc/examine.ts'
import type { CheckFailure } from '../protocol/failure.ts'
import type { Burst, Ms } from '../protocol/line.ts'
import type { SignOnMessage } from '../protocol/sign-on/messages.ts'
import { createScanner, type Scanned } from '../protocol/sign-on/scanner.ts'
import { createWpduStream, unwrapDatagram, type Unwrapped } from '../protocol/wrapper/stream.ts'
import type { Wpdu } from '../protocol/wrapper/wpdu.ts'
import type { LineFault } from '../transport/transport.ts'

/** What a port speaks at a time. In programming mode a single ACK is a message; before, it begins an option select. */
export type Language = 'hdlc' | 'wrapper' | 'sign-on' | 'programming'
/** What units of it are, for whoever records. */
export type UnitKind = Exclude<Language, 'programming'>

interface Piece {
  readonly octets: Uint8Array
  /** When its first octet began, and when its last had fully arrived. */
  readonly begin: Ms
  readonly end: Ms
  /** Who sent the datagram. */
  readonly from?: string
}

/** One thing that came. `damaged`: something begins like a unit and fails its checks; `noise`: octets that begin nothing. */
export type Heard =
  | (Piece & { readonly is: 'frame'; readonly frame: Frame })
  | (Piece & { readonly is: 'wpdu'; readonly wpdu: Wpdu })
  | (Piece & { readonly is: 'message'; readonly message: SignOnMessage })
  | (Piece & {
      readonly is: 'damaged'
      readonly kind: UnitKind
      readonly failures: readonly CheckFailure[]
      readonly frame?: Frame
      readonly wpdu?: Wpdu
      readonly message?: SignOnMessage
    })
  | (Piece & { readonly is: 'noise' })
  | (Piece & { readonly is: 'closed' | 'reset' })
  | (Piece & { readonly is: 'fault'; readonly fault: LineFault })

/** Octets and their times → what they are. Sans-IO. */
export interface Receiver {
  push(burst: Burst): readonly Heard[]
  datagram(octets: Uint8Array, at: Ms, from: string): readonly Heard[]
  /** When something that hangs would be given up; Infinity: nothing hangs. */
  deadline(): Ms
  flush(now: Ms): readonly Heard[]
}

/** @param gapMs a longer pause ends what hangs: inside a frame, a message, a WPDU */
export function createReceiver(language: Language, gapMs: Ms): Receiver {
  switch (language) {
    case 'hdlc':
      return hdlcReceiver(gapMs)
    case 'wrapper':
      return wrapperReceiver(gapMs)
    case 'sign-on':
    case 'programming':
      return signOnReceiver(gapMs, language === 'programming')
    default:
      return language satisfies never
  }
}

const damagedHdlc = (item: Deframed): Heard => (item.is === 'damaged' ? { ...item, kind: 'hdlc' } : item)

function hdlcReceiver(gapMs: Ms): Receiver {
  const deframer = createDeframer({ interOctetMs: gapMs })
  const heard = (items: readonly Deframed[]): readonly Heard[] => items.map(damagedHdlc)
  return {
    push: (burst) => heard(deframer.push(burst)),
    datagram(octets, at, from) {
      const items = heard([...deframer.push({ octets, firstEnd: at, octetMs: 0 }), ...deframer.flush(Infinity)])
      return items.map((item) => ({ ...item, from }))
    },
    deadline: () => deframer.deadline(),
    flush: (now) => heard(deframer.flush(now)),
  }
}

const damagedWrapper = (item: Unwrapped): Heard => (item.is === 'damaged' ? { ...item, kind: 'wrapper' } : item)

function wrapperReceiver(gapMs: Ms): Receiver {
  const stream = createWpduStream()
  let last: Ms = 0
  const deadline = (): Ms => (stream.pending() ? last + gapMs : Infinity)
  return {
    push(burst) {
      last = burst.firstEnd + Math.max(0, burst.octets.length - 1) * burst.octetMs
      return stream.push(burst).map(damagedWrapper)
    },
    datagram: (octets, at, from) => [{ ...damagedWrapper(unwrapDatagram(octets, at)), from }],
    deadline,
    flush: (now) => (now >= deadline() ? stream.flush().map(damagedWrapper) : []),
  }
}

const damagedSignOn = (item: Scanned): Heard => (item.is === 'damaged' ? { ...item, kind: 'sign-on' } : item)

function signOnReceiver(gapMs: Ms, programming: boolean): Receiver {
  const scanner = createScanner({ interCharacterMs: gapMs })
  scanner.programming(programming)
  const heard = (items: readonly Scanned[]): readonly Heard[] => items.map(damagedSignOn)
  return {
    push: (burst) => heard(scanner.push(burst)),
    datagram: (octets, at, from) =>
      heard(scanner.push({ octets, firstEnd: at, octetMs: 0 })).map((item) => ({ ...item, from })),
    deadline: () => scanner.deadline(),
    flush: (now) => heard(scanner.flush(now)),
  }
}
