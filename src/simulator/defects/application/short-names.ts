// What goes wrong with short names.
import type { ConformanceBit } from '../../../protocol/xdlms/conformance.ts'
import { visibleObjects } from '../../model/access.ts'
import { classOf, type Situation } from '../../model/classes.ts'
import type { Variable } from '../../services/short-names/names.ts'
import type { ShortNameRules } from '../../services/short-names/rules.ts'
import type { Decisions } from '../../decisions.ts'
import { changeServices, sends, type Defect } from '../defect.ts'

const CONFIRMED_SERVICE_ERROR = 0x0e
const READ_RESPONSE = 0x0c
const WRITE_RESPONSE = 0x0d
const READ_WRITE_DENIED = 3
const OBJECT_UNDEFINED = 4

/** The time_zone of the clock (short name 0310) is -60, without a time. */
const INFORMATION_REPORT = Uint8Array.of(0x18, 0x00, 0x01, 0x02, 0x03, 0x10, 0x01, 0x10, 0xff, 0xc4)

const changeShortNames = (d: Decisions, change: (before: ShortNameRules) => Partial<ShortNameRules>): Decisions =>
  changeServices(d, ({ shortNames }) => ({ shortNames: { ...shortNames, ...change(shortNames) } }))

export const shortNameDefects: readonly Defect[] = [
  {
    id: 'short-names.list.sorted',
    aliases: ['sn_list_order'],
    breaks: ['xdlms.list'],
    needs: 'any',
    says: 'The results of a Read come in the order of the short names, not in that in which they were asked for.',
    apply: (d) => changeShortNames(d, () => ({ results: sorted })),
  },
  {
    id: 'short-names.block.no-last',
    aliases: ['sn_block_no_last'],
    breaks: ['xdlms.block-transfer'],
    needs: 'any',
    says: 'No block of a Read says that it is the last.',
    apply: (d) => changeShortNames(d, () => ({ saysLast: () => false })),
  },
  {
    id: 'short-names.offset-unchecked',
    aliases: ['sn_offset_unchecked'],
    breaks: ['xdlms.short-names.uncovered'],
    needs: 'any',
    says: 'A short name is taken for an attribute of the object below it, however far away that is.',
    apply: (d) =>
      changeShortNames(d, ({ variable }) => ({ variable: (s, name) => variable(s, name) ?? below(s, name) })),
  },
  {
    id: 'short-names.uncovered-written',
    breaks: ['xdlms.short-names.uncovered'],
    needs: 'any',
    says: 'A short name that no object has is written with success.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'apdu' && isUndefinedWrite(message.octets)
          ? { ...message, octets: Uint8Array.of(WRITE_RESPONSE, 1, 0) }
          : message,
      ]),
  },
  {
    id: 'short-names.logical-name.written',
    breaks: ['cosem.access-rights'],
    needs: 'any',
    says: 'A Write of the logical name of the association succeeds.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'apdu' && isDeniedWrite(message.octets)
          ? { ...message, octets: Uint8Array.of(WRITE_RESPONSE, 1, 0) }
          : message,
      ]),
  },
  {
    id: 'short-names.unconfirmed-write.ignored',
    breaks: ['xdlms.unconfirmed-write'],
    needs: 'any',
    says: 'An unconfirmed Write changes nothing.',
    apply: (d) =>
      changeServices(d, ({ permits }) => ({
        permits: (needed, negotiated) => !needed.includes('unconfirmed-write') && permits(needed, negotiated),
      })),
  },
  {
    id: 'short-names.information-report.not-negotiated',
    breaks: ['xdlms.conformance'],
    needs: 'wrapper',
    says: 'An InformationReport follows each answer to a Read, whether the service is negotiated or not.',
    apply: (d) =>
      sends(d, (message) =>
        message.is === 'wpdu' && message.wpdu.information[0] === READ_RESPONSE
          ? [message, { ...message, wpdu: { ...message.wpdu, information: INFORMATION_REPORT } }]
          : [message],
      ),
  },
  {
    id: 'short-names.error.silent',
    breaks: ['xdlms.unreadable', 'xdlms.undefined-choice'],
    needs: 'any',
    says: 'Silence, where a ConfirmedServiceError is due.',
    apply: (d) =>
      sends(d, (message) => (message.is === 'apdu' && message.octets[0] === CONFIRMED_SERVICE_ERROR ? [] : [message])),
  },
  {
    id: 'short-names.error.ends-association',
    breaks: ['xdlms.unreadable', 'xdlms.undefined-choice'],
    needs: 'any',
    says: 'A Read or Write that cannot be read ends the association.',
    apply: (d) =>
      changeServices(d, () => ({ endsAssociation: (response) => response?.is === 'confirmed-service-error' })),
  },
  {
    id: 'xdlms.context.mixed',
    aliases: ['context_mix'],
    breaks: ['xdlms.context'],
    needs: 'any',
    says: 'Services with logical names and with short names are served in any association.',
    apply: (d) =>
      changeServices(
        changeShortNames(d, () => ({ belongs: () => true })),
        ({ permits }) => ({
          permits: (needed, negotiated) => permits(needed, negotiated) || areOfTwoContexts(needed, negotiated),
        }),
      ),
  },
]

const sorted = <T>(results: readonly T[], names: readonly number[]): readonly T[] =>
  results
    .map((result, index) => ({ result, name: names[index] ?? 0 }))
    .toSorted((one, other) => one.name - other.name)
    .map(({ result }) => result)

/** The attribute that the offset from the next lower base name would be; the last one, where there are fewer. */
function below(situation: Situation, name: number): Variable | undefined {
  const objects = visibleObjects(situation.description, situation.association)
    .flatMap((object) => (object['base-name'] === undefined ? [] : [{ object, base: object['base-name'] }]))
    .filter(({ base }) => base <= name)
    .toSorted((one, other) => other.base - one.base)
  const [nearest] = objects
  if (nearest === undefined) return undefined
  const attributes = classOf(nearest.object, situation)?.attributes.length ?? 1
  return { is: 'attribute', object: nearest.object, id: Math.min(attributes, ((name - nearest.base) >> 3) + 1) }
}

const isUndefinedWrite = (octets: Uint8Array): boolean =>
  octets[0] === WRITE_RESPONSE && octets[1] === 1 && octets[2] === 1 && octets[3] === OBJECT_UNDEFINED

const isDeniedWrite = (octets: Uint8Array): boolean =>
  octets[0] === WRITE_RESPONSE && octets[1] === 1 && octets[2] === 1 && octets[3] === READ_WRITE_DENIED

const SHORT: readonly ConformanceBit[] = ['read', 'write', 'unconfirmed-write']
const LOGICAL: readonly ConformanceBit[] = ['get', 'set', 'action']
const some = (bits: readonly ConformanceBit[], of: readonly ConformanceBit[]): boolean =>
  bits.some((bit) => of.includes(bit))

const areOfTwoContexts = (needed: readonly ConformanceBit[], negotiated: readonly ConformanceBit[]): boolean =>
  (some(needed, SHORT) && some(negotiated, LOGICAL)) || (some(needed, LOGICAL) && some(negotiated, SHORT))
