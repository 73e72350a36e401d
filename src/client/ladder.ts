// The rungs port → sign-on → NDM → link, climbed afresh. What was not reached is told with what came instead.
import type { LinkParameters } from '../protocol/hdlc/negotiate.ts'
import type { Ms } from '../protocol/line.ts'
import type { LineFault } from '../transport/transport.ts'
import { newLedger, type Ledger } from './ledger.ts'
import { isForUs, type Link, type Reaction } from './link.ts'
import type { Port } from './port.ts'
import type { Heard } from './receiver.ts'
import { isIdentification, type SignOn } from './sign-on.ts'

export type Rung = 'port' | 'sign-on' | 'ndm' | 'link' | 'association'

/** `heard` undefined: nothing came. */
export type Climbed =
  | { readonly is: 'up' }
  | {
      readonly is: 'down'
      readonly rung: Rung
      readonly expected: string
      readonly heard: Heard | undefined
      readonly refused?: 'refused' | 'timed-out'
    }
  | { readonly is: 'fault'; readonly fault: LineFault }

const UP: Climbed = { is: 'up' }

/** A port, open. How long a connection may take to open is as long as anything else. */
export async function climbToPort(port: Port, withinMs: Ms): Promise<Climbed> {
  if (port.isOpen) return UP
  await port.close('close')
  const opening = await port.open({ withinMs })
  switch (opening.is) {
    case 'open':
      return UP
    case 'fault':
      return { is: 'fault', fault: opening.fault }
    case 'refused':
    case 'timed-out':
      return { is: 'down', rung: 'port', expected: 'a connection', heard: undefined, refused: opening.is }
    default:
      return opening satisfies never
  }
}

/** Identified, at the opening rate. */
export async function climbToSignOn(signOn: SignOn, ledger: Ledger = newLedger()): Promise<Climbed> {
  const identified = await signOn.identify(ledger)
  return isIdentification(identified) ? UP : down('sign-on', 'an identification', identified)
}

/** NDM, seen by UA or DM to DISC. A port of mode E that is at its rate already stays there, unless nothing answers any more. */
export async function climbToNdm(
  link: Link,
  signOn: SignOn | undefined,
  responseMs: Ms,
  ledger: Ledger = newLedger(),
): Promise<Climbed> {
  if (signOn?.place === 'hdlc') {
    const there = await stillThere(link, responseMs, ledger)
    if (there.is !== 'down') return there
  }
  if (signOn) {
    const identified = await climbToSignOn(signOn, ledger)
    if (identified.is !== 'up') return identified
    const instead = await signOn.toHdlc(ledger)
    if (instead !== undefined) return down('sign-on', 'the echo of the option select, or nothing', instead)
  }
  return disconnect(link, responseMs, ledger)
}

/** The end of a link may end the sign-on as well (H41): after UA another DISC shows whether the port is still at its rate. */
async function stillThere(link: Link, responseMs: Ms, ledger: Ledger): Promise<Climbed> {
  const reaction = await link.setMode(link.disc(), 2 * responseMs, ledger, timesOn(link))
  const wasUp = reaction.is === 'frame' && reaction.frame.control.is === 'ua'
  return wasUp ? disconnect(link, responseMs, ledger) : reacted('ndm', 'UA or DM', reaction, link, ['dm'])
}

async function disconnect(link: Link, responseMs: Ms, ledger: Ledger): Promise<Climbed> {
  const reaction = await link.setMode(link.disc(), 2 * responseMs, ledger, timesOn(link))
  return reacted('ndm', 'UA or DM', reaction, link, ['ua', 'dm'])
}

/** From NDM: SNRM → UA. */
export async function climbToLink(
  link: Link,
  proposal: Partial<LinkParameters>,
  responseMs: Ms,
  ledger: Ledger = newLedger(),
): Promise<Climbed> {
  return reacted('link', 'UA', await link.setMode(link.snrm(proposal), 2 * responseMs, ledger, timesOn(link)), link, [
    'ua',
  ])
}

/** Nothing is lost in TCP: there a second command would only meet the late answer to the first. */
const timesOn = ({ port }: Link): number => (port.transport.kind === 'stream' ? 1 : 2)

function reacted(rung: Rung, expected: string, reaction: Reaction, link: Link, wanted: readonly string[]): Climbed {
  if (reaction.is === 'silent') return down(rung, expected, undefined)
  const right =
    reaction.is === 'frame' && wanted.includes(reaction.frame.control.is) && isForUs(link.addresses, reaction.frame)
  return right ? UP : down(rung, expected, reaction.heard)
}

function down(rung: Rung, expected: string, heard: Heard | undefined): Climbed {
  return heard?.is === 'fault' ? { is: 'fault', fault: heard.fault } : { is: 'down', rung, expected, heard }
}
