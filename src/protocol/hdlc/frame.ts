// The frame of format type 3 (IEC 62056-46 6.4.2) as a codec: field names, derived length and check sequences, what can be damaged.
import {
  allBut,
  bits,
  constant,
  decode,
  derived,
  derivedFrom,
  encode,
  flag,
  group,
  rest,
  sequence,
  type Codec,
  type OptionalCodec,
  type Scope,
  type Shape,
} from '../../codec/codec.ts'
import { extract } from '../../codec/bits.ts'
import { hex } from '../../codec/value.ts'
import { addressLength, readAddress } from './address.ts'
import { controlOctet, readControl, type Control } from './control.ts'
import { FORMAT_TYPE, LONGEST, type Frame } from './examine.ts'
import { fcsOctets } from './fcs.ts'
import { frameReject } from './frmr.ts'
import { parameterBlock } from './parameters.ts'

/** The bits of the control field that have a name in this kind of frame. */
const CONTROL_BITS = {
  information: { 'n-r': 0xe0, 'poll-final': 0x10, 'n-s': 0x0e, frame: 0x01 },
  supervisory: { 'n-r': 0xe0, 'poll-final': 0x10, frame: 0x0f },
  unnumbered: { 'poll-final': 0x10, frame: 0xef },
} as const

type ControlKind = keyof typeof CONTROL_BITS

/** The octet is written and read whole; its groups of bits are recorded where they are asked for. */
function control(kind: ControlKind): Codec<Control> {
  const masks: Readonly<Record<string, number>> = CONTROL_BITS[kind]
  const groups = bits(1, masks)
  return {
    shape: groups.shape,
    write(to, value) {
      const octet = controlOctet(value)
      if (to.recorder === undefined) return to.u8(octet)
      groups.write(to, Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, extract(octet, mask)])))
    },
    read(from) {
      const octet = from.peek() ?? 0
      groups.read(from)
      return readControl(octet)
    },
  }
}

const addressShape: Shape = {
  is: 'sequence',
  fields: [
    { name: 'upper', kind: 'field', shape: { is: 'octets' } },
    { name: 'lower', kind: 'field', shape: { is: 'octets' }, optional: true },
  ],
}

/** Address octets; halves of two or four octets are fields of their own. */
const address: Codec<Uint8Array> = {
  shape: addressShape,
  write(to, octets) {
    const half = octets.length > 1 && octets.length % 2 === 0 ? octets.length / 2 : octets.length
    to.recorder?.open('upper', to.length)
    to.put(octets.subarray(0, half))
    to.recorder?.close(to.length, readAddress(octets)?.upper)
    if (half === octets.length) return
    to.recorder?.open('lower', to.length)
    to.put(octets.subarray(half))
    to.recorder?.close(to.length, readAddress(octets)?.lower)
  },
  read(from) {
    const length = addressLength(from.octets, from.at, from.end)
    if (length === 0) from.fail('value', from.at, 'an octet with bit 0 = 1', 'none')
    const octets = from.octets.slice(from.at, from.at + length)
    const half = length > 1 && length % 2 === 0 ? length / 2 : length
    from.recorder?.open('upper', from.at)
    from.take(half)
    from.recorder?.close(from.at, readAddress(octets)?.upper)
    if (half === length) return octets
    from.recorder?.open('lower', from.at)
    from.take(length - half)
    from.recorder?.close(from.at, readAddress(octets)?.lower)
    return octets
  },
}

const formatBits = bits(2, { type: 0xf000, segmentation: flag(0x0800), length: LONGEST })

/** The length subfield counts all between the flags; the S bit is the value. */
const format = derivedFrom<boolean>(
  {
    shape: formatBits.shape,
    write: (to) => to.u16(0),
    read: (from) => formatBits.read(from).segmentation,
  },
  {
    stage: 'length',
    size: 2,
    compute(scope, segmentation) {
      const length = scope.end('after-format') - scope.start('frame-format')
      return Uint8Array.of((FORMAT_TYPE << 4) | (segmentation ? 0x08 : 0) | ((length >> 8) & 0x07), length & 0xff)
    },
  },
)

const checkUpTo =
  (field: 'hcs' | 'fcs') =>
  (scope: Scope): Uint8Array =>
    fcsOctets(scope.octets, scope.start('frame-format'), scope.start(field))

const hcs = derived({
  stage: 'header-check',
  size: 2,
  presence: { written: (frame) => frame['information'] !== undefined, read: (left) => left > TRAILER },
  compute: checkUpTo('hcs'),
})

const fcs = derived({ stage: 'check', size: 2, compute: checkUpTo('fcs') })

/** FCS and closing flag. */
const TRAILER = 3

/** Octets with an inner structure: its fields where the octets have it, else the octets as they are. */
function structured<T>(codec: Codec<T>): Codec<Uint8Array> {
  return {
    shape: codec.shape,
    write(to, octets) {
      // only a recorder asks for the fields; the octets are the same
      const inner = to.recorder && decode(codec, octets)
      if (inner?.ok && hex(encode(codec, inner.value)) === hex(octets)) codec.write(to, inner.value)
      else to.put(octets)
    },
    read(from) {
      const octets = from.octets.slice(from.at, from.end)
      if (from.recorder && decode(codec, octets).ok) codec.read(from)
      else from.take(octets.length)
      return octets
    },
  }
}

function informationField(contents: Codec<Uint8Array>): OptionalCodec<Uint8Array> {
  const field = allBut(TRAILER, contents)
  return {
    role: 'optional',
    shape: contents.shape,
    write(to, value) {
      if (value !== undefined) field.write(to, value)
    },
    read: (from) => (from.left > TRAILER ? field.read(from) : undefined),
  }
}

const NOTHING = new Uint8Array(0)

function frameCodec(kind: ControlKind, contents: Codec<Uint8Array>): Codec<Frame> {
  const layout = sequence({
    'opening-flag': constant('7E'),
    'frame-format': format,
    'after-format': group({
      body: group({
        'destination-address': address,
        'source-address': address,
        control: control(kind),
        hcs,
        information: informationField(contents),
      }),
      fcs,
    }),
    'closing-flag': constant('7E'),
  })
  return {
    shape: layout.shape,
    write(to, { segmentation, information, ...fields }) {
      const carried = information.length > 0 ? { information } : {}
      layout.write(to, { 'frame-format': segmentation, ...fields, ...carried })
    },
    read(from) {
      const { 'frame-format': segmentation, information = NOTHING, ...fields } = layout.read(from)
      return { segmentation, ...fields, information }
    },
  }
}

const unnumbered = frameCodec('unnumbered', rest)
const modeSetting = frameCodec('unnumbered', structured(parameterBlock))
const supervisory = frameCodec('supervisory', rest)

/** Each frame with the fields that it has. */
export const frames: Readonly<Record<Control['is'], Codec<Frame>>> = {
  i: frameCodec('information', rest),
  rr: supervisory,
  rnr: supervisory,
  snrm: modeSetting,
  ua: modeSetting,
  disc: unnumbered,
  dm: unnumbered,
  ui: unnumbered,
  frmr: frameCodec('unnumbered', structured(frameReject)),
  undefined: unnumbered,
}

/** The octets of a frame, flags included. */
export const frameOctets = (frame: Frame): Uint8Array => encode(frames[frame.control.is], frame)
