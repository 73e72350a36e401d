// Class 70, Disconnect control: the states and the transitions that control_mode allows (IEC 62056-6-2, Disconnect control).
import type { Data } from '../../protocol/data/data.ts'
import type { Invocation, Invoked } from './behaviour.ts'
import { enumerated, numberOf } from './data.ts'
import { EVENT, logEvent } from './events.ts'

const OUTPUT_STATE = 2
const CONTROL_STATE = 3
const CONTROL_MODE = 4

const REMOTE_DISCONNECT = 1
const REMOTE_RECONNECT = 2

const DISCONNECTED = 0
const CONNECTED = 1
const READY_FOR_RECONNECTION = 2

/** control_mode 0: always connected. */
const NEVER = 0
/** Modes in which remote_reconnect closes the output at once; in the others somebody at the meter has to. */
const RECONNECTS = [2, 4]

export function invokeDisconnect({ object, method, situation, read }: Invocation): Invoked | undefined {
  const { store } = situation
  const mode = numberOf(store.get(object, CONTROL_MODE), 'enum') ?? NEVER
  const state = numberOf(store.get(object, CONTROL_STATE), 'enum')
  if (method !== REMOTE_DISCONNECT && method !== REMOTE_RECONNECT) return undefined
  if (mode === NEVER) return { result: 'other-reason' }
  const next = situation.rules.disconnects(state ?? CONNECTED, method, RECONNECTS.includes(mode))
  if (next === state) return { result: 'success' }
  const output: Data = { is: 'boolean', value: situation.rules.isConnected(next, method) }
  store.set(object, OUTPUT_STATE, output)
  store.set(object, CONTROL_STATE, enumerated(next))
  logEvent(situation, read, next === CONNECTED ? EVENT.connected : EVENT.disconnected)
  return { result: 'success' }
}

/** The control_state that follows; `atOnce`: a disconnected output is closed by the method itself. */
export function nextControlState(state: number, method: number, atOnce: boolean): number {
  if (method === REMOTE_DISCONNECT) return DISCONNECTED
  if (state !== DISCONNECTED) return state
  return atOnce ? CONNECTED : READY_FOR_RECONNECTION
}

/** The output is connected in one state only. */
export const isConnectedIn = (state: number): boolean => state === CONNECTED
