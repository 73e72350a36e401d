// One client opened at one logical device, with everything proposed: what is agreed, and what it may read.
import {
  agreedIn,
  associationIn,
  openAssociation,
  readApdu,
  releaseAssociation,
  type Opened as OpenedAssociation,
} from '../client/association.ts'
import type { Carrier } from '../client/carrier.ts'
import { withLogicalNames } from '../client/cosem-services.ts'
import type { Patience } from '../client/exchange.ts'
import { newLedger } from '../client/ledger.ts'
import { apduOctets, type Credentials, type Referencing } from '../client/services.ts'
import type { Session } from '../client/session.ts'
import type { ListedObject } from '../client/short-names/object-names.ts'
import { withShortNames } from '../client/short-names/services.ts'
import { CONFORMANCE, type ConformanceBit } from '../protocol/xdlms/conformance.ts'
import type { Opened, Refused } from './findings.ts'
import { readAll } from './readings.ts'

const RESERVED: readonly ConformanceBit[] = ['reserved-zero', 'reserved-seven']
const LOGICAL: readonly ConformanceBit[] = ['get', 'set', 'action', 'access', 'event-notification', 'selective-access']
const SHORT: readonly ConformanceBit[] = [
  'read',
  'write',
  'unconfirmed-write',
  'information-report',
  'parameterized-access',
]

/** All bits that make sense with this referencing. */
const everything = (context: Referencing): readonly ConformanceBit[] =>
  CONFORMANCE.filter((bit) => !RESERVED.includes(bit) && !(context === 'ln' ? SHORT : LOGICAL).includes(bit))

export async function ask(
  carrier: Carrier,
  credentials: Credentials,
  patience: Patience,
): Promise<{ readonly came: Opened | Refused; readonly notes: readonly string[] }> {
  const { context } = credentials
  const opened = await openAssociation(carrier, credentials, patience, newLedger(), {
    conformance: everything(context),
  })
  if (opened.is !== 'open') return { came: refusedBy(opened), notes: [] }
  const agreed = agreedIn(opened.association)
  const session = sessionOver(carrier, patience, agreed)
  let known: readonly ListedObject[] | undefined
  const book = { known: () => known, learn: (listed: readonly ListedObject[]) => void (known = listed) }
  const services = context === 'sn' ? withShortNames(session, book) : withLogicalNames(session)
  const { values, silent } = await readAll(services, context)
  const release = await releaseAssociation(carrier, patience, newLedger())
  const released = release.is === 'apdu' && readApdu(release.apdu)?.is === 'rlre'
  const { conformance = [], serverMaxReceivePduSize: pduSize } = agreed ?? {}
  return {
    came: { is: 'open', conformance, pduSize, released, values, complete: silent === undefined },
    notes: silent === undefined ? [] : [`${silent} was asked for, and nothing came that can be read`],
  }
}

function sessionOver(carrier: Carrier, patience: Patience, agreed: Session['agreed']): Session {
  let id = 0
  return {
    agreed,
    nextInvokeId: () => (id = (id % 15) + 1),
    async ask(apdu) {
      const carried = await carrier.exchange(apduOctets(apdu), patience, newLedger())
      return carried.is === 'apdu' ? readApdu(carried.apdu) : undefined
    },
  }
}

function refusedBy({ carried }: OpenedAssociation): Refused {
  if (carried.is === 'silent') return { is: 'refused', why: 'no answer to AARQ', mechanism: undefined }
  if (carried.is !== 'apdu')
    return { is: 'refused', why: `AARQ was answered by ${carried.heard.is}`, mechanism: undefined }
  const answer = readApdu(carried.apdu)
  if (answer?.is !== 'aare')
    return { is: 'refused', why: `AARQ was answered by ${answer?.is ?? 'what is no APDU'}`, mechanism: undefined }
  const { result, 'result-source-diagnostic': diagnostic, 'mechanism-name': mechanism } = answer.value
  const why =
    associationIn(answer) === undefined ? `${result}, ${diagnostic.is} ${diagnostic.value}` : 'accepted, unusable'
  const wants = wantedBy(diagnostic.value, mechanism)
  return { is: 'refused', why, mechanism, ...(wants === undefined ? {} : { wants }) }
}

function wantedBy(diagnostic: string | number, mechanism: string | undefined): Refused['wants'] {
  if (diagnostic === 'application-context-name-not-supported') return 'ciphering'
  return String(diagnostic).startsWith('calling-AP-title') || mechanism?.startsWith('hls') ? 'hls' : undefined
}
