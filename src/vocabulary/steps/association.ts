// association.open · release · alive · absent
import { rlrqFor } from '../../client/services.ts'
import { unhex } from '../../codec/value.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { Came } from '../evidence.ts'
import { newLedger } from '../../client/ledger.ts'
import { isPending, openedBy, proveBoth } from '../associating.ts'
import type { Outcome, Refusal } from '../../engine/vocabulary.ts'
import { notReached } from './link.ts'
import { attributeOf } from './objects.ts'
import { initiationOf, proposedBy } from '../proposal.ts'
import { readAttribute } from './attribute-services.ts'
import { serve } from './service.ts'
import { FIELDS, isRefusal, NAME, success, textArg, type Doing, type Word } from './word.ts'

/** Opens the association of the connection's client; where nothing is open, or of another client or device, after a climb of its own. */
const open: Word = {
  says: 'open the association',
  properties: { client: NAME, device: NAME, propose: FIELDS },
  outcomes: ['success', 'associated', 'refused'],
  saves: ['associated'],
  alive: true,
  async run(doing) {
    const { bench, args } = doing
    let { connection } = doing
    const proposal = initiationOf({ propose: { ...connection.given.propose, ...proposedBy(args) } })
    if (!proposal.ok) return { refusal: `propose: ${proposal.failure}` }
    const client = textArg(args, 'client')
    const device = textArg(args, 'device')
    if (
      connection.given.rung === 'closed' ||
      (client !== undefined && client !== connection.client.name && client !== connection.client.role) ||
      (device !== undefined && device !== connection.device.name)
    ) {
      const given = {
        ...connection.given,
        rung: 'link',
        ...(client === undefined ? {} : { client }),
        ...(device === undefined ? {} : { device }),
      } as const
      const climbed = await bench.climb(connection.name, given, connection.given)
      if (climbed.is !== 'up') return { outcome: notReached(climbed) }
      connection = bench.connections.get(connection.name) ?? connection
    }
    const opened = await openedBy({ ...doing, connection }, proposal.value)
    if (!opened.ok) return { refusal: opened.failure }
    const outcome = opened.value
    if (!connection.association || isPending(connection) || !isDone(outcome)) return { outcome }
    const associated = connection.client.name
    return { outcome: { ...outcome, names: { ...outcome.names, success: true, associated } }, saves: { associated } }
  },
}

/** An AARE that accepts, or pass 4. */
const isDone = ({ names }: Outcome): boolean => 'executed' in names

/** Where the meter has set a challenge; where there is none, nothing is left to prove. `system-title`: another one than the client's own is in the proof. */
const prove: Word = {
  says: 'prove both sides, where HLS asks for it',
  properties: { 'system-title': NAME },
  outcomes: ['success', 'refused'],
  alive: false,
  async run(doing) {
    if (!isPending(doing.connection)) return { outcome: success(doing, 'nothing to prove') }
    const title = unhex(textArg(doing.args, 'system-title') ?? '')
    const outcome = await proveBoth(doing, title === undefined || title.length === 0 ? {} : { title })
    return isPending(doing.connection)
      ? { outcome }
      : { outcome: { ...outcome, names: { ...outcome.names, success: true } } }
  },
}

const release: Word = {
  says: 'release the association',
  properties: {},
  outcomes: ['success', 'refused'],
  alive: true,
  async run(doing) {
    const { outcome, answer } = await serve(doing, { is: 'rlrq', value: rlrqFor(doing.connection.client) })
    return answer?.is === 'rlre' ? { outcome: { ...outcome, names: { ...outcome.names, success: true } } } : { outcome }
  },
}

/** The own logical name of the current association (A37). */
function ownName({ connection }: Doing): CosemAttributeDescriptor {
  const classId = connection.client.context === 'sn' ? 12 : 15
  return { 'class-id': classId, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 1 }
}

/** What the current association may read: what the declaration says it may, else its own logical name. */
function readable(doing: Doing): CosemAttributeDescriptor {
  const { bench, connection } = doing
  const { role, name } = connection.client
  const mine = ({ for: roles, device }: JsonRecord): boolean =>
    Array.isArray(roles) &&
    (roles.includes(role) || roles.includes(name)) &&
    (device === undefined || device === connection.device.name)
  const declared = Object.values(bench.declared.objects).find(
    (object) =>
      isRecord(object) && object['attribute-id'] !== undefined && object['method-id'] === undefined && mine(object),
  )
  const object = declared ?? bench.declared.objects['readable']
  return (connection.client.mechanism === 'lowest' ? undefined : object && attributeOf(object)) ?? ownName(doing)
}

/** A service of the association is served. */
export const alive: Word = {
  says: 'read something: the association is alive',
  properties: {},
  outcomes: ['success', 'refused'],
  alive: true,
  async run(doing): Promise<Came | Refusal> {
    // What has been opened by its AARQ alone is proved first.
    const proved = isPending(doing.connection) ? await proveBoth({ ...doing, ledger: newLedger() }) : undefined
    if (proved !== undefined && isPending(doing.connection)) return { outcome: proved }
    const came = await readAttribute(doing, { attribute: readable(doing) })
    if (isRefusal(came) || !isMissing(came)) return served(came)
    // What is declared to be readable is not even there: that says nothing of the association.
    return served(await readAttribute(doing, { attribute: ownName(doing) }))
  },
}

/** A37: no right to read is an answer of an association too. */
const isServed = ({ outcome: { names } }: Came): boolean =>
  'value' in names || DENIED.some((each) => each === names['refused'])

const isMissing = ({ outcome: { names } }: Came): boolean =>
  'unlisted' in names || MISSING.some((each) => each === names['refused'])

const served = (came: Came | Refusal): Came | Refusal =>
  isRefusal(came) || !isServed(came)
    ? came
    : { outcome: { ...came.outcome, names: { ...came.outcome.names, success: true } } }

const DENIED = ['read-write-denied', 'scope-of-access-violated']
const MISSING = ['object-undefined', 'object-unavailable', 'object-class-inconsistent']

/** No data without an association: refused, or no answer at all. */
const absent: Word = {
  says: 'try to read something: there is no association',
  properties: {},
  outcomes: ['success', 'value'],
  alive: false,
  async run(doing): Promise<Came | Refusal> {
    const came = await readAttribute(doing, { attribute: readable(doing) })
    if (isRefusal(came)) return came
    const { outcome } = came
    const { names } = outcome
    return 'value' in names || 'executed' in names || 'garbled' in names
      ? { outcome }
      : { outcome: success(doing, outcome.text, { ...outcome, names }) }
  },
}

export const associationWords: Readonly<Record<string, Word>> = {
  'association.open': open,
  'association.prove': prove,
  'association.release': release,
  'association.alive': alive,
  'association.absent': absent,
}
