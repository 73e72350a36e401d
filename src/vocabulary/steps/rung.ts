// rung.ensure · rung.rebuild
import type { Outcome } from '../../engine/vocabulary.ts'
import type { Came } from '../evidence.ts'
import { newLedger } from '../../client/ledger.ts'
import { alive } from './association.ts'
import { linkWords, notReached } from './link.ts'
import { isRefusal, success, within, type Doing, type Word } from './word.ts'

async function rebuild(doing: Doing): Promise<Came> {
  const { bench, connection, ledger } = doing
  await bench.drain(connection, ledger)
  const climbed = await bench.climb(connection.name, connection.given)
  if (climbed.is !== 'up') return { outcome: { ...notReached(climbed), broken: [] } }
  const now = bench.connections.get(connection.name) ?? connection
  const there = success({ ...doing, connection: now, ledger: newLedger() }, 'the rung was rebuilt')
  return { outcome: { ...there, names: { ...there.names, rebuilt: true } }, saves: { rebuilt: true } }
}

/** Is what the case was given still there? */
async function stands(doing: Doing): Promise<boolean> {
  const { connection } = doing
  const { rung } = connection.given
  if (!connection.port.isOpen) return false
  if (rung === 'association') {
    if (!connection.association) return false
    const came = await alive.run(within(doing))
    return !isRefusal(came) && 'success' in came.outcome.names
  }
  if (rung === 'link' && connection.link) {
    const came = await linkWords['link.round-trip']?.run(within(doing))
    return came !== undefined && !isRefusal(came) && 'success' in came.outcome.names
  }
  return rung === 'port' || rung === 'closed' || connection.link === undefined
}

const ensure: Word = {
  says: 'make sure that the rung is there, rebuilt if need be',
  properties: {},
  outcomes: ['success', 'rebuilt'],
  saves: ['rebuilt'],
  alive: true,
  async run(doing) {
    if (!(await stands(doing))) return rebuild(doing)
    const there: Outcome = success(within(doing), 'the rung is there')
    return { outcome: there, saves: { rebuilt: false } }
  },
}

const rebuildWord: Word = {
  says: 'climb afresh',
  properties: {},
  outcomes: ['success'],
  saves: ['rebuilt'],
  alive: true,
  run: rebuild,
}

export const rungWords: Readonly<Record<string, Word>> = { 'rung.ensure': ensure, 'rung.rebuild': rebuildWord }
