// What the meter keeps of the associations of all links and connections, and of those that are no more.
import type { Transfer } from '../../protocol/gbt/transfer.ts'
import type { Ms } from '../../protocol/line.ts'
import type { BlockRules } from '../services/block-rules.ts'
import type { GbtRules } from '../services/general-block-transfer.ts'
import { NO_TRANSFER, type Transfers } from '../services/transfer.ts'
import type { Association } from './association.ts'

export interface Kept {
  association: Association
  /** The general block transfer that is under way. */
  gbt: Transfer | undefined
  /** The request with effect that was answered last, and the answer. */
  last?: { readonly request: string; readonly at: Ms; readonly answer: Uint8Array | undefined }
}

export interface Associations {
  get(key: string): Kept | undefined
  all(): readonly (readonly [key: string, association: Association])[]
  open(key: string, association: Association): void
  end(key: string): void
  transfers(key: string): Transfers
  goOn(key: string, next: Transfers): void
  /** The dedicated key of the association before. */
  formerKey(key: string): Uint8Array | undefined
  clear(): void
}

export function createAssociations(blocks: BlockRules, gbt: GbtRules): Associations {
  const open = new Map<string, Kept>()
  /** The block transfers that are under way, or were when an association ended. */
  const transfers = new Map<string, Transfers>()
  /** The general block transfers of associations that are no more. */
  const leftOver = new Map<string, Transfer | undefined>()
  /** The dedicated keys of associations that are no more. */
  const formerKeys = new Map<string, Uint8Array | undefined>()
  return {
    get: (key) => open.get(key),
    all: () => [...open].map(([key, { association }]) => [key, association]),
    open(key, association) {
      put(open, key, { association, gbt: gbt.inherited(leftOver.get(key)) })
    },
    end(key) {
      const ended = open.get(key)
      if (ended === undefined) return
      put(leftOver, key, ended.gbt)
      put(formerKeys, key, ended.association.session?.dedicatedKey)
      open.delete(key)
    },
    transfers: (key) => transfers.get(blocks.place(key)) ?? NO_TRANSFER,
    goOn(key, next) {
      put(transfers, blocks.place(key), next)
    },
    formerKey: (key) => formerKeys.get(key),
    clear() {
      for (const each of [open, transfers, leftOver, formerKeys]) each.clear()
    },
  }
}

/** Datagrams may come from anywhere. */
const MOST_ASSOCIATIONS = 64

/** The one that was not used for longest makes room. */
function put<T>(all: Map<string, T>, key: string, value: T): void {
  all.delete(key)
  all.set(key, value)
  const [oldest] = all.keys()
  if (all.size > MOST_ASSOCIATIONS && oldest !== undefined) all.delete(oldest)
}
