// Values that can be written, rows that have been captured, and how far the clock was moved. Shared by all ports of the meter.
import { fromJson } from '../../codec/codec.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import type { Ms } from '../../protocol/line.ts'
import type { ObjectDescription } from '../description.ts'
import type { LimitState } from './automation/limiter.ts'
import type { ProfileState } from './profile/rows.ts'
import type { SecuritySetupState } from './security-state.ts'

export interface Store {
  get(object: ObjectDescription, attribute: number): Data | undefined
  /** What stood there when the world began. */
  described(object: ObjectDescription, attribute: number): Data | undefined
  set(object: ObjectDescription, attribute: number, value: Data): void
  /** What an object keeps for its methods, and shows in no attribute. */
  remembered(object: ObjectDescription): Data | undefined
  remember(object: ObjectDescription, value: Data): void
  /** Undefined: nobody has asked for the profile yet. */
  profile(object: ObjectDescription): ProfileState | undefined
  keepProfile(object: ObjectDescription, state: ProfileState): void
  /** Blocks of an image, by their numbers. */
  blocks(object: ObjectDescription): ReadonlyMap<number, Uint8Array>
  keepBlock(object: ObjectDescription, number: number, octets: Uint8Array): void
  forgetBlocks(object: ObjectDescription): void
  clockShift(): Ms
  shiftClock(by: Ms): void
  /** A push setup is to push; it does when it is asked for. */
  trigger(object: ObjectDescription): void
  isTriggered(): boolean
  /** An event of an object that a client is to be told of. */
  raise(object: ObjectDescription): void
  takeRaised(): readonly ObjectDescription[]
  takeTriggered(): readonly ObjectDescription[]
  /** Up to when the meter has acted by itself. */
  settledUntil(): Ms
  settle(until: Ms): void
  /** Undefined: nobody has looked at the limiter yet. */
  limit(object: ObjectDescription): LimitState | undefined
  keepLimit(object: ObjectDescription, state: LimitState): void
  /** Undefined: the setup, by its logical name, is as described. */
  setup(name: string): SecuritySetupState | undefined
  /** What is written when something is asked for the next time; without power it is not. */
  postpone(write: () => void): void
  carryOut(): void
  keepSetup(name: string, state: SecuritySetupState): void
  /** What the setup is without power; undefined: what it is now. */
  lasting(name: string): SecuritySetupState | undefined
  keepLasting(name: string, state: SecuritySetupState): void
  /** The power goes: postponed writes are forgotten, and so is what does not last. */
  losePower(): void
  /** The invocation counter that was sent or taken last; undefined: none. Whose it is, its name says. */
  counter(name: string): number | undefined
  keepCounter(name: string, value: number): void
  /** Each becomes another value, or is forgotten. */
  changeCounters(change: (name: string, value: number) => number | undefined): void
  /** Whether a transaction was never seen before, or long ago; it is now. */
  isNewTransaction(name: string): boolean
  /** A secret that a client has put in the place of the described one. */
  secret(client: string): Uint8Array | undefined
  keepSecret(client: string, secret: Uint8Array): void
}

/** Triggers that nobody takes must not fill the memory. */
const MOST_TRIGGERED = 64

const MOST_COUNTERS = 4096

const MOST_TRANSACTIONS = 1024

type Values = ReadonlyMap<number, Data>

/** No attribute has this number. */
const REMEMBERED = 0

/** `onTrigger`: is told when a push setup is to push. */
export function createStore(onTrigger: () => void = () => undefined): Store {
  const written = new Map<ObjectDescription, Values>()
  const profiles = new Map<ObjectDescription, ProfileState>()
  const images = new Map<ObjectDescription, Map<number, Uint8Array>>()
  const triggered: ObjectDescription[] = []
  const raised: ObjectDescription[] = []
  const limits = new Map<ObjectDescription, LimitState>()
  const setups = new Map<string, SecuritySetupState>()
  const lasting = new Map<string, SecuritySetupState>()
  const postponed: (() => void)[] = []
  const counters = new Map<string, number>()
  const secrets = new Map<string, Uint8Array>()
  const transactions = new Set<string>()
  let shift: Ms = 0
  let settled: Ms = 0
  const get = (object: ObjectDescription, attribute: number): Data | undefined =>
    written.get(object)?.get(attribute) ?? described(object).get(attribute)
  const set = (object: ObjectDescription, attribute: number, value: Data): void => {
    written.set(object, new Map([...(written.get(object) ?? []), [attribute, value]]))
  }
  return {
    get,
    described: (object, attribute) => described(object).get(attribute),
    set,
    remembered: (object) => get(object, REMEMBERED),
    remember: (object, value) => {
      set(object, REMEMBERED, value)
    },
    profile: (object) => profiles.get(object),
    keepProfile: (object, state) => profiles.set(object, state),
    blocks: (object) => images.get(object) ?? new Map<number, Uint8Array>(),
    keepBlock: (object, number, octets) => {
      images.set(object, (images.get(object) ?? new Map<number, Uint8Array>()).set(number, octets))
    },
    forgetBlocks: (object) => {
      images.delete(object)
    },
    clockShift: () => shift,
    shiftClock: (by) => {
      shift = by
    },
    trigger: (object) => {
      if (triggered.length < MOST_TRIGGERED) triggered.push(object)
      onTrigger()
    },
    raise: (object) => {
      if (raised.length < MOST_TRIGGERED) raised.push(object)
    },
    takeRaised: () => raised.splice(0),
    isTriggered: () => triggered.length > 0,
    takeTriggered: () => triggered.splice(0),
    settledUntil: () => settled,
    settle: (until) => {
      settled = until
    },
    limit: (object) => limits.get(object),
    keepLimit: (object, state) => limits.set(object, state),
    setup: (name) => setups.get(name),
    postpone: (write) => {
      postponed.push(write)
    },
    carryOut: () => {
      for (const write of postponed.splice(0)) write()
    },
    keepSetup: (name, state) => setups.set(name, state),
    lasting: (name) => lasting.get(name),
    keepLasting: (name, state) => lasting.set(name, state),
    losePower: () => {
      postponed.length = 0
      for (const [name, state] of lasting) setups.set(name, state)
      lasting.clear()
    },
    counter: (name) => counters.get(name),
    keepCounter: (name, value) => {
      // those of dedicated keys come and go, and are the oldest
      counters.delete(name)
      counters.set(name, value)
      const [oldest] = counters.keys()
      if (counters.size > MOST_COUNTERS && oldest !== undefined) counters.delete(oldest)
    },
    changeCounters: (change) => {
      for (const [name, value] of [...counters]) {
        const left = change(name, value)
        if (left === undefined) counters.delete(name)
        else counters.set(name, left)
      }
    },
    isNewTransaction: (name) => {
      if (transactions.has(name)) return false
      transactions.add(name)
      const [oldest] = transactions
      if (transactions.size > MOST_TRANSACTIONS && oldest !== undefined) transactions.delete(oldest)
      return true
    },
    secret: (client) => secrets.get(client),
    keepSecret: (client, secret) => secrets.set(client, secret),
  }
}

const known = new WeakMap<ObjectDescription, Values>()

/** What the description has stored, read once for all meters of it. */
function described(object: ObjectDescription): Values {
  const before = known.get(object)
  if (before !== undefined) return before
  const values = new Map<number, Data>()
  for (const [attribute, json] of Object.entries(object.attributes ?? {})) {
    const value = fromJson(data, json)
    if (value.ok) values.set(Number(attribute), value.value)
  }
  known.set(object, values)
  return values
}
