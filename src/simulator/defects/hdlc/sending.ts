// What any frame, APDU or wrapper header that the meter sends owes its layer.
import { addressOctets, readAddress } from '../../../protocol/hdlc/address.ts'
import type { Frame } from '../../../protocol/hdlc/examine.ts'
import type { FrameName } from '../../../protocol/hdlc/control.ts'
import { damagesFrames, sends, sendsFrames, withFinal, type Defect } from '../defect.ts'

const every = (): boolean => true
const withInformation = ({ information }: Frame): boolean => information.length > 0
const is =
  (name: FrameName) =>
  (frame: Frame): boolean =>
    frame.control.is === name

const withoutFinal = (name: 'ua' | 'dm' | 'rr' | 'i'): Defect => ({
  id: `hdlc.${name}.final-bit-missing`,
  breaks: ['hdlc.final-bit'],
  needs: 'hdlc',
  says: `The ${name.toUpperCase()} that ends the turn has F = 0.`,
  apply: (d) => sendsFrames(d, is(name), (frame) => withFinal(frame, false)),
})

const twice = (name: 'ua' | 'i', id: string): Defect => ({
  id,
  breaks: ['hdlc.only-when-polled'],
  needs: 'hdlc',
  says: `Each ${name.toUpperCase()} is sent twice, the second time unasked.`,
  apply: (d) =>
    sends(d, (message) => (message.is === 'frame' && is(name)(message.frame) ? [message, message] : [message])),
})

const inFourOctets = (octets: Uint8Array): Uint8Array => {
  const address = readAddress(octets)
  return address === undefined ? octets : addressOctets({ size: 4, upper: address.upper, lower: address.lower ?? 0 })
}

export const sendingDefects: readonly Defect[] = [
  {
    id: 'hdlc.send.fcs-wrong',
    breaks: ['hdlc.fcs'],
    fatal: true,
    needs: 'hdlc',
    says: 'Every frame with an information field has a wrong FCS.',
    apply: (d) => damagesFrames(d, withInformation, { fcs: { flip: '0001' } }),
  },
  {
    id: 'hdlc.send.hcs-wrong',
    breaks: ['hdlc.hcs'],
    fatal: true,
    needs: 'hdlc',
    says: 'Every frame with information has a wrong HCS.',
    apply: (d) => damagesFrames(d, ({ information }) => information.length > 0, { hcs: { flip: '0001' } }),
  },
  {
    id: 'hdlc.send.length-wrong',
    breaks: ['hdlc.frame.length'],
    fatal: true,
    needs: 'hdlc',
    says: 'The length subfield of every frame with an information field is one too large.',
    apply: (d) => damagesFrames(d, withInformation, { 'frame-format.length': { add: 1 } }),
  },
  withoutFinal('ua'),
  withoutFinal('dm'),
  withoutFinal('rr'),
  withoutFinal('i'),
  {
    id: 'hdlc.rr.segmentation-bit-set',
    breaks: ['hdlc.segmentation'],
    needs: 'hdlc',
    says: 'RR says that more is to come: S = 1.',
    apply: (d) => sendsFrames(d, is('rr'), (frame) => ({ ...frame, segmentation: true })),
  },
  {
    id: 'hdlc.address.not-swapped',
    breaks: ['hdlc.address.swapped'],
    fatal: true,
    needs: 'hdlc',
    says: 'Answers carry the addresses as they came, not swapped.',
    apply: (d) =>
      sendsFrames(
        d,
        ({ control }) => control.is !== 'ui',
        (frame) => ({
          ...frame,
          'destination-address': frame['source-address'],
          'source-address': frame['destination-address'],
        }),
      ),
  },
  {
    id: 'hdlc.address.answer-in-four-octets',
    aliases: ['hdlc_addr_len_change'],
    breaks: ['hdlc.address.swapped'],
    needs: 'addressing-1-or-2',
    says: 'The source address of an answer has four octets, whatever was used.',
    apply: (d) =>
      sendsFrames(d, every, (frame) => ({ ...frame, 'source-address': inFourOctets(frame['source-address']) })),
  },
  twice('ua', 'hdlc.ua.twice'),
  twice('i', 'hdlc.i.sent-twice'),
  {
    id: 'llc.wrong-reply',
    breaks: ['llc.header'],
    needs: 'hdlc',
    says: 'Answers carry the LLC header of a command, E6 E6 00.',
    apply: (d) => ({
      ...d,
      llc: { ...d.llc, write: (apdu) => d.llc.write(apdu).map((octet, at) => (at === 1 ? 0xe6 : octet)) },
    }),
  },
]
