import type { ConformanceBit } from '../../protocol/xdlms/conformance.ts'
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

export const contextOf = ({ client }: Association): Referencing => client.context ?? 'ln'

/** Of a meter towards whom it does not know: that of its clients. */
export const contextOfAll = ({ clients }: MeterDescription): Referencing =>
  Object.values(clients).every(({ context }) => context === 'sn') ? 'sn' : 'ln'
