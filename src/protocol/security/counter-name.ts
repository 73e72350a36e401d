// What the counter of a key is called: another key under the same name has another one.
import { createHash } from 'node:crypto'
import { concat } from '../../codec/operator.ts'
import { hex } from '../../codec/value.ts'
import type { KeyName } from './key-names.ts'

const DOMAIN = new TextEncoder().encode('dlms-conformance counter of ')
/** Hex digits that tell keys apart, and nothing of a key. */
const DIGITS = 8

/** The counter of what a system title protects with a key. */
export const counterName = (title: Uint8Array, name: KeyName, key: Uint8Array): string =>
  `${hex(title)}/${name}/${createHash('sha256')
    .update(concat([DOMAIN, key]))
    .digest('hex')
    .slice(0, DIGITS)}`
