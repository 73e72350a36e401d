// What a tester does to the blocks of an exchange, each once: a block of the answer that is lost, blocks of the request twice, out of order or changed.
import type { GeneralBlockTransfer } from '../protocol/xdlms/general-block-transfer.ts'

export interface Disturbance {
  /** The block of the answer with this number, or the last one, is as if it had not come. */
  readonly lost?: number | 'last'
  /** The block of the request with this number is sent twice, and the last of its turn in the next one: the window of the meter holds. */
  readonly repeated?: number
  /** The block of the request with this number is sent before the one in front of it. */
  readonly advanced?: number
  /** In the block of the request with this number one bit of the last octet is another. */
  readonly changed?: number
  /** From the block of the request with this number on it is another transfer that goes on. */
  readonly mixed?: { readonly from: number; readonly octets: Uint8Array }
}

export class Disturber {
  #left: Omit<Disturbance, 'mixed'>
  readonly #mixed: Disturbance['mixed']
  #isMixed = false
  /** Octets of a whole block. */
  #room = 0

  constructor({ mixed, ...others }: Disturbance) {
    this.#left = others
    this.#mixed = mixed
  }

  /** What has not been done: there was no such block, or it went alone. */
  get isLeft(): boolean {
    const isToMix = this.#mixed !== undefined && !this.#isMixed
    return isToMix || Object.values(this.#left).some((value) => value !== undefined)
  }

  /** Is a block of the answer lost? */
  loses({ 'block-number': number, 'block-control': control }: GeneralBlockTransfer): boolean {
    const { lost, ...others } = this.#left
    if (lost !== number && !(lost === 'last' && control['last-block'])) return false
    this.#left = others
    return true
  }

  /** A turn as it is sent: all but the last say that more follow. */
  arranged(blocks: readonly GeneralBlockTransfer[]): readonly GeneralBlockTransfer[] {
    return this.#advanced(this.#repeated(this.#changed(this.#ofAnother(blocks)))).map((block, at, all) => ({
      ...block,
      'block-control': { ...block['block-control'], streaming: at < all.length - 1 },
    }))
  }

  #ofAnother(blocks: readonly GeneralBlockTransfer[]): readonly GeneralBlockTransfer[] {
    const { from = Infinity, octets = new Uint8Array(0) } = this.#mixed ?? {}
    return blocks.map((block) => {
      const { 'block-number': number, 'block-data': data } = block
      this.#room = Math.max(this.#room, data.length)
      if (number < from || data.length === 0) return block
      this.#isMixed = true
      const begin = (number - 1) * this.#room
      return { ...block, 'block-data': octets.slice(begin, begin + data.length) }
    })
  }

  #changed(blocks: readonly GeneralBlockTransfer[]): readonly GeneralBlockTransfer[] {
    const { changed, ...others } = this.#left
    const found = blocks.find((block) => block['block-number'] === changed && block['block-data'].length > 0)
    if (found === undefined) return blocks
    this.#left = others
    const data = found['block-data'].map((octet, at, all) => (at === all.length - 1 ? octet ^ 1 : octet))
    return blocks.map((block) => (block === found ? { ...block, 'block-data': data } : block))
  }

  #repeated(blocks: readonly GeneralBlockTransfer[]): readonly GeneralBlockTransfer[] {
    const { repeated, ...others } = this.#left
    const at = blocks.findIndex((block) => block['block-number'] === repeated)
    if (at < 0 || at === blocks.length - 1) return blocks
    this.#left = others
    return [...blocks.slice(0, at + 1), ...blocks.slice(at, -1)]
  }

  #advanced(blocks: readonly GeneralBlockTransfer[]): readonly GeneralBlockTransfer[] {
    const { advanced, ...others } = this.#left
    const at = blocks.findIndex((block) => block['block-number'] === advanced)
    if (at < 1) return blocks
    this.#left = others
    return [...blocks.slice(0, at - 1), ...blocks.slice(at - 1, at + 1).reverse(), ...blocks.slice(at + 1)]
  }
}
