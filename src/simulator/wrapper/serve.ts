// One WPDU → the WPDUs of the answer: as many as there are APDUs. wPorts are swapped.
import type { Ms } from '../../protocol/line.ts'
import { WRAPPER_VERSION, type Wpdu } from '../../protocol/wrapper/wpdu.ts'
import type { ClientDescription, DeviceDescription } from '../description.ts'
import type { Sender } from '../sender.ts'
import type { Path, Upper } from '../upper.ts'
import type { WrapperRules } from './rules.ts'

export interface WrapperSetting {
  readonly port: string
  readonly rules: WrapperRules
  readonly devices: readonly DeviceDescription[]
  readonly clients: readonly ClientDescription[]
  readonly upper: Upper
  readonly sender: Sender
}

/** `path`: who asked, if anybody known did. */
export interface Served {
  readonly path?: Path
  readonly answers: readonly Uint8Array[]
}

export function serve(setting: WrapperSetting, carrier: 'tcp' | 'udp', peer: string, wpdu: Wpdu, now: Ms): Served {
  const { rules, devices, clients, upper, sender, port } = setting
  const wports = { source: wpdu['source-wport'], destination: wpdu['destination-wport'] }
  const device = rules.device(wports, devices)
  const client = rules.client(wports, clients)
  if (device === undefined || client === undefined) return { answers: [] }
  const path: Path = { port, peer, carrier, client, device }
  const answers = upper.apdu(path, wpdu.information, now).flatMap((information) => {
    const answer = {
      version: WRAPPER_VERSION,
      'source-wport': wports.destination,
      'destination-wport': wports.source,
      information,
    }
    return sender({ is: 'wpdu', wpdu: answer, damage: {} })
  })
  return { path, answers }
}
