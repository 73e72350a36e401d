// Whom a frame is for (IEC 62056-46 6.4.2.4, 6.4.2.5, Table 5; rulings H24–H34).
import { isAllStation, readAddress, reserved, type HdlcAddress } from '../../protocol/hdlc/address.ts'
import type { DeviceDescription, HdlcDescription } from '../description.ts'

export type Addressee =
  { readonly is: 'own'; readonly device: DeviceDescription } | { readonly is: 'all' } | { readonly is: 'nobody' }

export interface Addressing {
  readonly addressee: (octets: Uint8Array, hdlc: HdlcDescription, devices: readonly DeviceDescription[]) => Addressee
  /** Client address, or undefined where no client has such a source address. */
  readonly client: (octets: Uint8Array) => number | undefined
  /** Source address of the answer: the destination as it came (ruling H35). */
  readonly answerFrom: (destination: Uint8Array, hdlc: HdlcDescription, device: DeviceDescription) => Uint8Array
}

export const NOBODY: Addressee = { is: 'nobody' }

export const conformantAddressing: Addressing = {
  addressee(octets, hdlc, devices) {
    const address = readAddress(octets)
    if (address === undefined || !lengthServed(address, hdlc)) return NOBODY
    if (isAllStation(address)) return { is: 'all' }
    if (hdlc.addressing !== 1 && address.lower !== hdlc.lower) return NOBODY
    const device = devices.find(({ upper }) => upper === address.upper)
    return device === undefined ? NOBODY : { is: 'own', device }
  },

  client(octets) {
    const address = readAddress(octets)
    if (address?.size !== 1 || address.upper === 0 || isAllStation(address)) return undefined
    return address.upper
  },

  answerFrom: (destination) => destination,
}

/** Table 5: an address of the own length; two octets to a station with four are converted. */
const lengthServed = (address: HdlcAddress, hdlc: HdlcDescription): boolean =>
  address.size === hdlc.addressing || (address.size === 2 && hdlc.addressing === 4)

/** The lower address by which a client calls any physical device. */
export const calling = (size: 1 | 2 | 4): number => reserved('calling-physical-device', size)
