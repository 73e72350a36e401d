// rung.ensure · rung.rebuild
import type { Outcome } from '../../engine/vocabulary.ts'
import type { Came } from '../evidence.ts'
import { newLedger } from '../../client/ledger.ts'
import { alive } from './association.ts'
import { linkWords, notReached } from './link.ts'
import { isRefusal, success, within, type Doing, type Word } from './word.ts'

async function rebuild(doing: Doing, rebuilt: boolean): Promise<Came> {
  const { bench, connection, ledger } = doing
  await bench.drain(connection, ledger)
  const climbed = await bench.climb(connection.name, connection.given)
  if (climbed.is !== 'up') return { outcome: { ...notReached(climbed), broken: [] } }
  const now = bench.connections.get(connection.name) ?? connection
  return {
    outcome: success(
      { ...doing, connection: now, ledger: newLedger() },
      rebuilt ? 'the rung was rebuilt' : 'the rung is there',
    ),
    saves: { rebuilt },
  }
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
  outcomes: ['success'],
  saves: ['rebuilt'],
  alive: true,
  async run(doing) {
    if (!(await stands(doing))) return rebuild(doing, true)
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
  run: (doing) => rebuild(doing, true),
}

export const rungWords: Readonly<Record<string, Word>> = { 'rung.ensure': ensure, 'rung.rebuild': rebuildWord }
