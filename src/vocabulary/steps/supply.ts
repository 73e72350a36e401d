// supply.remember: a Disconnect control (class 70) that is connected is connected again afterwards, whatever was invoked.
import type { Value } from '../../codec/value.ts'
import type { Outcome, Refusal } from '../../engine/vocabulary.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import type { Came } from '../evidence.ts'
import { invokeMethod, readAttribute } from './attribute-services.ts'
import { remembered, RESTORING, UNREADABLE_ENTRY } from './journal.ts'
import { notReached } from './link.ts'
import { objectOf } from './objects.ts'
import { FIELDS, isRefusal, within, type Doing, type Word } from './word.ts'

type CosemObject = NonNullable<ReturnType<typeof objectOf>>

const CONTROL_STATE = 3
const REMOTE_DISCONNECT = 1
const REMOTE_RECONNECT = 2

const CONNECTED = 1
const READY_FOR_RECONNECTION = 2

/** The number of control_state, or what came instead. */
async function stateOf(doing: Doing, object: CosemObject): Promise<number | Outcome | Refusal> {
  const came = await readAttribute(within(doing), { attribute: { ...object, 'attribute-id': CONTROL_STATE } })
  if (isRefusal(came)) return came
  const { value } = came.outcome.names
  const state = isRecord(value) ? value['enum'] : undefined
  return typeof state === 'number' ? state : came.outcome
}

const invoked = (doing: Doing, object: CosemObject, method: number): Promise<Came | Refusal> =>
  invokeMethod(within(doing), {
    method: { ...object, 'method-id': method },
    parameter: { is: 'integer', value: 0 },
  })

const remember: Word = {
  says: 'remember whether the supply is connected: it is put right afterwards',
  properties: { object: FIELDS },
  required: ['object'],
  outcomes: ['success'],
  alive: true,
  async run(doing) {
    const object = objectOf(doing.args['object'])
    if (object === undefined) return { refusal: 'supply.remember: expected an object (class-id, instance-id)' }
    const { client, device } = doing.connection
    const entry = {
      key: `supply/${device.name}/${object['instance-id']}`,
      word: 'supply.remember',
      client: client.name,
      device: device.name,
      control: { ...object },
    }
    const unsafe = await remembered(doing, entry, async () => {
      const state = await stateOf(doing, object)
      if (typeof state === 'number') return { value: state, text: '' }
      return { value: undefined, text: 'refusal' in state ? state.refusal : state.text }
    })
    if (unsafe !== undefined) return unsafe
    const text = 'whether the supply is connected is kept'
    return { outcome: { names: { success: true }, broken: [], noise: false, text } }
  },
}

/** What was connected is reconnected; out of "ready for reconnection" the way leads over a disconnection. */
export async function putBackSupply(doing: Doing, entry: JsonRecord, old: Value): Promise<Came | Refusal> {
  const { bench } = doing
  const { client, device, control } = entry
  const object = objectOf(control)
  if (typeof client !== 'string' || typeof device !== 'string' || !object || typeof old !== 'number')
    return UNREADABLE_ENTRY
  const climbed = await bench.climb(RESTORING, { rung: 'association', client, device })
  const connection = bench.connections.get(RESTORING)
  if (climbed.is !== 'up' || !connection) return { outcome: notReached(climbed) }
  const came = await reconnected({ ...within(doing), connection }, object, old)
  await bench.connections.drop(connection)
  return came
}

async function reconnected(doing: Doing, object: CosemObject, old: number): Promise<Came | Refusal> {
  const before = await stateOf(doing, object)
  if (typeof before !== 'number') return 'refusal' in before ? before : { outcome: before }
  if (before === old) return { outcome: { names: { success: true }, broken: [], noise: false, text: 'as it was' } }
  if (old !== CONNECTED) return invoked(doing, object, REMOTE_DISCONNECT)
  if (before === READY_FOR_RECONNECTION) await invoked(doing, object, REMOTE_DISCONNECT)
  await invoked(doing, object, REMOTE_RECONNECT)
  const now = await stateOf(doing, object)
  const names = now === old ? { success: true } : {}
  const text = now === old ? 'the supply is connected again' : 'the supply is still not connected'
  return { outcome: { names, broken: [], noise: false, text } }
}

export const supplyWords: Readonly<Record<string, Word>> = { 'supply.remember': remember }
