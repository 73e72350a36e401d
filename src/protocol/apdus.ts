// APDUs as suites write them: what stands in a wrapping of its own in the standard's ASN.1 is written flat.
import { fieldsOf, toJson, type Shape } from '../codec/codec.ts'
import type { Value } from '../codec/value.ts'
import { ACSE_SERVICE_PROVIDER, ACSE_SERVICE_USER } from './acse/names.ts'
import { apdu, type ApduName } from './apdu.ts'
import { isRecord, type JsonRecord } from './json.ts'
import { singleNames, singlesFromJson, singlesToJson } from './single.ts'

/** Fields whose contents a suite writes in their place: `{"get-response": {"data": …}}`, without `result`. */
const FLAT: Readonly<Partial<Record<ApduName, string>>> = {
  aarq: 'user-information',
  aare: 'user-information',
  rlrq: 'user-information',
  rlre: 'user-information',
  'get-request-normal': 'cosem-attribute-descriptor',
  'get-response-normal': 'result',
  'set-request-normal': 'cosem-attribute-descriptor',
  'set-request-with-first-datablock': 'cosem-attribute-descriptor',
  'action-request-normal': 'cosem-method-descriptor',
  'action-request-with-first-pblock': 'cosem-method-descriptor',
  'action-response-normal': 'return-parameters',
  'event-notification-request': 'cosem-attribute-descriptor',
}

const ANSWERS: Readonly<Partial<Record<ApduName, readonly ApduName[]>>> = {
  aarq: ['aare'],
  rlrq: ['rlre'],
  'get-request-normal': ['get-response-normal', 'get-response-with-datablock'],
  'get-request-next': ['get-response-with-datablock'],
  'get-request-with-list': ['get-response-with-list', 'get-response-with-datablock'],
  'set-request-normal': ['set-response-normal'],
  'set-request-with-first-datablock': ['set-response-datablock'],
  'set-request-with-datablock': ['set-response-datablock', 'set-response-last-datablock'],
  'set-request-with-list': ['set-response-with-list'],
  'set-request-with-list-and-first-datablock': ['set-response-datablock'],
  'action-request-normal': ['action-response-normal', 'action-response-with-pblock'],
  'action-request-next-pblock': ['action-response-with-pblock'],
  'action-request-with-list': ['action-response-with-list', 'action-response-with-pblock'],
  'action-request-with-first-pblock': ['action-response-next-pblock'],
  'action-request-with-list-and-first-pblock': ['action-response-next-pblock'],
  'access-request': ['access-response'],
  'read-request': ['read-response'],
  'write-request': ['write-response'],
  'general-block-transfer': ['general-block-transfer'],
  'action-request-with-pblock': ['action-response-next-pblock', 'action-response-normal', 'action-response-with-list'],
}

export const APDU_NAMES = Object.keys(apdu.arms) as readonly ApduName[]

export const apduAnswers = (name: ApduName): readonly string[] => ANSWERS[name] ?? []

/** The fields that a suite may write. */
export const apduFields = (name: ApduName): readonly string[] => [
  ...fieldNames(apdu.arms[name].shape),
  ...flatNames(name),
  ...singleNames(name),
  ...(name === 'aare' ? DIAGNOSTIC : []),
]

/** What a matcher sees: the fields of the standard, and beside them the flat ones. */
export function apduToJson(name: ApduName, value: unknown): Value {
  const json = toJson(value)
  if (!isRecord(json)) return json
  const field = FLAT[name]
  const inner = field === undefined ? undefined : json[field]
  return {
    ...json,
    ...(isRecord(inner) ? inner : {}),
    ...singlesToJson(name, json),
    ...(name === 'aare' ? diagnosticToJson(json) : {}),
    ...(name === 'confirmed-service-error' ? errorToJson(json) : {}),
    ...(isRecord(inner) && isRecord(inner[ERROR]) ? { [ERROR]: errorToText(inner[ERROR]) } : {}),
  }
}

/** Flat fields go back where the standard has them. */
export function canonicalApdu(name: ApduName, said: JsonRecord): JsonRecord {
  const field = FLAT[name]
  const flat = flatNames(name)
  const inner = Object.fromEntries(Object.entries(said).filter(([each]) => flat.includes(each)))
  const outer = Object.fromEntries(Object.entries(said).filter(([each]) => !flat.includes(each)))
  const own =
    name === 'aare' ? diagnosticFromJson(outer) : name === ERROR ? errorFromJson(outer) : singlesFromJson(name, outer)
  if (field === undefined || Object.keys(inner).length === 0) return own
  const error = inner[ERROR]
  const before = own[field]
  const contents = typeof error === 'string' ? { ...inner, [ERROR]: textToError(error) } : inner
  return { ...own, [field]: isRecord(before) && !isChoice(name, field) ? { ...before, ...contents } : contents }
}

