// Events of the meter: each is a number in an event object, and a row in the logs that capture it.
import type { ObjectDescription } from '../description.ts'
import type { ReadAttribute } from './behaviour.ts'
import type { Situation } from './classes.ts'
import { unsigned } from './data.ts'
import { capture } from './profile/rows.ts'

export const EVENT = {
  clockAdjustedOld: 4,
  clockAdjustedNew: 5,
  authenticationFailed: 46,
  disconnected: 60,
  connected: 61,
} as const

const EVENT_CODE = '0.0.96.11.0.255'
const VALUE = 2

/** A meter without an event object keeps no log. */
export function logEvent(situation: Situation, read: ReadAttribute, event: number): void {
  if (!situation.rules.logs(event)) return
  const { objects } = situation.description
  const code = objects.find((object) => object['logical-name'] === EVENT_CODE)
  if (code === undefined) return
  situation.store.set(code, VALUE, unsigned(event))
  for (const log of objects) if (capturesEvents(log)) capture(log, situation, read)
}

const capturesEvents = ({ profile }: ObjectDescription): boolean =>
  profile?.columns.some((column) => column['logical-name'] === EVENT_CODE) ?? false
