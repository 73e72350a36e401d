import { Unreadable, type DecodeFailure, type Fault } from './failure.ts'
import type { Recorder } from './tree.ts'

/** Values nest no deeper than this; deeper octets are refused, so that no input can exhaust the stack. */
const MAX_DEPTH = 64

interface SourceOptions {
  readonly recorder?: Recorder
  /** Go on after a wrong length or check sequence, and note it. */
  readonly lenient?: boolean
}

/** Where codecs read from. Never reads beyond `end`. Octets that are values are views of the input, not copies. */
export class Source {
  readonly octets: Uint8Array
  at = 0
  end: number
  readonly recorder: Recorder | undefined
  readonly notes: DecodeFailure[] = []
  private readonly lenient: boolean
  private depth = 0

  constructor(octets: Uint8Array, options: SourceOptions = {}) {
    this.octets = octets
    this.end = octets.length
    this.recorder = options.recorder
    this.lenient = options.lenient ?? false
  }

  get left(): number {
    return this.end - this.at
  }

  /** The next octet, not taken. */
  peek(): number | undefined {
    return this.at < this.end ? this.octets[this.at] : undefined
  }

  u8(): number {
    if (this.at >= this.end) this.short(1)
    return this.octets[this.at++] as number
  }

  u16(): number {
    const at = this.advance(2)
    return ((this.octets[at] as number) << 8) | (this.octets[at + 1] as number)
  }

  u32(): number {
    const high = this.u16()
    return high * 0x10000 + this.u16()
  }

  take(count: number): Uint8Array {
    const at = this.advance(count)
    return this.octets.subarray(at, at + count)
  }

  private advance(count: number): number {
    if (this.end - this.at < count) this.short(count)
    const at = this.at
    this.at += count
    return at
  }

  private short(count: number): never {
    const left = this.end - this.at
    return this.fail('short', this.at, count === 1 ? 'an octet' : `${count} octets`, left === 0 ? 'the end' : `${left}`)
  }

  /** Lets the next `length` octets be all there is. Gives the end as it was, for `leave`. */
  enter(length: number, at: number): number {
    if (length > this.end - this.at) this.fail('length', at, `at most ${this.left}`, `${length}`)
    const outer = this.end
    this.end = this.at + length
    return outer
  }

  /** All octets since `enter` must be taken. */
  leave(outer: number): void {
    if (this.at !== this.end) this.fail('surplus', this.at, 'the end of the contents', `${this.end - this.at} more`)
    this.end = outer
  }

  deeper(): void {
    if (++this.depth > MAX_DEPTH) this.fail('depth', this.at, `at most ${MAX_DEPTH} levels`, 'more')
  }

  shallower(): void {
    this.depth--
  }

  /** Ends the reading. `field`: the field of the open one that is to blame. */
  fail(fault: Fault, at: number, expected: string, found: string, field?: string): never {
    throw new Unreadable({ fault, at, expected, found }, field)
  }

  /** Remarks what a strict decoder would not write itself. */
  note(fault: Fault, at: number, expected: string, found: string, field?: string): void {
    this.notes.push({ fault, at, expected, found, path: this.recorder?.path(field) ?? '' })
  }

  /** A derived field is not what it should be: the end, unless the reader is lenient. */
  mismatch(field: string, at: number, expected: string, found: string): void {
    if (!this.lenient) this.fail('derived', at, expected, found, field)
    this.note('derived', at, expected, found, field)
  }
}
