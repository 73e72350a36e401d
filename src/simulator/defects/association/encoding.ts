// What a careless server reads out of an AARQ that is no AARQ.
import { decode } from '../../../codec/codec.ts'
import { concat } from '../../../codec/operator.ts'
import { apdu } from '../../../protocol/apdu.ts'
import type { Decisions } from '../../decisions.ts'
import type { Defect } from '../defect.ts'

const AARQ = 0x60
const USER_INFORMATION = 0xbe
const OCTET_STRING = 0x04
/** Plain, version 6, GET, no limit. */
const DEFAULTS = Uint8Array.of(0x01, 0, 0, 0, 0x06, 0x5f, 0x1f, 0x04, 0, 0, 0, 0x10, 0xff, 0xff)

/** An AARQ that cannot be decoded is made into another one. */
const repairs = (d: Decisions, repair: (octets: Uint8Array) => Uint8Array): Decisions => {
  const { parse } = d.parsing
  const isFaulty = (octets: Uint8Array): boolean => {
    const read = decode(apdu, octets)
    return (
      octets[0] === AARQ && (!read.ok || (read.value.is === 'aarq' && isEmpty(read.value.value['user-information'])))
    )
  }
  return {
    ...d,
    parsing: { parse: (octets, memory, most) => parse(isFaulty(octets) ? repair(octets) : octets, memory, most) },
  }
}
const isEmpty = (information: { readonly is: string } | undefined): boolean => information?.is === 'octets'

/** TLVs as far as they go: a length above what is left is taken for what is left, one in four octets for all. */
function clamped(octets: Uint8Array): Uint8Array {
  const [tag, said] = octets
  if (tag === undefined || said === undefined) return octets
  const width = said > 0x80 ? said - 0x7f : 1
  const left = octets.subarray(1 + width)
  const length = said >= 0x80 ? left.length : Math.min(said, left.length)
  const inside = left.subarray(0, length)
  const isConstructed = (tag & 0x20) !== 0
  const contents = isConstructed ? clamped(inside) : inside
  return concat([Uint8Array.of(tag, contents.length), contents, clamped(left.subarray(length))])
}

/** The InitiateRequest completed by what it usually is. */
function completed(octets: Uint8Array): Uint8Array {
  const at = octets.lastIndexOf(USER_INFORMATION)
  if (at < 0 || octets[at + 2] !== OCTET_STRING) return octets
  const said = octets.subarray(at + 4, at + 4 + DEFAULTS.length)
  const whole = concat([said, DEFAULTS.subarray(said.length)])
  const before = octets.subarray(2, at)
  const information = concat([Uint8Array.of(USER_INFORMATION, whole.length + 2, OCTET_STRING, whole.length), whole])
  return concat([Uint8Array.of(AARQ, before.length + information.length), before, information])
}

export const encodingDefects: readonly Defect[] = [
  {
    id: 'acse.lengths.trusted',
    aliases: ['aarq_ber_overread'],
    breaks: ['acse.encoding'],
    needs: 'any',
    says: 'Lengths in an AARQ that reach beyond its end are cut down to it.',
    apply: (d) => repairs(d, clamped),
  },
  {
    id: 'initiate.short.filled-with-defaults',
    aliases: ['initiate_default_on_short'],
    breaks: ['initiate.request'],
    needs: 'any',
    says: 'What an InitiateRequest lacks is filled with what is usual.',
    apply: (d) => repairs(d, completed),
  },
]
