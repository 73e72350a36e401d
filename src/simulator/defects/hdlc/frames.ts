// What is taken for a frame: flags, pauses, length, format type, check sequences.
import { begin, type Burst } from '../../../protocol/line.ts'
import { examine, FLAG, LONGEST } from '../../../protocol/hdlc/examine.ts'
import { hex, unhex } from '../../../codec/value.ts'
import { count, text, type Memory } from '../../memory.ts'
import { changeReception, takesAlso, type Defect } from '../defect.ts'
import { flagged, isShort, lastWith, onlyDamagedBy, rememberingLast, taken, UNKNOWN, withControl } from './reading.ts'
import type { Deframed } from '../../../protocol/hdlc/deframer.ts'

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

/** After this item the meter hears nothing any more: `times` frames, or for ever. */
const deafAfter =
  (which: (item: Deframed) => boolean, times: number): Defect['apply'] =>
  (d) =>
    changeReception(d, ({ takes }) => ({
      takes(item, memory) {
        const deaf = count(memory, 'deaf')
        if (item.is === 'frame' && deaf > 0) return { memory: { ...memory, deaf: deaf - 1 } }
        const result = takes(item, memory)
        return which(item) ? { memory: { ...result.memory, deaf: times } } : result
      },
    }))

const FOR_EVER = 1e9

const hasWrongLength = (item: Deframed): boolean =>
  item.is === 'damaged' && item.failures.some(({ code }) => code === 'length')

const holdsFlag = (octets: Uint8Array, from: number, to: number): boolean => octets.subarray(from, to).includes(FLAG)

const takesFramesBut =
  (drops: (item: Deframed & { is: 'frame' }, memory: Memory) => boolean): Defect['apply'] =>
  (d) =>
    changeReception(d, ({ takes }) => ({
      takes(item, memory) {
        const result = takes(item, memory)
        const after = { ...result.memory, lastEnd: item.end }
        return item.is === 'frame' && drops(item, memory) ? { memory: after } : { ...result, memory: after }
      },
    }))

