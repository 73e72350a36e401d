import type { Value } from '../codec/value.ts'
import { isObject } from '../language/case.ts'
import { resolved, type Scope } from './scope.ts'
import type { Given } from './vocabulary.ts'

const RUNGS = ['closed', 'listen', 'port', 'sign-on', 'ndm', 'link', 'pending', 'association'] as const
const isRung = (text: string): text is Given['rung'] => (RUNGS as readonly string[]).includes(text)

/** `given` as the suites write it, short (`"association.reader"`) or long, → what the tester climbs to. The schema has refused all else. */
export function givenOf(value: Value, scope: Scope): Given {
  const given = resolved(value, scope)
  if (typeof given === 'string') {
    const [rung = '', client] = given.split('.')
    return { rung: isRung(rung) ? rung : 'port', ...(client === undefined ? {} : { client }) }
  }
  if (!isObject(given)) return { rung: 'port' }
  const { rung, listen, propose } = given
  const [base = 'port', role] = typeof rung === 'string' ? rung.split('.') : [listen === undefined ? 'port' : 'listen']
  const client = nameOf(given['client']) ?? role
  const device = nameOf(given['device'])
  const port = nameOf(given['port'])
  const { over, keys } = given
  return {
    rung: isRung(base) ? base : 'port',
    ...(client === undefined ? {} : { client }),
    ...(device === undefined ? {} : { device }),
    ...(port === undefined ? {} : { port }),
    ...(typeof over === 'string' ? { over } : {}),
    ...(typeof keys === 'string' ? { keys } : {}),
    ...(isObject(propose) ? { propose } : {}),
    ...(listen === undefined ? {} : { listen }),
  }
}

/** The rung of a `given` alone; `port` where only a reference tells. */
export function rungOf(value: Value): Given['rung'] {
  const written = isObject(value) ? value['rung'] : value
  const [base = ''] = typeof written === 'string' ? written.split('.') : []
  return isRung(base) ? base : 'port'
}

/** A client, a device or a port by name, or as the row of an axis. */
const nameOf = (value: Value | undefined): string | undefined =>
  typeof value === 'string' ? value : isObject(value) && typeof value['name'] === 'string' ? value['name'] : undefined
