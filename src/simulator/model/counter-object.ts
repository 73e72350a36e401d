// Invocation counter objects (class 1, 0.b.43.1.e.255): the last counter that came with the unicast key of the setup with the same e.
import type { Data } from '../../protocol/data/data.ts'
import type { ObjectDescription } from '../description.ts'
import type { Situation } from './classes.ts'
import { doubleLongUnsigned } from './data.ts'
import { lastCounter, securityOf } from './security-state.ts'

const COUNTER = /^0\.(\d+)\.43\.1\.(\d+)\.255$/
const VALUE = 2

export function counterAttribute(object: ObjectDescription, attribute: number, situation: Situation): Data | undefined {
  const [, b, e] = COUNTER.exec(object['logical-name']) ?? []
  if (b === undefined || e === undefined || attribute !== VALUE) return undefined
  const name = `0.${b}.43.0.${e}.255`
  const key = securityOf(situation, name)?.keys['global-unicast-encryption-key']
  if (key === undefined) return undefined
  const { counters } = situation.description.securitySetups?.[name] ?? {}
  // before any has come: the one below the first that is taken
  const none = Math.max(0, (counters?.start ?? 0) - 1)
  return doubleLongUnsigned(situation.store.counter(lastCounter(key)) ?? none)
}
