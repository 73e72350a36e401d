import { shift, type Draft, type Recorder } from './tree.ts'
import { lengthOctets } from './length.ts'

/** Where codecs write to. Without a recorder it keeps octets and nothing else. */
export class Sink {
  readonly recorder: Recorder | undefined
  length = 0
  // so few octets are held without an allocation of their own; most messages have no more
  private buffer = new Uint8Array(64)

  constructor(recorder?: Recorder) {
    this.recorder = recorder
  }

  private reserve(count: number): void {
    if (this.length + count <= this.buffer.length) return
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + count))
    larger.set(this.buffer.subarray(0, this.length))
    this.buffer = larger
  }

  u8(value: number): void {
    this.reserve(1)
    this.buffer[this.length++] = value
  }

  u16(value: number): void {
    this.u8(value >> 8)
    this.u8(value)
  }

  u32(value: number): void {
    this.u16(value >>> 16)
    this.u16(value)
  }

  put(octets: Uint8Array): void {
    this.reserve(octets.length)
    this.buffer.set(octets, this.length)
    this.length += octets.length
  }

  /** Writes over octets that are there already. */
  patch(at: number, octets: Uint8Array): void {
    this.buffer.set(octets, at)
  }

  /** Puts the shortest length field before all that was written since `at`; `contents` is what was recorded of it. */
  prefixLength(at: number, contents: Draft | undefined): number {
    const octets = lengthOctets(this.length - at)
    this.reserve(octets.length)
    this.buffer.copyWithin(at + octets.length, at, this.length)
    this.buffer.set(octets, at)
    this.length += octets.length
    if (contents) shift(contents, octets.length)
    return octets.length
  }

  /** A view of what was written since `from`. */
  since(from: number): Uint8Array {
    return this.buffer.subarray(from, this.length)
  }

  /** A copy of all that was written. */
  done(): Uint8Array {
    return this.buffer.slice(0, this.length)
  }
}
