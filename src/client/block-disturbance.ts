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
}

export class Disturber {
  #left: Disturbance

  constructor(disturbance: Disturbance) {
    this.#left = disturbance
  }

  /** What has not been done: there was no such block, or it went alone. */
  get isLeft(): boolean {
    return Object.values(this.#left).some((value) => value !== undefined)
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
    return this.#advanced(this.#repeated(this.#changed(blocks))).map((block, at, all) => ({
      ...block,
      'block-control': { ...block['block-control'], streaming: at < all.length - 1 },
    }))
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
