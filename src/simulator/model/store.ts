// Values that can be written, and rows that have been captured. Shared by all ports of the meter.
import { fromJson } from '../../codec/codec.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import type { ObjectDescription } from '../description.ts'
import type { ProfileState } from './profile/rows.ts'

export interface Store {
  get(object: ObjectDescription, attribute: number): Data | undefined
  set(object: ObjectDescription, attribute: number, value: Data): void
  /** Undefined: nobody has asked for the profile yet. */
  profile(object: ObjectDescription): ProfileState | undefined
  keepProfile(object: ObjectDescription, state: ProfileState): void
}

type Values = ReadonlyMap<number, Data>

export function createStore(): Store {
  const written = new Map<ObjectDescription, Values>()
  const profiles = new Map<ObjectDescription, ProfileState>()
  return {
    get: (object, attribute) => written.get(object)?.get(attribute) ?? described(object).get(attribute),
    set: (object, attribute, value) =>
      written.set(object, new Map([...(written.get(object) ?? []), [attribute, value]])),
    profile: (object) => profiles.get(object),
    keepProfile: (object, state) => profiles.set(object, state),
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
