import type { APPLICATION_CONTEXT } from '../../protocol/acse/names.ts'
import type { ConformanceBit } from '../../protocol/xdlms/conformance.ts'
import type { Session } from '../protection/partners.ts'
import type { HlsPending } from './hls.ts'
import type { ClientDescription, DeviceDescription, MeterDescription } from '../description.ts'

/** Logical names or short names. */
export type Referencing = 'ln' | 'sn'

/** An application association that is established, as the server knows it. */
export interface Association {
  readonly clientName: string
  readonly client: ClientDescription
  readonly device: DeviceDescription
  readonly conformance: readonly ConformanceBit[]
  /** client-max-receive-pdu-size; 0: no limit. */
  readonly clientMaxPdu: number
  /** What protects its APDUs, or proves who is there; undefined: nothing does. */
  readonly session?: Session
  /** HLS has begun and is not through: nothing is served but its pass 3. */
  readonly pending?: HlsPending
  /** System title of the client; absent: none was told, and none is known. */
  readonly clientTitle?: Uint8Array
}

/** A client, under its name in the description. */
export interface KnownClient {
  readonly name: string
  readonly client: ClientDescription
}

/** The association of a client: its rights are those of its name. */
export const associationOf = (
  { name, client }: KnownClient,
  device: DeviceDescription,
  conformance: readonly ConformanceBit[],
  clientMaxPdu: number,
): Association => ({ clientName: name, client, device, conformance, clientMaxPdu })

/** application-context-name: referencing, and whether APDUs may be ciphered. */
export type ContextName = keyof typeof APPLICATION_CONTEXT
export const contextNameOf = ({ context = 'ln', ciphered }: ClientDescription): ContextName =>
  ciphered ? `${context}-ciphered` : context

export const contextOf = ({ client }: Association): Referencing => client.context ?? 'ln'

/** Of a meter towards whom it does not know: that of its clients. */
export const contextOfAll = ({ clients }: MeterDescription): Referencing =>
  Object.values(clients).every(({ context }) => context === 'sn') ? 'sn' : 'ln'
