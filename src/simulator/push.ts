// Unsolicited UI frames with a data-notification (IEC 62056-46 6.4.4.7, ruling G16): whenever no link is up and the line is idle.
import { addressOctets, clientAddress, serverAddress } from '../protocol/hdlc/address.ts'
import type { Frame } from '../protocol/hdlc/examine.ts'
import type { Ms } from '../protocol/line.ts'
import type { ClientDescription, DeviceAddresses, HdlcDescription } from './description.ts'

export interface PushedFrame {
  readonly frame: Frame
  /** How long after the one before it. */
  readonly pauseMs: Ms
}

export interface PushRules {
  /** LLC header and APDU → the frames that carry it: one UI frame, for UI knows no segments. */
  readonly frames: (llcAndApdu: Uint8Array, addresses: PushAddresses) => readonly PushedFrame[]
}

interface PushAddresses {
  readonly client: ClientDescription
  readonly device: DeviceAddresses
  readonly hdlc: HdlcDescription
}

const uiFrame = (information: Uint8Array, { client, device, hdlc }: PushAddresses): Frame => ({
  segmentation: false,
  'destination-address': addressOctets(clientAddress(client.sap)),
  'source-address': addressOctets(serverAddress(hdlc.addressing, device.upper, hdlc.lower)),
  control: { is: 'ui', 'poll-final': false },
  information,
})

export const conformantPush: PushRules = {
  frames: (llcAndApdu, addresses) => [{ frame: uiFrame(llcAndApdu, addresses), pauseMs: 0 }],
}
