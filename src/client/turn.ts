// Whose turn it is on a port: when the tester may speak again, how late the meter answers, and whether the tester hears itself.
import type { Ms } from '../protocol/line.ts'
import type { Heard, Language } from './receiver.ts'

export class Turn {
  readonly #reactionMs: Ms
  #written: { readonly octets: Uint8Array; readonly end: Ms } | undefined
  /** The meter has not answered yet what was written last. */
  #open = false
  /** The tester's own reaction time is over by then. */
  readyAt: Ms = 0
  /** The longest time that an answer took to begin. */
  slowestMs: Ms = 0

  /** `reactionMs`: so long after the end of a message of sign-on the next one begins (tr of IEC 62056-21), whoever sent it. */
  constructor(reactionMs: Ms) {
    this.#reactionMs = reactionMs
  }

  wrote(octets: Uint8Array, end: Ms, language: Language): void {
    this.#written = { octets, end }
    this.#open = true
    if (ofSignOn(language)) this.readyAt = end + this.#reactionMs
  }

  heard({ begin, end }: Heard, language: Language, unsolicited: boolean): void {
    if (ofSignOn(language)) this.readyAt = Math.max(this.readyAt, end + this.#reactionMs)
    if (!this.#open || this.#written === undefined || unsolicited) return
    this.#open = false
    if (!ofSignOn(language)) this.slowestMs = Math.max(this.slowestMs, begin - this.#written.end)
  }

  /** What only a client sends has come back. Other frames may be the same both ways: where client and server have one address, RR is. */
  isEcho(heard: Heard): boolean {
    const written = this.#written?.octets
    if (written === undefined || !this.#open || !isCommand(heard)) return false
    return heard.octets.length === written.length && heard.octets.every((octet, at) => octet === written[at])
  }
}

const isCommand = (heard: Heard): boolean =>
  (heard.is === 'frame' && (heard.frame.control.is === 'snrm' || heard.frame.control.is === 'disc')) ||
  (heard.is === 'message' && heard.message.is === 'request')

const ofSignOn = (language: Language): boolean => language === 'sign-on' || language === 'programming'