const FLAGS: readonly Defect[] = [
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

const LENGTHS: readonly Defect[] = [
  {
    id: 'hdlc.length.short-answered',
    breaks: ['hdlc.frame.shortest'],
    needs: 'hdlc',
    says: 'A frame too short to be one is answered like an unknown command.',
    apply: (d) =>
      takesAlso(rememberingLast(d), (item, memory) =>
        isShort(item) ? taken(lastWith(memory, UNKNOWN), memory) : undefined,
      ),
  },
  {
    id: 'hdlc.length.short-executed',
    breaks: ['hdlc.frame.shortest'],
    needs: 'hdlc',
    says: 'A frame too short to be one sets the link up, unanswered.',
    apply: (d) =>
      takesAlso(rememberingLast(d), (item, memory) =>
        isShort(item) ? taken(lastWith(memory, { is: 'snrm', 'poll-final': true }), memory, true) : undefined,
      ),
  },
  {
    id: 'hdlc.length.short-hangs',
    breaks: ['hdlc.frame.shortest'],
    needs: 'hdlc',
    says: 'After a frame too short to be one the receiver is dead.',
    apply: deafAfter(isShort, FOR_EVER),
  },
  {
    id: 'hdlc.length.unchecked',
    breaks: ['hdlc.frame.length'],
    needs: 'hdlc',
    says: 'A frame whose length subfield is wrong is served.',
    apply: (d) => takesAlso(d, (item, memory) => taken(onlyDamagedBy(item, 'length'), memory)),
  },
  {
    id: 'hdlc.length.waits-for-more',
    breaks: ['hdlc.frame.length'],
    needs: 'hdlc',
    says: 'A wrong length subfield makes the receiver lose the next frame, whatever the pause between them.',
    apply: deafAfter(hasWrongLength, 1),
  },
  {
    id: 'hdlc.length.overflow-dead',
    aliases: ['hdlc_len_overflow'],
    breaks: ['hdlc.frame.length'],
    fatal: true,
    needs: 'hdlc',
    says: 'A wrong length subfield kills the receiver.',
    apply: deafAfter(hasWrongLength, FOR_EVER),
  },
  {
    id: 'hdlc.type.unchecked',
    breaks: ['hdlc.frame.type'],
    needs: 'hdlc',
    says: 'A frame of another format type than 3 is served.',
    apply: (d) => takesAlso(d, (item, memory) => taken(onlyDamagedBy(item, 'format-type', 'length'), memory)),
  },
]

const CHECKS: readonly Defect[] = [
  {
    id: 'hdlc.hcs.unchecked',
    breaks: ['hdlc.hcs'],
    needs: 'hdlc',
    says: 'A frame with a wrong HCS is served.',
    apply: (d) => takesAlso(d, (item, memory) => taken(onlyDamagedBy(item, 'hcs'), memory)),
  },
  ...(['hcs', 'fcs'] as const).map((code): Defect => ({
    id: `hdlc.${code}.advances-v-r`,
    breaks: [`hdlc.${code}`],
    needs: 'hdlc',
    says: `An I frame with a wrong ${code.toUpperCase()} is dropped, but counted.`,
    apply: (d) =>
      takesAlso(d, (item, memory) => {
        const frame = onlyDamagedBy(item, code)
        return frame?.control.is === 'i' ? taken(withControl(frame, frame.control), memory, true) : undefined
      }),
  })),
  {
    id: 'hdlc.hcs.resets-link',
    breaks: ['hdlc.hcs'],
    needs: 'hdlc',
    says: 'An I frame with a wrong HCS ends the link.',
    apply: (d) =>
      takesAlso(d, (item, memory) => {
        const frame = onlyDamagedBy(item, 'hcs')
        const disc = frame?.control.is === 'i' ? withControl(frame, { is: 'disc', 'poll-final': true }) : undefined
        return taken(disc, memory, true)
      }),
  },
  {
    id: 'hdlc.fcs.unchecked',
    breaks: ['hdlc.fcs'],
    needs: 'hdlc',
    says: 'A frame with a wrong FCS is served.',
    apply: (d) => takesAlso(d, (item, memory) => taken(onlyDamagedBy(item, 'fcs'), memory)),
  },
  {
    id: 'hdlc.fcs.unchecked-with-information',
    breaks: ['hdlc.fcs'],
    needs: 'hdlc',
    says: 'Where there is a HCS, the FCS is not looked at.',
    apply: (d) =>
      takesAlso(d, (item, memory) => {
        const frame = onlyDamagedBy(item, 'fcs')
        return frame !== undefined && frame.information.length > 0 ? taken(frame, memory) : undefined
      }),
  },
  {
    id: 'hdlc.fcs.answered',
    breaks: ['hdlc.fcs'],
    needs: 'hdlc',
    says: 'A frame with a wrong FCS is answered like an unknown command.',
    apply: (d) =>
      takesAlso(d, (item, memory) => {
        const frame = onlyDamagedBy(item, 'fcs')
        return frame === undefined ? undefined : taken(withControl(frame, UNKNOWN), memory)
      }),
  },
  {
    id: 'hdlc.fcs.7e-swallowed',
    aliases: ['hdlc_fcs_7e_swallowed'],
    breaks: ['hdlc.transparency'],
    needs: 'hdlc',
    says: 'A frame is lost when an octet of its FCS is 7E.',
    apply: takesFramesBut(({ octets }) => holdsFlag(octets, octets.length - 3, octets.length - 1)),
  },
  {
    id: 'hdlc.7e-ends-frame',
    breaks: ['hdlc.transparency'],
    needs: 'hdlc',
    says: 'A 7E inside a frame ends it.',
    apply: takesFramesBut(({ octets }) => holdsFlag(octets, 1, octets.length - 3)),
  },
]

export const frameDefects: readonly Defect[] = [...FLAGS, ...LENGTHS, ...CHECKS]
