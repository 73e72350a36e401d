// Lengths, counts, tags and depths of A-XDR (IEC 61334-6) that are believed.
import { decode } from '../../../codec/codec.ts'
import { lengthOctets } from '../../../codec/length.ts'
import { xdlms } from '../../../protocol/xdlms/xdlms.ts'
import type { Defect } from '../defect.ts'
import { lengthAt, misreads, misreadsFaulty, served } from './misread.ts'

const OCTET_STRING = 9
const BIT_STRING = 4
const INDEFINITE = 0x80
/** As much as lies behind the buffer; what is longer takes another way. */
const BEHIND_THE_BUFFER = 0x100

export const axdrDefects: readonly Defect[] = [
  {
    id: 'axdr.length.overread',
    breaks: ['axdr.length'],
    needs: 'any',
    says: 'A string that says it is longer than the APDU is filled up with what lies behind in memory.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) => {
        const { length, width } = lengthAt(octets, at)
        const missing = at + width + length - octets.length
        return fault === 'length' && missing > 0 && missing <= BEHIND_THE_BUFFER
          ? served(memory, octets, new Uint8Array(missing).fill(0xa5))
          : undefined
      }),
  },
  {
    id: 'axdr.length.clipped',
    breaks: ['axdr.length'],
    needs: 'any',
    says: 'A string that says it is longer than the APDU is taken as far as it goes.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) => {
        const contents = octets.subarray(at + lengthAt(octets, at).width)
        return fault === 'length' && octets[at - 1] === OCTET_STRING
          ? served(memory, octets.subarray(0, at), lengthOctets(contents.length), contents)
          : undefined
      }),
  },
  {
    id: 'axdr.length.indefinite',
    breaks: ['axdr.length'],
    needs: 'any',
    says: 'A length of 80 is 0, and what follows is passed over.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) =>
        fault === 'length' && octets[at] === INDEFINITE
          ? served(memory, octets.subarray(0, at), lengthOctets(0))
          : undefined,
      ),
  },
  {
    id: 'axdr.length.alloc',
    breaks: ['axdr.length'],
    needs: 'any',
    says: 'Memory is taken for a length of gigabytes, and the meter restarts.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) =>
        fault === 'length' && lengthAt(octets, at).length >= 2 ** 30 ? { is: 'restarted', memory } : undefined,
      ),
  },
  {
    id: 'axdr.bit-string.overflow',
    breaks: ['axdr.length'],
    needs: 'any',
    says: 'The octets of a bit-string are counted in 32 bits: with too many bits the association is lost.',
    apply: (d) =>
      misreadsFaulty(d, ({ at }, octets, memory) =>
        octets[at - 1] === BIT_STRING && lengthAt(octets, at).length + 7 >= 2 ** 32
          ? { is: 'ended', memory }
          : undefined,
      ),
  },
  {
    id: 'axdr.count.loops',
    breaks: ['axdr.length'],
    needs: 'any',
    says: 'Elements are counted through though there are none: no answer comes.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault }, _, memory) => (fault === 'count' ? { is: 'swallowed', memory } : undefined)),
  },
  {
    id: 'axdr.nesting.unlimited',
    aliases: ['axdr_recursion'],
    breaks: ['axdr.depth'],
    needs: 'any',
    says: 'Nested data are read by recursion without a limit: the stack overflows and the meter restarts.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault }, _, memory) => (fault === 'depth' ? { is: 'restarted', memory } : undefined)),
  },
  {
    id: 'axdr.compact-array.unpacked',
    breaks: ['axdr.depth'],
    needs: 'any',
    says: 'A compact-array is unpacked before anything is asked: millions of elements without octets restart the meter.',
    apply: (d) =>
      misreads(d, (octets, memory) => {
        const read = decode(xdlms, octets)
        const value = read.ok && read.value.is === 'set-request-normal' ? read.value.value.value : undefined
        return value?.is === 'compact-array' && value.value['contents-description'].is === 'array'
          ? { is: 'restarted', memory }
          : undefined
      }),
  },
  {
    id: 'axdr.tag.unknown-taken',
    breaks: ['axdr.tag'],
    needs: 'any',
    says: 'Data of a type that there is not are taken for an octet-string.',
    apply: (d) =>
      misreadsFaulty(d, ({ fault, at }, octets, memory) =>
        fault === 'tag' && at > 1
          ? served(memory, octets.subarray(0, at), Uint8Array.of(OCTET_STRING), octets.subarray(at + 1))
          : undefined,
      ),
  },
]
