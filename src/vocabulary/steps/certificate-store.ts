// The certificates that a Security setup has: read, exported, removed, and put back as they were (IEC 62056-6-2, class 64).
import { fromJson } from '../../codec/codec.ts'
import { hex, unhex, type Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { data } from '../../protocol/data/data.ts'
import { isList, type JsonRecord } from '../../protocol/json.ts'
import {
  CERTIFICATE_ENTITY,
  CERTIFICATE_TYPE,
  certificatesIn,
  identificationData,
  type CertificateInfo,
} from '../../protocol/security/security-setup.ts'
import type { DeclaredClient } from '../declared.ts'
import type { Came } from '../evidence.ts'
import { invokeMethod, readAttribute } from './attribute-services.ts'
import type { Manner } from './conversation.ts'
import { remembered, RESTORING, UNREADABLE_ENTRY, type Entry } from './journal.ts'
import { notReached } from './link.ts'
import { isRefusal, OCTETS, success, within, type Doing, type Word } from './word.ts'

const CLASS_ID = 64
const CERTIFICATES = 6
export const METHODS = { generate: 4, request: 5, import: 6, export: 7, remove: 8 } as const

/** Of a client that may spend its keys. */
export function setupOf({ security }: DeclaredClient): string | Refusal {
  if (security?.setup === undefined) return { refusal: 'the client is declared without security.setup' }
  return security.forTest ? security.setup : { refusal: 'the keys of the client are not declared as forTest' }
}

export const invokeSetup = (
  doing: Doing,
  setup: string,
  method: number,
  parameter: Parameters<typeof identificationData>[0] | Uint8Array | number,
  manner: Manner = {},
): Promise<Came | Refusal> =>
  invokeMethod(
    doing,
    {
      method: { 'class-id': CLASS_ID, 'instance-id': setup, 'method-id': method },
      parameter:
        typeof parameter === 'number'
          ? { is: 'enum', value: parameter }
          : parameter instanceof Uint8Array
            ? { is: 'octet-string', value: parameter }
            : identificationData(parameter),
    },
    manner,
  )

/** The octet-string that a method has returned. */
export function returnedOctets(came: Came): Uint8Array | undefined {
  const read = fromJson(data, came.saves?.['value'] ?? null)
  return read.ok && read.value.is === 'octet-string' ? read.value.value : undefined
}

/** Undefined: the attribute cannot be read, `text` says why. */
export async function listed(
  doing: Doing,
  setup: string,
): Promise<{ readonly infos: readonly CertificateInfo[] | undefined; readonly text: string }> {
  const attribute = { 'class-id': CLASS_ID, 'instance-id': setup, 'attribute-id': CERTIFICATES }
  const came = await readAttribute(within(doing), { attribute })
  if (isRefusal(came)) return { infos: undefined, text: came.refusal }
  const read = fromJson(data, came.saves?.['value'] ?? null)
  return { infos: read.ok ? certificatesIn(read.value) : undefined, text: came.outcome.text }
}

/** A serial number may have a zero in front, or not. */
const isNumber = (one: Uint8Array, other: Uint8Array): boolean => bare(one) === bare(other)
const bare = (serialNumber: Uint8Array): string => hex(serialNumber).replace(/^(00)+/, '')

const IMPORT_WORD = 'certificate.import'
const REMOVE_WORD = 'certificate.remove'

/** Noted before it is imported. */
export const importEntry = ({ connection }: Doing, setup: string, serialNumber: Uint8Array): Entry => ({
  key: `certificates/${connection.device.name}/${setup}/${hex(serialNumber)}`,
  word: IMPORT_WORD,
  client: connection.client.name,
  device: connection.device.name,
  setup,
  serialNumber: hex(serialNumber),
})

/** Noted before it is removed: what it was stands beside it. */
const removalEntry = ({ connection }: Doing, setup: string): Entry => ({
  key: `certificates/${connection.device.name}/${setup}/own`,
  word: REMOVE_WORD,
  client: connection.client.name,
  device: connection.device.name,
  setup,
})

/** That of the server's signing key; what is removed is imported again afterwards. */
const remove: Word = {
  says: 'remove the certificate of the server',
  properties: {},
  outcomes: ['success', 'refused'],
  alive: true,
  async run(doing) {
    const { client, security } = doing.connection
    const setup = setupOf(client)
    if (typeof setup !== 'string') return setup
    const own = {
      is: 'certificate-entity',
      entity: CERTIFICATE_ENTITY.server,
      type: CERTIFICATE_TYPE['digital-signature'],
      systemTitle: security?.serverTitle ?? new Uint8Array(0),
    } as const
    const unsafe = await remembered(doing, removalEntry(doing, setup), async () => {
      const came = await invokeSetup(within(doing), setup, METHODS.export, own)
      if (isRefusal(came)) return { value: undefined, text: came.refusal }
      const octets = returnedOctets(came)
      return { value: octets && hex(octets), text: came.outcome.text }
    })
    return unsafe ?? invokeSetup(within(doing), setup, METHODS.remove, own)
  },
}

/** It is imported again, unless it is there. */
export async function putBackRemoved(doing: Doing, how: JsonRecord, old: Value): Promise<Came | Refusal> {
  const { readCertificate } = await import('../certificates/making.ts')
  const octets = typeof old === 'string' ? unhex(old) : undefined
  const read = octets && readCertificate(octets)
  if (octets === undefined || read?.ok !== true) return UNREADABLE_ENTRY
  return restoring(doing, how, async (here, setup) => {
    const { infos, text } = await listed(here, setup)
    if (infos === undefined) return { outcome: { names: {}, broken: [], noise: false, text } }
    return entryOf(infos, read.value) === undefined
      ? invokeSetup(within(here), setup, METHODS.import, octets)
      : { outcome: success(here, 'the certificate is there') }
  })
}

/** What was imported is removed, if it is there: a wrong one was refused, if all is well. */
export async function putBackCertificate(doing: Doing, how: JsonRecord): Promise<Came | Refusal> {
  const { serialNumber: said } = how
  const serialNumber = typeof said === 'string' ? unhex(said) : undefined
  if (serialNumber === undefined) return UNREADABLE_ENTRY
  return restoring(doing, how, (here, setup) => removed(here, setup, serialNumber))
}

/** Over an association of the client that changed it. */
async function restoring(
  doing: Doing,
  { client, device, setup }: JsonRecord,
  act: (doing: Doing, setup: string) => Promise<Came | Refusal>,
): Promise<Came | Refusal> {
  if (typeof client !== 'string' || typeof device !== 'string' || typeof setup !== 'string') return UNREADABLE_ENTRY
  const { bench } = doing
  const climbed = await bench.climb(RESTORING, { rung: 'association', client, device })
  const connection = bench.connections.get(RESTORING)
  if (climbed.is !== 'up' || !connection) return { outcome: notReached(climbed) }
  const came = await act({ ...within(doing), connection }, setup)
  await bench.connections.drop(connection)
  return came
}

/** Of several with this serial number a meter removes all at once, or one each time. */
const MOST_TWINS = 4

async function removed(doing: Doing, setup: string, serialNumber: Uint8Array): Promise<Came | Refusal> {
  for (let n = 0; n <= MOST_TWINS; n++) {
    const { infos, text } = await listed(doing, setup)
    if (infos === undefined) return { outcome: { names: {}, broken: [], noise: false, text } }
    const info = entryOf(infos, { serialNumber })
    if (info === undefined) return { outcome: success(doing, 'the certificate is not there') }
    const came = await invokeSetup(within(doing), setup, METHODS.remove, { is: 'serial-number', ...info })
    if (isRefusal(came) || !('success' in came.outcome.names)) return came
  }
  return { outcome: { names: {}, broken: [], noise: false, text: `${hex(serialNumber)} is there still` } }
}

/** Which entry of the list a certificate is. */
export const entryOf = (
  infos: readonly CertificateInfo[],
  { serialNumber }: Pick<CertificateInfo, 'serialNumber'>,
): CertificateInfo | undefined => infos.find((each) => isNumber(each.serialNumber, serialNumber))

export const octetsIn = (said: Value | undefined): readonly Uint8Array[] =>
  said !== undefined && isList(said)
    ? said.flatMap((each) => (typeof each === 'string' ? (unhex(each) ?? []) : []))
    : []

const exportAll: Word = {
  says: 'export certificates and compare them',
  properties: { certificates: { type: 'array', items: OCTETS } },
  required: ['certificates'],
  outcomes: ['success', 'refused', 'differs', 'unlisted'],
  alive: true,
  async run(doing) {
    const { readCertificate } = await import('../certificates/making.ts')
    const setup = setupOf(doing.connection.client)
    if (typeof setup !== 'string') return setup
    const { infos, text } = await listed(doing, setup)
    if (infos === undefined) return { refusal: `the certificates cannot be listed: ${text}` }
    for (const octets of octetsIn(doing.args['certificates'])) {
      const read = readCertificate(octets)
      if (!read.ok) return { refusal: `what was imported cannot be read: ${read.failure}` }
      const { serialNumber, issuer } = read.value
      const entry = entryOf(infos, read.value)
      const named = { is: 'serial-number', serialNumber, issuer: entry?.issuer ?? issuer.octets } as const
      const came = await invokeSetup(within(doing), setup, METHODS.export, named)
      if (isRefusal(came) || !('success' in came.outcome.names)) return came
      const found = returnedOctets(came)
      if (found === undefined || Buffer.compare(found, octets) !== 0)
        return told(doing, 'differs', `the certificate ${hex(serialNumber)} is not the one that was imported`)
      if (entry === undefined) return told(doing, 'unlisted', `the certificate ${hex(serialNumber)} is not in the list`)
    }
    return { outcome: success(doing, 'each is exported as it was imported') }
  },
}

/** `list`: entity, type, serial number and issuer of each. */
const list: Word = {
  says: 'list the certificates',
  properties: {},
  outcomes: ['success', 'twins', 'unlisted'],
  saves: ['list'],
  alive: true,
  async run(doing) {
    const setup = setupOf(doing.connection.client)
    if (typeof setup !== 'string') return setup
    const { infos, text } = await listed(doing, setup)
    if (infos === undefined) return told(doing, 'unlisted', `the certificates cannot be listed: ${text}`)
    const names = infos.map(({ serialNumber, issuer }) => `${bare(serialNumber)} of ${hex(issuer)}`)
    const saves = { list: infos.map(({ entity, type }, at) => `${entity} ${type} ${names[at] ?? ''}`) }
    const twin = names.find((name, at) => names.indexOf(name) < at)
    if (twin !== undefined) return { ...told(doing, 'twins', `two certificates ${twin}`), saves }
    return { outcome: success(doing, `${infos.length} certificates`), saves }
  },
}

/** An outcome that is no success. */
export function told(doing: Doing, name: string, text: string): Came {
  const { names: _, ...outcome } = success(doing, text)
  return { outcome: { ...outcome, names: { [name]: text } } }
}

export const certificateStoreWords: Readonly<Record<string, Word>> = {
  'certificate.list': list,
  'certificate.export': exportAll,
  'certificate.remove': remove,
}
