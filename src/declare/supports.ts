// What a draft claims (PICS): only what was seen.
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import type { LinkParameter } from '../protocol/hdlc/negotiate.ts'
import { offersHdlc, type Identification } from '../protocol/sign-on/messages.ts'
import { rateOf, type ProtocolMode } from '../protocol/sign-on/rates.ts'
import type { NamedClient } from './clients.ts'
import type { PortFindings } from './findings.ts'
import type { Read } from './draft.ts'
import { numberIn, some, within } from './values.ts'

type Supports = NonNullable<MeterDeclaration['supports']>

/** What holds of a meter whose associations say it alike. */
const shared = <T>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined)

export function supportsIn(ports: readonly PortFindings[], clients: readonly NamedClient[], read: Read): Supports {
  const hdlc = hdlcIn(ports)
  const signOn = signOnIn(ports)
  const wrapped = ports.filter(
    ({ target, associations }) => target.profile.includes('wrapper') && associations.length > 0,
  )
  const kinds = new Set(wrapped.flatMap(({ target }) => target.profile))
  const opened = clients.flatMap((client) => client.opened.map(({ came }) => came))
  const overHdlc = ports
    .filter((port) => port.hdlc !== undefined)
    .flatMap(({ associations }) => associations.flatMap(({ came }) => (came.is === 'open' ? [came.released] : [])))
  const association = {
    ...some('maxReceivePduSize', within(shared(opened.map(({ pduSize }) => pduSize)), 0, 0xffff)),
    ...some('release', shared(overHdlc)),
  }
  return {
    ...(hdlc === undefined ? {} : { hdlc }),
    ...(signOn === undefined ? {} : { signOn }),
    ...(kinds.size === 0
      ? {}
      : {
          wrapper: {
            ...(kinds.has('tcp') ? { tcp: true } : {}),
            ...(kinds.has('udp') ? { udp: true } : {}),
            ...some('connections', within(numberIn(read('nb-of-sim-conn')), 1, 255)),
          },
        }),
    ...(Object.keys(association).length > 0 ? { association } : {}),
  }
}

function hdlcIn(ports: readonly PortFindings[]): Supports['hdlc'] {
  const found = ports.flatMap(({ hdlc }) => hdlc ?? [])
  const [first] = found
  if (first === undefined) return undefined
  const granted = found.flatMap(({ parameters }) => parameters ?? [])
  /** Ports of one meter may grant more or less: all of them grant the least. */
  const least = (name: LinkParameter): number | undefined =>
    granted.length === 0 ? undefined : Math.min(...granted.map((each) => each[name]))
  return {
    addressing: first.addressing,
    ...some('lower', first.lower),
    ...some('maxInformationTransmit', within(least('max-information-field-length-transmit'), 32, 2030)),
    ...some('maxInformationReceive', within(least('max-information-field-length-receive'), 32, 2030)),
    ...some('windowTransmit', within(least('window-size-transmit'), 1, 7)),
    ...some('windowReceive', within(least('window-size-receive'), 1, 7)),
  }
}

/** What the identification says; whether more modes are there is left to its maker. */
function signOnIn(ports: readonly PortFindings[]): Supports['signOn'] {
  const { identification } = ports.find((port) => port.identification !== undefined) ?? {}
  if (identification === undefined) return undefined
  const mode = modeOf(identification)
  return {
    modes: [mode],
    ...some('baud', rateOf(identification['baud-rate-identification'], mode)),
    announcesHdlc: offersHdlc(identification),
    fastReaction: /[a-z]$/.test(identification.manufacturer),
  }
}

/** Digits are the rates of mode C, capital letters those of mode B (IEC 62056-21 6.3.14). */
function modeOf(identification: Identification): ProtocolMode {
  if (offersHdlc(identification)) return 'E'
  const z = identification['baud-rate-identification']
  return /[0-9]/.test(z) ? 'C' : /[A-I]/.test(z) ? 'B' : 'A'
}
