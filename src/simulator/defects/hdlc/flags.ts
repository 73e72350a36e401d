// What is taken for a frame: flags, and pauses between octets.
import { hex, unhex } from '../../../codec/value.ts'
import type { Deframed } from '../../../protocol/hdlc/deframer.ts'
import { examine, FLAG, LONGEST } from '../../../protocol/hdlc/examine.ts'
import { begin, type Burst } from '../../../protocol/line.ts'
import { count, text } from '../../memory.ts'
import { changeReception, takesAlso, type Defect } from '../defect.ts'
import { deafAfter, takesFramesBut } from './deaf.ts'
import { flagged, onlyDamagedBy, taken } from './reading.ts'

const isFragment = (item: Deframed): boolean =>
  item.is === 'damaged' && item.failures.some(({ code }) => code === 'closing-flag')

/** Octets that hang, in front of those that come. */
function continued(fragment: Uint8Array, burst: Burst): Burst {
  const octets = Uint8Array.of(...fragment, ...burst.octets)
  return { ...burst, octets, firstEnd: burst.firstEnd - fragment.length * burst.octetMs }
}

/** Keeps a fragment when its time is over, and joins it to what comes next as told. */
const keepsFragments =
  (
    join: (fragment: Uint8Array, burst: Burst) => { readonly bursts: readonly Burst[]; readonly still?: Uint8Array },
  ): Defect['apply'] =>
  (d) =>
    changeReception(d, ({ takes, hears }) => ({
      takes(item, memory) {
        const result = takes(item, memory)
        return isFragment(item) ? { ...result, memory: { ...result.memory, fragment: hex(item.octets) } } : result
      },
      hears(burst, memory) {
        const fragment = unhex(text(memory, 'fragment')) ?? new Uint8Array(0)
        if (fragment.length === 0) return hears(burst, memory)
        const { bursts, still = new Uint8Array(0) } = join(fragment, burst)
        return { bursts, memory: { ...memory, fragment: hex(still) } }
      },
    }))

/** The fragment is filled up to the length it has told; what is left of the burst is lost with it. */
function fillUp(
  fragment: Uint8Array,
  burst: Burst,
): { readonly bursts: readonly Burst[]; readonly still?: Uint8Array } {
  const whole = continued(fragment, burst)
  const wanted = fragment.length < 3 ? Infinity : 2 + ((((fragment[1] ?? 0) << 8) | (fragment[2] ?? 0)) & LONGEST)
  if (whole.octets.length < wanted) return { bursts: [], still: whole.octets }
  const piece = whole.octets.slice(0, wanted)
  return { bursts: examine(piece).failures.length === 0 ? [{ ...whole, octets: piece }] : [] }
}

function closeAtNextFlag(fragment: Uint8Array, burst: Burst): { readonly bursts: readonly Burst[] } {
  if (burst.octets[0] !== FLAG) return { bursts: [burst] }
  const closed = Uint8Array.of(...fragment, FLAG)
  return { bursts: [{ octets: closed, firstEnd: begin(burst), octetMs: 0 }, burst] }
}

export const flagDefects: readonly Defect[] = [
  {
    id: 'hdlc.fragment.never-dropped',
    aliases: ['hdlc_half_frame_hangs'],
    breaks: ['hdlc.inter-octet-timeout'],
    needs: 'serial',
    says: 'A frame that has begun waits for its missing octets for ever, and takes them from the next one.',
    apply: keepsFragments(fillUp),
  },
  {
    id: 'hdlc.fragment.next-flag-closes-it',
    breaks: ['hdlc.inter-octet-timeout'],
    needs: 'serial',
    says: 'A frame without closing flag is closed by the opening flag of the next, however late.',
    apply: keepsFragments(closeAtNextFlag),
  },
  {
    id: 'hdlc.fragment.executed',
    breaks: ['hdlc.inter-octet-timeout'],
    needs: 'serial',
    says: 'A frame without closing flag takes effect when the time-out runs out, without an answer.',
    apply: (d) => takesAlso(d, (item, memory) => taken(onlyDamagedBy(item, 'closing-flag'), memory, true)),
  },
  {
    id: 'hdlc.inter-octet.too-short',
    breaks: ['hdlc.inter-octet-timeout'],
    remark: true,
    needs: 'serial',
    says: 'The inter-octet time-out is a fifth of the declared one.',
    apply: (d) =>
      changeReception(d, ({ interOctetMs }) => ({ interOctetMs: (declared) => interOctetMs(declared) / 5 })),
  },
  {
    id: 'hdlc.flags.opening-not-needed',
    breaks: ['hdlc.flags'],
    needs: 'hdlc',
    says: 'A frame without its opening flag is served.',
    apply: (d) =>
      takesAlso(d, (item, memory) => (item.is === 'noise' ? taken(flagged(item.octets), memory) : undefined)),
  },
  {
    id: 'hdlc.flags.closing-not-needed',
    breaks: ['hdlc.flags'],
    needs: 'serial',
    says: 'A frame without its closing flag is served.',
    apply: (d) => takesAlso(d, (item, memory) => taken(onlyDamagedBy(item, 'closing-flag'), memory)),
  },
  {
    id: 'hdlc.noise.eats-frame',
    aliases: ['hdlc_noise_eats_frame'],
    breaks: ['hdlc.flags'],
    needs: 'hdlc',
    says: 'The first frame after noise is lost, whatever the pause between them.',
    apply: deafAfter(({ is }) => is === 'noise', 1),
  },
  {
    id: 'hdlc.flags.fill-not-skipped',
    breaks: ['hdlc.flags'],
    needs: 'hdlc',
    says: 'Several flags in front of a frame spoil it.',
    apply: (d) =>
      changeReception(d, ({ hears }) => ({
        hears: (burst, memory) =>
          burst.octets[0] === FLAG && burst.octets[1] === FLAG ? { bursts: [], memory } : hears(burst, memory),
      })),
  },
  {
    id: 'hdlc.flags.shared-not-understood',
    breaks: ['hdlc.flags'],
    remark: true,
    needs: 'hdlc',
    says: 'A flag that closes a frame does not open the next one.',
    apply: takesFramesBut((item, memory) => item.begin < count(memory, 'lastEnd')),
  },
]