/** Through what has but one value: tags and lengths before contents, a presence octet. */
function contentsOf(shape: Shape): Shape {
  if (shape.is === 'lazy') return contentsOf(shape.of())
  if (shape.is !== 'sequence' || shape.value === undefined) return shape
  const inner = shape.fields.find(({ name }) => name === shape.value)
  return inner === undefined ? shape : contentsOf(inner.shape)
}

const fieldNames = (shape: Shape): readonly string[] =>
  fieldsOf(contentsOf(shape)).flatMap(({ name, kind, silent, shape: inner }) =>
    silent ? [] : kind === 'group' ? fieldNames(inner) : [name],
  )

const isChoice = (name: ApduName, field: string): boolean => innerShape(name, field)?.is === 'choice'

function innerShape(name: ApduName, field: string): Shape | undefined {
  const search = (shape: Shape): Shape | undefined => {
    for (const each of fieldsOf(contentsOf(shape))) {
      if (each.name === field) return contentsOf(each.shape)
      const deeper = each.kind === 'group' ? search(each.shape) : undefined
      if (deeper !== undefined) return deeper
    }
    return undefined
  }
  return search(apdu.arms[name].shape)
}

/** Names that are written flat; a name that the APDU has itself stays its own. */
function flatNames(name: ApduName): readonly string[] {
  const field = FLAT[name]
  const shape = field === undefined ? undefined : innerShape(name, field)
  return shape === undefined ? [] : fieldNames(shape)
}

// The diagnostic of an AARE: `{"acse-service-user": 13}` as a number, its name, and whose it is.

const DIAGNOSTIC = ['diagnostic', 'diagnostic-name', 'diagnostic-source']
const DIAGNOSTIC_FIELD = 'result-source-diagnostic'
const SOURCES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'acse-service-user': ACSE_SERVICE_USER,
  'acse-service-provider': ACSE_SERVICE_PROVIDER,
}

function diagnosticToJson(json: JsonRecord): JsonRecord {
  const diagnostic = json[DIAGNOSTIC_FIELD]
  const [source, said] = isRecord(diagnostic) ? (Object.entries(diagnostic)[0] ?? []) : []
  if (source === undefined || said === undefined) return {}
  const number = typeof said === 'string' ? (SOURCES[source]?.[said] ?? said) : said
  return { diagnostic: number, 'diagnostic-name': said, 'diagnostic-source': source }
}

function diagnosticFromJson(said: JsonRecord): JsonRecord {
  const {
    diagnostic,
    'diagnostic-name': name = diagnostic,
    'diagnostic-source': source = 'acse-service-user',
    ...others
  } = said
  if (name === undefined || typeof source !== 'string') return others
  const known = Object.entries(SOURCES[source] ?? {}).find(([, number]) => number === name)
  return { ...others, [DIAGNOSTIC_FIELD]: { [source]: known?.[0] ?? name } }
}

// A ConfirmedServiceError as text: `initiate/pdu-size-too-short`.

const ERROR = 'confirmed-service-error'
const ERROR_FIELD = 'service-error'

function errorToText(json: JsonRecord): Value {
  const error = json[ERROR_FIELD]
  const [group, value] = isRecord(error) ? (Object.entries(error)[0] ?? []) : []
  return group === undefined ? json : `${group}/${typeof value === 'string' ? value : JSON.stringify(value)}`
}

const errorToJson = (json: JsonRecord): JsonRecord => ({ [ERROR_FIELD]: errorToText(json) })

function errorFromJson(json: JsonRecord): JsonRecord {
  const error = json[ERROR_FIELD]
  return typeof error === 'string' ? { ...json, [ERROR_FIELD]: errorOf(error) } : json
}

const textToError = (text: string): JsonRecord => ({ service: 'initiate-error', [ERROR_FIELD]: errorOf(text) })

function errorOf(text: string): JsonRecord {
  const [group = '', value = ''] = text.split('/')
  return { [group]: /^\d+$/.test(value) ? Number(value) : value }
}
