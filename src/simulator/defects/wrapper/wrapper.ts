// The header of the wrapper: version, length, wPorts.
import type { Damages } from '../../../codec/codec.ts'
import { changeTcp, changeUdp, changeWrapper, sends, type Defect } from '../defect.ts'
import { served } from './shared.ts'

const sendsDamaged = (id: string, breaks: string, says: string, damage: Damages): Defect => ({
  id: `wrapper.send.${id}`,
  breaks: [breaks],
  fatal: true,
  needs: 'wrapper',
  says,
  apply: (d) =>
    sends(d, (message) => [
      message.is === 'wpdu' && message.wpdu.information[0] !== AARE
        ? { ...message, damage: { ...message.damage, ...damage } }
        : message,
    ]),
})

const AARE = 0x61
const lowOctet = (wport: number): number => wport & 0xff

export const wrapperDefects: readonly Defect[] = [
  sendsDamaged('version-wrong', 'wrapper.version', 'Every header but that of an AARE has version 3.', {
    version: { set: '0003' },
  }),
  {
    id: 'wrapper.send.wports-not-swapped',
    breaks: ['wrapper.wports'],
    fatal: true,
    needs: 'wrapper',
    says: 'Answers carry the wPorts as they came, not swapped.',
    apply: (d) =>
      sends(d, (message) => {
        if (message.is !== 'wpdu') return [message]
        const { 'source-wport': source, 'destination-wport': destination } = message.wpdu
        return [{ ...message, wpdu: { ...message.wpdu, 'source-wport': destination, 'destination-wport': source } }]
      }),
  },
  sendsDamaged('length-wrong', 'wrapper.length', 'The length in every header but that of an AARE is one too large.', {
    length: { add: 1 },
  }),
  {
    id: 'wrapper.send.length-low-octet',
    breaks: ['wrapper.length'],
    fatal: true,
    needs: 'wrapper',
    says: 'The high octet of the length is always 0.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'wpdu' && message.wpdu.information.length > 0xff
          ? { ...message, damage: { ...message.damage, length: { add: -(message.wpdu.information.length & 0xff00) } } }
          : message,
      ]),
  },
  {
    id: 'wrapper.version.unchecked',
    breaks: ['wrapper.version'],
    needs: 'wrapper',
    says: 'Any version is served.',
    apply: (d) =>
      changeUdp(
        changeTcp(d, ({ takes }) => ({
          takes: (item, memory) => served(item, memory, 'version') ?? takes(item, memory),
        })),
        ({ takes }) => ({ takes: (item, memory) => served(item, memory, 'version') ?? takes(item, memory) }),
      ),
  },
  {
    id: 'wrapper.wport.destination-ignored',
    aliases: ['wrapper_ignore_wport'],
    breaks: ['wrapper.wports'],
    needs: 'wrapper',
    says: 'Any destination wPort is taken for the management logical device.',
    apply: (d) =>
      changeWrapper(d, ({ device }) => ({ device: (wports, devices) => device(wports, devices) ?? devices[0] })),
  },
  {
    id: 'wrapper.wport.device-deaf',
    breaks: ['declaration.address'],
    needs: 'wrapper',
    says: 'The wPort of the second logical device is unknown.',
    apply: (d) =>
      changeWrapper(d, ({ device }) => ({
        device(wports, devices) {
          const right = device(wports, devices)
          return right === devices[1] ? undefined : right
        },
      })),
  },
  {
    id: 'wrapper.wport.low-octet-only',
    breaks: ['wrapper.wports'],
    needs: 'wrapper',
    says: 'Only the low octet of a destination wPort is compared.',
    apply: (d) =>
      changeWrapper(d, () => ({
        device: ({ destination }, devices) => devices.find(({ sap }) => lowOctet(sap) === lowOctet(destination)),
      })),
  },
  {
    id: 'wrapper.wport.source-unknown-accepted',
    breaks: ['wrapper.wports'],
    needs: 'wrapper',
    says: 'An unknown source wPort gets the association of the management client, without a password.',
    apply: (d) => ({
      ...changeWrapper(d, () => ({ client: ({ source }) => source })),
      association: {
        ...d.association,
        client(path, description) {
          const known = d.association.client(path, description)
          const [name, most] = Object.entries(description.clients).at(-1) ?? []
          if (known !== undefined || name === undefined || most === undefined) return known
          const { secret: _secret, ...open } = most
          return { name, client: { ...open, mechanism: 'lowest' } }
        },
      },
    }),
  },
  {
    id: 'wrapper.wport.swapped-served',
    breaks: ['wrapper.wports'],
    needs: 'wrapper',
    says: 'A request with swapped wPorts is served in the association of the right ones.',
    apply: (d) =>
      changeWrapper(d, ({ device, client }) => {
        const swapped = ({ source, destination }: { readonly source: number; readonly destination: number }) => ({
          source: destination,
          destination: source,
        })
        return {
          device: (wports, devices) => device(wports, devices) ?? device(swapped(wports), devices),
          client: (wports, clients) => client(wports, clients) ?? client(swapped(wports), clients),
        }
      }),
  },
]
