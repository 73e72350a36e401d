// AES key wrap without its check (RFC 3394): what comes out of whatever went in, and what a meter may have that does not look at it.
import { createDecipheriv } from 'node:crypto'
import { concat } from '../../codec/operator.ts'

const BLOCK = 8
const ROUNDS = 6

/** Undefined: no number of whole blocks, or too few. */
export function unwrapUnchecked(masterKey: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined {
  const blocks = wrapped.length / BLOCK - 1
  if (!Number.isInteger(blocks) || blocks < 2) return undefined
  const cipher = `aes-${masterKey.length * 8}-ecb`
  let a = wrapped.subarray(0, BLOCK)
  const r = Array.from({ length: blocks }, (_, at) => wrapped.subarray((at + 1) * BLOCK, (at + 2) * BLOCK))
  for (let t = ROUNDS * blocks; t > 0; t--) {
    const at = (t - 1) % blocks
    const decipher = createDecipheriv(cipher, masterKey, null).setAutoPadding(false)
    const counted = a.map((octet, index) => (index === BLOCK - 1 ? octet ^ t : octet))
    const plain = decipher.update(concat([counted, r[at] ?? new Uint8Array(BLOCK)]))
    a = Uint8Array.from(plain.subarray(0, BLOCK))
    r[at] = Uint8Array.from(plain.subarray(BLOCK))
  }
  return concat(r)
}
