// Classes 17, 19, 23, 41: they say what the description of the meter and its ports says.
import type { Data } from '../../protocol/data/data.ts'
import { devicesOf, type ObjectDescription, type PortDescription } from '../description.ts'
import type { Situation } from './classes.ts'
import { array, enumerated, logicalName, longUnsigned, octets, structure, text, unsigned } from './data.ts'

const RATES = [300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]
const rate = (baud: number): Data => enumerated(Math.max(0, RATES.indexOf(baud)))
const NO_OBJECT = '0.0.0.0.0.0'

const portOf = ({ port }: ObjectDescription, { description }: Situation): PortDescription | undefined =>
  port === undefined ? undefined : description.ports[port]

/** SAP assignment. */
export const sapAttribute = (
  _object: ObjectDescription,
  attribute: number,
  { description }: Situation,
): Data | undefined =>
  attribute === 2
    ? array(devicesOf(description).map(({ sap, name }) => structure(longUnsigned(sap), text(name))))
    : undefined

/** IEC local port setup. Passwords are never shown. */
export function localPortAttribute(
  object: ObjectDescription,
  attribute: number,
  situation: Situation,
): Data | undefined {
  const port = portOf(object, situation)
  if (port?.kind !== 'serial') return undefined
  switch (attribute) {
    case 2:
      return enumerated(situation.rules.openingTold(port) === 'sign-on' ? 0 : 1)
    case 3:
      return rate(port.baud)
    case 4:
      return rate(port.signOn?.baud ?? port.baud)
    case 5:
      return enumerated((port.signOn?.reactionMs ?? 0) < 200 ? 0 : 1)
    case 6:
      return text(port.signOn?.address ?? '')
    case 7:
    case 8:
    case 9:
      return text('')
    default:
      return undefined
  }
}

/** IEC HDLC setup. */
export function hdlcSetupAttribute(
  object: ObjectDescription,
  attribute: number,
  situation: Situation,
): Data | undefined {
  const port = portOf(object, situation)
  const hdlc = port?.hdlc
  if (port === undefined || hdlc === undefined) return undefined
  switch (attribute) {
    case 2:
      return rate(port.kind === 'serial' ? (port.signOn?.baud ?? port.baud) : 9600)
    case 3:
      return unsigned(hdlc.windowTransmit)
    case 4:
      return unsigned(hdlc.windowReceive)
    case 5:
      return longUnsigned(hdlc.maxInformationTransmit)
    case 6:
      return longUnsigned(hdlc.maxInformationReceive)
    case 7:
      return longUnsigned(hdlc.interOctetMs)
    case 8:
      return longUnsigned(Math.round(hdlc.inactivityMs / 1000))
    case 9:
      return longUnsigned(hdlc.lower)
    default:
      return undefined
  }
}

/** TCP-UDP setup. */
export function tcpUdpAttribute(object: ObjectDescription, attribute: number, situation: Situation): Data | undefined {
  const port = portOf(object, situation)
  if (port?.kind !== 'stream') return undefined
  switch (attribute) {
    case 2:
      return longUnsigned(port.tcpPort)
    case 3:
      return octets(logicalName(NO_OBJECT))
    case 4:
      return longUnsigned(576)
    case 5:
      return unsigned(port.connections)
    case 6:
      return longUnsigned(Math.round(port.inactivityMs / 1000))
    default:
      return undefined
  }
}
