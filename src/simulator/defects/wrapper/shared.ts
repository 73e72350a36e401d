// What defects of the wrapper have in common.
import { WRAPPER_VERSION } from '../../../protocol/wrapper/wpdu.ts'
import type { Unwrapped } from '../../../protocol/wrapper/stream.ts'
import type { Decisions } from '../../decisions.ts'
import type { Memory } from '../../memory.ts'
import type { Verdict } from '../../wrapper/rules.ts'

/** A damaged WPDU that has no other failure than these. */
export const served = (item: Unwrapped, memory: Memory, ...codes: readonly string[]): Verdict | undefined =>
  item.is === 'damaged' && item.wpdu !== undefined && item.failures.every(({ code }) => codes.includes(code))
    ? { is: 'served', wpdu: { ...item.wpdu, version: WRAPPER_VERSION }, memory }
    : undefined

/** Associations belong to the wPorts alone, whoever is at the other end. */
export const boundToWports = ({ association }: Decisions, carrier: 'tcp' | 'udp'): Decisions['association'] => ({
  ...association,
  key: (path) => (path.carrier === carrier ? `${path.port}/${path.client}/${path.device.key}` : association.key(path)),
})
