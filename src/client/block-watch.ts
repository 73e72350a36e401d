// What the blocks of the meter have to keep in general block transfer (IEC 62056-5-3 clause 9.4.6.13; ruling B10).
import type { GeneralBlockTransfer } from '../protocol/xdlms/general-block-transfer.ts'
import type { Irregularity, TransferRule } from './service-outcome.ts'

/** Watches one exchange: what was sent is told to it, and each block that comes is judged. */
export class BlockWatch {
  /** Blocks that the tester takes in one turn of the meter. */
  readonly #window: number
  /** Own blocks that were sent, in whatever order. */
  readonly #sent = new Set<number>()
  /** The highest own number that came without a gap, to a meter that keeps no block behind a gap. */
  #inOrder = 0
  /** What may be acknowledged: all that has data, to a meter that keeps none behind a gap; all that was sent, to one that does. */
  #least = 0
  #most = 0
  /** What the next block of the meter has for a number, and the highest that has come so far. */
  #due = 1
  #highest = 0
  #inTurn = 0
  readonly #remarks = new Map<string, Irregularity>()

  constructor(window: number) {
    this.#window = window
  }

  /** Remarks so far, each once. */
  get irregular(): readonly Irregularity[] {
    return [...this.#remarks.values()]
  }

  /** A turn of the tester, which has got so many blocks without a gap. */
  sent(blocks: readonly GeneralBlockTransfer[], received: number): void {
    for (const { 'block-number': number, 'block-data': data } of blocks) {
      this.#sent.add(number)
      if (number !== this.#inOrder + 1) continue
      this.#inOrder = number
      if (data.length > 0) this.#least = number
    }
    while (this.#sent.has(this.#most + 1)) this.#most++
    this.#due = received + 1
    this.#inTurn = 0
  }

  /** A block of the meter; undefined: it is right. */
  judge({ 'block-number': number, 'block-number-ack': acknowledged }: GeneralBlockTransfer): Irregularity | undefined {
    if (++this.#inTurn > this.#window)
      return breach('gbt-window', `${this.#window} blocks at most in a turn`, `${this.#inTurn} of them`)
    if (acknowledged < this.#least || acknowledged > this.#most)
      return breach('gbt-acknowledgement', this.#acknowledgeable(), `acknowledged is block ${acknowledged}`)
    if (number > this.#due || number === 0)
      return breach(this.#due <= this.#highest ? 'gbt-recovery' : 'gbt-number', `block ${this.#due}`, `block ${number}`)
    if (number < this.#due) this.#remark(breach('gbt-recovery', `block ${this.#due}`, `block ${number} once more`))
    this.#due = number + 1
    this.#highest = Math.max(this.#highest, number)
    return undefined
  }

  #acknowledgeable(): string {
    return this.#least === this.#most
      ? `acknowledged is block ${this.#least}, the last in order`
      : `acknowledged is a block from ${this.#least} to ${this.#most}`
  }

  #remark(irregularity: Irregularity): void {
    if (!this.#remarks.has(irregularity.rule)) this.#remarks.set(irregularity.rule, { ...irregularity, remark: true })
  }
}

const breach = (rule: TransferRule, expected: string, found: string): Irregularity => ({ rule, expected, found })
