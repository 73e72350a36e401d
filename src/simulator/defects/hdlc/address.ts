// Who is meant by a frame, and who answers.
import { addressOctets, readAddress } from '../../../protocol/hdlc/address.ts'
import type { Association } from '../../association/association.ts'
import type { Decisions } from '../../decisions.ts'
import type { DeviceDescription, HdlcDescription } from '../../description.ts'
import { calling, NOBODY, type Addressee } from '../../link/addressing.ts'
import { dm, type Row } from '../../link/reaction.ts'
import { changeLink, takesAlso, type Defect } from '../defect.ts'
import { onlyDamagedBy, taken } from './reading.ts'

type Claim = (
  octets: Uint8Array,
  hdlc: HdlcDescription,
  devices: readonly DeviceDescription[],
) => DeviceDescription | undefined

/** Frames for somebody else are taken too, by this rule. */
const claiming = (d: Decisions, claim: Claim): Decisions => ({
  ...d,
  addressing: {
    ...d.addressing,
    addressee(octets, hdlc, devices): Addressee {
      const right = d.addressing.addressee(octets, hdlc, devices)
      if (right.is !== 'nobody') return right
      const device = claim(octets, hdlc, devices)
      return device === undefined ? NOBODY : { is: 'own', device }
    },
  },
})

const ownLength = (octets: Uint8Array, hdlc: HdlcDescription): boolean => octets.length === hdlc.addressing

const lowBits = (part: number): number => part & 0x7f

/** DM to whatever comes, from the address called. */
const answerAll: Row = (state) => ({ to: state, say: [dm] })

export const addressDefects: readonly Defect[] = [
  {
    id: 'hdlc.address.any-length',
    breaks: ['hdlc.address.length'],
    needs: 'hdlc',
    says: 'A destination address of three or five octets is taken for the own one.',
    apply: (d) =>
      takesAlso(
        claiming(d, (octets, _hdlc, devices) => (octets.length === 3 || octets.length === 5 ? devices[0] : undefined)),
        (item, memory) => taken(onlyDamagedBy(item, 'destination-address'), memory),
      ),
  },
  {
    id: 'hdlc.address.one-octet-accepted',
    breaks: ['hdlc.address.length'],
    needs: 'addressing-2-or-4',
    says: 'An upper address alone, in one octet, is answered though the meter has two or four.',
    apply: (d) =>
      claiming(d, (octets, hdlc, devices) =>
        octets.length === 1 && hdlc.addressing !== 1
          ? devices.find(({ upper }) => upper === readAddress(octets)?.upper)
          : undefined,
      ),
  },
  {
    id: 'hdlc.address.source-two-octets-accepted',
    breaks: ['hdlc.address.source'],
    needs: 'hdlc',
    says: 'A source address of two octets is taken for a client.',
    apply: (d) => ({
      ...d,
      addressing: {
        ...d.addressing,
        client: (octets) => (octets.length === 2 ? (octets[1] ?? 0) >> 1 : d.addressing.client(octets)),
      },
    }),
  },
  {
    id: 'hdlc.address.upper-ignored',
    breaks: ['hdlc.address.unknown'],
    needs: 'hdlc',
    says: 'Any upper address is answered, if the lower one is right.',
    apply: (d) =>
      claiming(d, (octets, hdlc, devices) => {
        const address = readAddress(octets)
        const lowerRight = hdlc.addressing === 1 || address?.lower === hdlc.lower
        return ownLength(octets, hdlc) && lowerRight && address?.upper !== 0 ? devices[0] : undefined
      }),
  },
  {
    id: 'hdlc.address.lower-ignored',
    breaks: ['hdlc.address.unknown'],
    needs: 'addressing-2-or-4',
    says: 'Any lower address is answered, if the upper one is right.',
    apply: (d) =>
      claiming(d, (octets, hdlc, devices) =>
        ownLength(octets, hdlc) ? devices.find(({ upper }) => upper === readAddress(octets)?.upper) : undefined,
      ),
  },
  {
    id: 'hdlc.address.low-bits-only',
    breaks: ['hdlc.address.unknown'],
    needs: 'addressing-2-or-4',
    says: 'Of each part of an address in four octets only the low seven bits are compared.',
    apply: (d) =>
      claiming(d, (octets, hdlc, devices) => {
        const { size, upper, lower = 0 } = readAddress(octets) ?? { size: 1, upper: 0 }
        if (size !== 4 || hdlc.addressing !== 4 || lowBits(lower) !== lowBits(hdlc.lower)) return undefined
        return devices.find((device) => lowBits(device.upper) === lowBits(upper))
      }),
  },
  {
    id: 'hdlc.address.device-deaf',
    breaks: ['hdlc.address.swapped', 'declaration.address'],
    needs: 'hdlc',
    says: 'The second logical device does not answer.',
    apply: (d) => ({
      ...d,
      addressing: {
        ...d.addressing,
        addressee(octets, hdlc, devices) {
          const right = d.addressing.addressee(octets, hdlc, devices)
          return right.is === 'own' && right.device === devices[1] ? NOBODY : right
        },
      },
    }),
  },
  {
    id: 'hdlc.address.no-station-answered',
    breaks: ['hdlc.address.reserved'],
    needs: 'hdlc',
    says: 'Frames to the no-station address are answered.',
    apply: (d) => claiming(d, (octets, _hdlc, devices) => (readAddress(octets)?.upper === 0 ? devices[0] : undefined)),
  },
  {
    id: 'hdlc.address.broadcast-answered',
    breaks: ['hdlc.address.reserved'],
    needs: 'hdlc',
    says: 'Frames to all stations are answered.',
    apply: (d) => changeLink(d, () => ({ broadcast: answerAll })),
  },
  {
    id: 'hdlc.broadcast.set-executed',
    aliases: ['hdlc_broadcast_set_exec'],
    breaks: ['hdlc.address.reserved'],
    needs: 'hdlc',
    says: 'A SET in a UI frame to all stations is executed with the rights of the client it names, without an association.',
    apply: (d) => ({
      ...changeLink(d, () => ({
        broadcast: (state, heard) =>
          heard.frame.control.is === 'ui' ? { to: state, deliver: heard.frame.information } : { to: state },
      })),
      association: {
        ...d.association,
        preEstablished(path, description): Association | undefined {
          const known = d.association.client(path, description)
          if (known === undefined || path.unconfirmed !== true) return undefined
          return {
            clientName: known.name,
            client: known.client,
            device: path.device,
            conformance: ['set'],
            clientMaxPdu: 0,
          }
        },
      },
    }),
  },
  {
    id: 'hdlc.address.calling-answered-wrong',
    breaks: ['hdlc.address.reserved'],
    needs: 'addressing-2-or-4',
    says: 'A frame to the calling physical address is answered from an address that is not the own one.',
    apply: (d) => {
      const claimed = claiming(d, (octets, hdlc, devices) =>
        readAddress(octets)?.lower === calling(hdlc.addressing)
          ? devices.find(({ upper }) => upper === readAddress(octets)?.upper)
          : undefined,
      )
      return {
        ...claimed,
        addressing: {
          ...claimed.addressing,
          answerFrom(destination, hdlc, device) {
            const address = readAddress(destination)
            if (address?.lower !== calling(hdlc.addressing)) return d.addressing.answerFrom(destination, hdlc, device)
            return addressOctets({ ...address, lower: hdlc.lower + 1 })
          },
        },
      }
    },
  },
]
