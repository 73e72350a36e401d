// The way up to what a case is given: port, sign-on, NDM, link, association; and why it was not reached.
import { isHls } from '../client/hls.ts'
import { climbToLink, climbToNdm, climbToPort, climbToSignOn, type Climbed } from '../client/ladder.ts'
import { newLedger } from '../client/ledger.ts'
import type { Climb, Given } from '../engine/vocabulary.ts'
import { isPending, openedBy, propose } from './associating.ts'
import type { Bench } from './bench.ts'
import type { Connection, Who } from './connection.ts'
import { clientBy, deviceBy, type Declared } from './declared.ts'
import { faultSeen } from './evidence.ts'
import { heardOutcome } from './outcomes/heard.ts'
import { heardText } from './outcomes/texts.ts'
import { initiationOf, proposalOf } from './proposal.ts'
import { questionOn } from './questions.ts'

const UP: Climb = { is: 'up' }

/** Climbs afresh, on a new connection of this name. `own`: the rung that is the case's own, where a word climbs to another one. */
export async function climb(bench: Bench, name: string, given: Given, own: Given): Promise<Climb> {
  const { declared } = bench
  const client = clientBy(declared, given.client)
  if (client === undefined) return inapplicable(`no client ${given.client ?? ''} is declared`)
  const device = deviceBy(declared, client, given.device)
  if (device === undefined)
    return inapplicable(`no logical device ${given.device ?? ''} is declared for the client ${client.name}`)
  if (given.rung === 'listen') return listenAt(bench, name, { client, device, given: own })
  const unreachable = unreachableOn(declared, given)
  if (unreachable !== undefined) return inapplicable(unreachable)
  const connection = await bench.connections.connect(name, { client, device, given: own }, given.over)
  if (given.rung === 'closed') return UP
  return notClimbed(bench, connection, await climbLine(bench, connection, given)) ?? associate(bench, connection, given)
}

/** Where the declaration says that the meter pushes to, and nowhere else. */
async function listenAt(bench: Bench, name: string, who: Who): Promise<Climb> {
  const { push } = bench.declared
  if (push === undefined || who.given.listen !== push.destination)
    return inapplicable('testing.push.destination does not say where the meter pushes to')
  const { port } = await bench.connections.hearCalls(name, who, push.listen)
  const opening = await port.open()
  return opening.is === 'fault' ? { is: 'fault', fault: faultSeen(opening.fault) } : UP
}

const inapplicable = (why: string): Climb => ({ is: 'inapplicable', why })

/** Why no meter like this has the rung; undefined: it may have. */
function unreachableOn({ signOn, port }: Declared, { rung }: Given): string | undefined {
  if (rung === 'sign-on' && !signOn) return `the port ${port} has no sign-on`
  if (rung === 'sign-on' && signOn?.modes.every((mode) => mode === 'D')) return 'a meter of mode D takes no request'
  const aboveSignOn = rung !== 'port' && rung !== 'closed' && rung !== 'sign-on'
  if (aboveSignOn && signOn && !signOn.modes.includes('E'))
    return 'mode E is not declared: there is no HDLC behind the sign-on'
  return undefined
}

async function climbLine(bench: Bench, connection: Connection, given: Given): Promise<Climbed> {
  const { line, link } = connection
  const { responseMs } = bench.declared.timing
  const opened = await climbToPort(line.port, responseMs * 2)
  if (opened.is !== 'up') return opened
  const { opening } = line.port
  if (opening?.is === 'open') connection.lastLocal = opening.local
  const ledger = newLedger()
  if (given.rung === 'port') {
    if (given.over === undefined) await line.signOn?.toBeginning(ledger)
    return opened
  }
  if (given.rung === 'sign-on' && line.signOn) return climbToSignOn(line.signOn, ledger)
  if (!link) return opened
  const ndm = await climbToNdm(link, line.signOn, responseMs, ledger)
  if (ndm.is !== 'up' || given.rung === 'ndm') return ndm
  return climbToLink(
    link,
    given.rung === 'link' || given.rung === 'association' || given.rung === 'pending' ? proposalOf(given) : {},
    responseMs,
    ledger,
  )
}

/** Undefined: it is up. */
function notClimbed(bench: Bench, connection: Connection, climbed: Climbed): Climb | undefined {
  switch (climbed.is) {
    case 'up':
      return undefined
    case 'fault':
      return { is: 'fault', fault: faultSeen(climbed.fault) }
    case 'down': {
      const { rung, expected, heard, refused } = climbed
      const found =
        refused === undefined
          ? heardText(heard)
          : refused === 'refused'
            ? 'the connection was refused'
            : 'no answer to the connection'
      const outcome =
        heard === undefined ? {} : { outcome: heardOutcome(heard, questionOn(bench, connection), newLedger()) }
      return { is: 'down', rung, expected, found, ...outcome }
    }
    default:
      return climbed satisfies never
  }
}

async function associate(bench: Bench, connection: Connection, given: Given): Promise<Climb> {
  if (given.rung !== 'association' && given.rung !== 'pending') return UP
  if (given.rung === 'pending' && !isHls(connection.client.mechanism))
    return inapplicable(`the client ${connection.client.name} has no HLS: nothing is pending`)
  const proposal = initiationOf(given)
  if (!proposal.ok)
    return { is: 'fault', fault: { code: 'proposal', text: `propose: ${proposal.failure}`, hint: 'Mend the case.' } }
  const opening = { bench, connection, window: bench.answerWindow(), ledger: newLedger() }
  const opened =
    given.rung === 'pending' ? await propose(opening, proposal.value) : await openedBy(opening, proposal.value)
  if (!opened.ok) return inapplicable(opened.failure)
  const outcome = opened.value
  const fault = connection.port.ended?.is === 'fault' ? connection.port.ended.fault : undefined
  if (fault) return { is: 'fault', fault: faultSeen(fault) }
  const reached = connection.association !== undefined && isPending(connection) === (given.rung === 'pending')
  if (reached) return UP
  const expected =
    connection.association === undefined
      ? 'an AARE that accepts'
      : given.rung === 'pending'
        ? 'an AARE that asks for authentication'
        : 'a proof that is taken'
  return { is: 'down', rung: given.rung, expected, found: outcome.text, outcome }
}
