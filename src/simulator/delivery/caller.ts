// Push setup at work: what was triggered is sent to its destination by TCP or UDP, and sent again where that fails.
import type { Caller, CallId, CallOutput, Ms } from '../../protocol/line.ts'
import { wpduOctets, WRAPPER_VERSION } from '../../protocol/wrapper/wpdu.ts'
import { associationOf } from '../association/association.ts'
import type { Decisions } from '../decisions.ts'
import type { MeterDescription, ObjectDescription } from '../description.ts'
import type { Situation } from '../model/classes.ts'
import { deviationAt, instantAt, timeOfInstant } from '../model/clock/clock.ts'
import { fieldsOf, numberOf } from '../model/data.ts'
import type { Store } from '../model/store.ts'
import { apdusOf } from './content.ts'
import { windowsIn } from './window.ts'

const SEND_DESTINATION_AND_METHOD = 3
const COMMUNICATION_WINDOW = 4
const RANDOMISATION_START_INTERVAL = 5
const NUMBER_OF_RETRIES = 6
const REPETITION_DELAY = 7

const textOf = (octets: Uint8Array): string => new TextDecoder().decode(octets)

const TCP = 0
const UDP = 1

/** From the trigger to the beginning of the push. */
const REACTION_MS = 20
/** Pushes that wait for their time, or for a connection; one more is lost. */
const MOST_WAITING = 32

/** A push on its way. `call`: the connection that it tries now. */
interface Delivery {
  readonly object: ObjectDescription
  /** Its number among all pushes. */
  readonly number: number
  at: Ms
  triesLeft: number
  call?: CallId
}

interface Sent {
  readonly is: 'tcp' | 'udp'
  readonly to: string
}

export interface MeterCaller extends Caller {
  /** Power was lost: what was on its way is lost. */
  restart(): void
}

export function createCaller(description: MeterDescription, decisions: Decisions, store: Store): MeterCaller {
  const rules = decisions.delivery
  const running = { description, rules: decisions.model, store }
  let deliveries: readonly Delivery[] = []
  let calls = 0
  let count = 0

  function situationOf(object: ObjectDescription, now: Ms): Situation | undefined {
    const name = object.push?.client ?? ''
    const client = description.clients[name]
    const [key = ''] = object.devices
    const device = description.devices[key]
    if (client === undefined || device === undefined) return undefined
    return { ...running, now, association: associationOf({ name, client }, { key, ...device }, [], 0) }
  }

  const numberIn = (object: ObjectDescription, attribute: number): number =>
    numberOf(store.get(object, attribute), attribute === NUMBER_OF_RETRIES ? 'unsigned' : 'long-unsigned') ?? 0

  function destinationOf(object: ObjectDescription): Sent | undefined {
    const [service, destination] = fieldsOf(store.get(object, SEND_DESTINATION_AND_METHOD), 3) ?? []
    const [, first] = fieldsOf(store.described(object, SEND_DESTINATION_AND_METHOD), 3) ?? []
    if (destination?.is !== 'octet-string' || first?.is !== 'octet-string') return undefined
    const to = rules.destination(textOf(destination.value), textOf(first.value))
    const transport = numberOf(service, 'enum')
    return transport === TCP ? { is: 'tcp', to } : transport === UDP ? { is: 'udp', to } : undefined
  }

  function begin(object: ObjectDescription, triggered: Ms): void {
    if (!rules.isSent() || deliveries.length >= MOST_WAITING) return
    count += 1
    const windows = windowsIn(store.get(object, COMMUNICATION_WINDOW))
    const opens = rules.opensAt(windows, instantAt(running, triggered), deviationAt(running, triggered))
    const delay = rules.startDelayMs(numberIn(object, RANDOMISATION_START_INTERVAL) * 1000, count)
    const at = timeOfInstant(running, opens) + delay + REACTION_MS
    if (at === Infinity) return
    const triesLeft = rules.retries(numberIn(object, NUMBER_OF_RETRIES))
    deliveries = [...deliveries, { object, number: count, at, triesLeft }]
  }

  const drop = (delivery: Delivery): void => {
    deliveries = deliveries.filter((each) => each !== delivery)
  }

  /** The WPDUs, from the logical device to the client that is pushed to. */
  function unitsOf({ object, number }: Delivery, now: Ms): readonly Uint8Array[] {
    const situation = situationOf(object, now)
    if (situation === undefined) return []
    const { client, device } = situation.association
    const wports = { version: WRAPPER_VERSION, 'source-wport': device.sap, 'destination-wport': client.sap }
    return apdusOf(rules, object, situation, number).map((information) => wpduOctets({ ...wports, information }))
  }

  function attempt(delivery: Delivery, now: Ms): readonly CallOutput[] {
    const destination = destinationOf(delivery.object)
    if (destination?.is === 'tcp') {
      delivery.call = ++calls
      return [{ is: 'call', call: delivery.call, at: now, to: destination.to }]
    }
    drop(delivery)
    if (destination === undefined) return []
    return unitsOf(delivery, now).map((octets) => ({ is: 'datagram', at: now, to: destination.to, octets }))
  }

  const waits = ({ call }: Delivery): boolean => call === undefined

  return {
    receive({ is, call, at }) {
      const delivery = deliveries.find((each) => each.call === call)
      if (delivery === undefined || is === 'ended') return []
      if (is === 'answered') {
        drop(delivery)
        const units = unitsOf(delivery, at).map((octets): CallOutput => ({ is: 'octets', call, at, octets }))
        return [...units, { is: 'close', call, at }]
      }
      delete delivery.call
      if (delivery.triesLeft === 0) drop(delivery)
      delivery.triesLeft -= 1
      delivery.at = at + rules.repetitionMs(numberIn(delivery.object, REPETITION_DELAY) * 1000)
      return []
    },
    deadline: () => (store.isTriggered() ? 0 : Math.min(Infinity, ...deliveries.filter(waits).map(({ at }) => at))),
    expire(now) {
      for (const object of store.takeTriggered()) begin(object, now)
      return deliveries.filter((each) => waits(each) && each.at <= now).flatMap((each) => attempt(each, now))
    },
    restart() {
      store.takeTriggered()
      deliveries = []
    },
  }
}
