// Characters and their times → messages of IEC 62056-21. Each character comes out exactly once.
import type { Burst, Ms } from '../line.ts'
import { examineSignOn, type SignOnFailure } from './examine.ts'
import { ACK, EOT, ETX, NAK, SOH, STX, type SignOnMessage, type SignOnName } from './messages.ts'

/** Times are of the first character's begin and the last one's end. */
export type Scanned =
  | {
      readonly is: 'message'
      readonly octets: Uint8Array
      readonly begin: Ms
      readonly end: Ms
      readonly message: SignOnMessage
    }
  | {
      readonly is: 'damaged'
      readonly octets: Uint8Array
      readonly begin: Ms
      readonly end: Ms
      readonly name: SignOnName
      readonly failures: readonly SignOnFailure[]
      /** What could be read. */
      readonly message?: SignOnMessage
    }
  | { readonly is: 'noise'; readonly octets: Uint8Array; readonly begin: Ms; readonly end: Ms }

export interface Scanner {
  /** Takes characters in (bit 7 set: parity wrong); gives what has ended with them. */
  push(burst: Burst): readonly Scanned[]
  /** When something would be given up for want of a further character; Infinity: nothing hangs. */
  deadline(): Ms
  /** Gives what hangs if its time-out has run out at `now`; with Infinity whatever hangs. */
  flush(now: Ms): readonly Scanned[]
  /** In programming mode ACK is a message of its own; before, it begins an acknowledgement. */
  programming(on: boolean): void
}

export interface ScannerOptions {
  /** A longer pause ends a message: ta of IEC 62056-21 6.4.3.3. */
  readonly interCharacterMs?: Ms
}

const SLASH = 0x2f
const CR = 0x0d
const LF = 0x0a
const EXCLAMATION = 0x21
const NUL = 0x00

/** What hangs, told by its first character. */
type Kind = 'line' | 'acknowledgement' | 'repeat' | 'block' | 'plain' | 'wake-up' | 'noise'

/** Longest of each kind that is waited for; what goes on beyond is noise. */
const LONGEST: Readonly<Record<Kind, number>> = {
  line: 256,
  acknowledgement: 256,
  repeat: 1,
  block: 0x20000,
  plain: 0x20000,
  'wake-up': 4096,
  noise: 256,
}

function kindOf(first: number, identified: boolean): Kind {
  switch (first) {
    case SLASH:
      return 'line'
    case ACK:
      return 'acknowledgement'
    case NAK:
      return 'repeat'
    case SOH:
    case STX:
      return 'block'
    case NUL:
      return 'wake-up'
    case CR:
      return identified ? 'plain' : 'noise'
    default:
      return 'noise'
  }
}

/** Does this character begin something new, though what hangs has not ended? */
function restarts(kind: Kind, character: number): boolean {
  switch (kind) {
    case 'block':
    case 'plain':
    case 'repeat':
      return false
    case 'wake-up':
      return character !== NUL
    case 'acknowledgement':
      return character < 0x20 && character !== CR && character !== LF
    case 'line':
      return character === SLASH || character === SOH || character === STX
    case 'noise':
      return kindOf(character, false) !== 'noise'
    default:
      return kind satisfies never
  }
}

export function createScanner({ interCharacterMs = 1500 }: ScannerOptions = {}): Scanner {
  let held: number[] = []
  let kind: Kind = 'noise'
  let begin: Ms = 0
  let end: Ms = 0
  let programming = false
  /** The last message was an identification: data without STX (mode D) may follow. */
  let identified = false
  let items: Scanned[] = []

  const deadline = (): Ms => (held.length > 0 ? end + interCharacterMs : Infinity)

  /** Is what hangs whole with its last character? */
  function whole(): boolean {
    const last = plain(held.at(-1))
    switch (kind) {
      case 'line':
        return last === LF
      case 'acknowledgement':
        return programming || last === LF
      case 'repeat':
        return true
      case 'block':
        return held.length > 2 && (plain(held.at(-2)) === ETX || plain(held.at(-2)) === EOT)
      case 'plain':
        return last === LF && plain(held.at(-2)) === CR && plain(held.at(-3)) === EXCLAMATION
      case 'wake-up':
      case 'noise':
        return false
      default:
        return kind satisfies never
    }
  }

  function give(as: Kind = kind): void {
    if (held.length === 0) return
    const octets = Uint8Array.from(held)
    held = []
    const { name, failures, message } = as === 'noise' ? { failures: [] } : examineSignOn(octets)
    identified = message?.is === 'identification'
    const times = { begin, end }
    if (name === undefined) items.push({ is: 'noise', octets, ...times })
    else if (failures.length === 0 && message !== undefined) items.push({ is: 'message', octets, ...times, message })
    else items.push({ is: 'damaged', octets, ...times, name, failures, ...(message === undefined ? {} : { message }) })
  }

  function accept(octet: number, from: Ms, to: Ms): void {
    if (held.length > 0 && (from - end > interCharacterMs || restarts(kind, plain(octet)))) give()
    if (held.length === 0) {
      begin = from
      kind = kindOf(plain(octet), identified)
    }
    held.push(octet)
    end = to
    if (whole()) give()
    else if (held.length >= LONGEST[kind]) give(kind === 'wake-up' ? kind : 'noise')
  }

  function taken(): readonly Scanned[] {
    const all = items
    items = []
    return all
  }

  return {
    push(burst) {
      burst.octets.forEach((octet, index) => {
        const to = burst.firstEnd + index * burst.octetMs
        accept(octet, to - burst.octetMs, to)
      })
      return taken()
    },
    deadline,
    flush(now) {
      if (now >= deadline()) give()
      return taken()
    },
    programming(on) {
      programming = on
    },
  }
}

const plain = (octet = 0): number => octet & 0x7f
