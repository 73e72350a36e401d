// What the counter of a key is called: one octet string is one key, whatever it is called, for its nonces must not come twice.
import { createHash } from 'node:crypto'
import { concat } from '../../codec/operator.ts'
import { remembered } from '../../codec/remembered.ts'
import { hex } from '../../codec/value.ts'

const DOMAIN = new TextEncoder().encode('dlms-conformance counter of ')
/** Hex digits that tell keys apart, and nothing of a key. */
const DIGITS = 8

/** Every APDU that is protected asks for it. */
const digests = remembered<string>()

/** The counter of what a system title protects with a key. */
export const counterName = (title: Uint8Array, key: Uint8Array): string =>
  `${hex(title)}/${digests(hex(key), () => digestOf(key))}`

const digestOf = (key: Uint8Array): string =>
  createHash('sha256')
    .update(concat([DOMAIN, key]))
    .digest('hex')
    .slice(0, DIGITS)
