// Rights that are not kept: what object_list denies is done, or what it gives is refused; secrets that are told.
import type { Data } from '../../../protocol/data/data.ts'
import type { GetDataResult } from '../../../protocol/xdlms/common.ts'
import { changeModel, changeServices, sends, type Defect } from '../defect.ts'

const DATA = 1
const LIMITER = 71
const ASSOCIATION_LN = 15
const SECURITY_SETUP = 64
/** Behind server_system_title. */
const KEY = 6
const SECRET = {
  is: 'data',
  value: { is: 'octet-string', value: new TextEncoder().encode('management-password') },
} as const
const isEmpty = (cell: Data): boolean => cell.is === 'octet-string' && cell.value.length === 0
const isDenied = (result: GetDataResult): boolean =>
  result.is === 'data-access-result' && result.value === 'read-write-denied'

/** Get-response-with-list of two results, both read-write-denied. */
const DENIED_LIST = [0xc4, 3, undefined, 2, 1, 3, 1, 3]
const RESULTS_AT = 4
/** The choice data, and an octet-string. */
const TOLD = [0, 9, 3, 0x31, 0x32, 0x33]
const isDeniedList = (octets: Uint8Array): boolean =>
  octets.length === DENIED_LIST.length && DENIED_LIST.every((octet, at) => octet === undefined || octets[at] === octet)

export const rightDefects: readonly Defect[] = [
  {
    id: 'access.write.denied-written',
    breaks: ['cosem.access-rights'],
    needs: 'any',
    says: 'Attributes that object_list does not list as writeable are written all the same.',
    apply: (d) => changeModel(d, ({ access }) => ({ access: { ...access, mayWrite: () => true } })),
  },
  {
    id: 'access.write.denied-executed',
    breaks: ['cosem.access-rights'],
    needs: 'any',
    says: 'What object_list does not list as writeable is refused with read-write-denied, and written.',
    apply: (d) =>
      changeModel(d, () => ({
        denied({ store }, object, attribute, value) {
          if (store.get(object, attribute) !== undefined) store.set(object, attribute, value)
        },
      })),
  },
  {
    id: 'access.write.listed-refused',
    breaks: ['cosem.access-rights'],
    needs: 'any',
    says: 'The value of a data object is listed as writeable and refused.',
    apply: (d) =>
      changeModel(d, ({ access }) => ({
        access: {
          ...access,
          mayWrite: (object, id, association) =>
            object['class-id'] !== DATA && access.mayWrite(object, id, association),
        },
      })),
  },
  {
    id: 'access.write.listed-setting-refused',
    breaks: ['cosem.access-rights'],
    needs: 'any',
    says: 'The thresholds of a limiter are listed as writeable, and refused.',
    apply: (d) =>
      changeModel(d, ({ access }) => ({
        access: {
          ...access,
          mayWrite: (object, id, association) =>
            object['class-id'] !== LIMITER && access.mayWrite(object, id, association),
        },
      })),
  },
  {
    id: 'access.invoke.denied-executed',
    breaks: ['cosem.access-rights'],
    needs: 'any',
    says: 'Methods that object_list does not list as accessible are carried out all the same.',
    apply: (d) => changeModel(d, ({ access }) => ({ access: { ...access, mayInvoke: () => true } })),
  },
  {
    id: 'access.secret.attribute0',
    aliases: ['secret_via_attr0'],
    breaks: ['cosem.secret'],
    needs: 'any',
    says: 'The secret of an association is told with attribute 0.',
    apply: (d) =>
      changeServices(d, ({ allResults }) => ({
        allResults: (classId, results) =>
          allResults(classId, results).map((result) =>
            classId === ASSOCIATION_LN && isDenied(result) ? SECRET : result,
          ),
      })),
  },
  {
    id: 'access.secret.list',
    breaks: ['cosem.secret'],
    needs: 'any',
    says: 'Two attributes in a list are told, though each is denied.',
    apply: (d) =>
      sends(d, (message) => [
        message.is === 'apdu' && isDeniedList(message.octets)
          ? { ...message, octets: Uint8Array.of(...message.octets.subarray(0, RESULTS_AT), ...TOLD, ...TOLD) }
          : message,
      ]),
  },
  {
    id: 'access.secret.captured',
    breaks: ['cosem.secret'],
    needs: 'any',
    says: 'The secret of an association can be captured in a profile, and is told with its buffer.',
    apply: (d) =>
      changeModel(d, ({ profile }) => ({
        mayCapture: () => true,
        profile: {
          ...profile,
          row: (row, before) => profile.row(row, before).map((cell) => (isEmpty(cell) ? SECRET.value : cell)),
        },
      })),
  },
  {
    id: 'access.key.attribute',
    breaks: ['cosem.secret'],
    needs: 'any',
    says: 'Security setup has one attribute more than its version of the class, and it is a key.',
    apply: (d) =>
      changeModel(d, ({ undefinedAttribute }) => ({
        undefinedAttribute: (object, id) =>
          object['class-id'] === SECURITY_SETUP && id === KEY ? SECRET : undefinedAttribute(object, id),
      })),
  },
]
