import type { Ms, Party, PartyInput, PartyOutput } from '../../protocol/line.ts'
import type { RealWorld } from '../../world/real.ts'
import type { LineFault } from '../transport.ts'

/** Runs a sans-IO party in real time. */
export interface Driver {
  feed(input: PartyInput): void
  /** No more is done; with the fault of the line, if that is why. */
  stop(fault?: LineFault): void
  /** Settles when it has stopped; rejects if the party breaks. */
  readonly ended: Promise<LineFault | undefined>
}

/** `perform` does what the party wants done, when it is time; the next thing is done when its promise has settled. */
export function drive(party: Party, world: RealWorld, perform: (output: PartyOutput) => Promise<void>): Driver {
  const inputs: PartyInput[] = []
  const due: { readonly at: Ms; readonly output: PartyOutput }[] = []
  /** What was given for a peer is not overtaken by what is given next. */
  const lastAt = new Map<string, Ms>()
  let stopped = false
  let why: LineFault | undefined

  function plan(outputs: readonly PartyOutput[]): void {
    for (const output of outputs) {
      const peer = output.is === 'settings' ? 'line' : output.peer
      const at = Math.max(output.at, lastAt.get(peer) ?? 0)
      lastAt.set(peer, at)
      const place = due.findIndex((later) => later.at > at)
      due.splice(place < 0 ? due.length : place, 0, { at, output })
    }
  }

  async function run(): Promise<LineFault | undefined> {
    while (!stopped) {
      const until = Math.min(due[0]?.at ?? Infinity, party.deadline())
      const input = await world.next(until, () => inputs.shift() ?? (stopped ? 'stop' : undefined))
      if (input === 'stop') break
      if (input !== undefined) {
        plan(party.receive(input))
        if (input.is === 'closed' || input.is === 'reset') lastAt.delete(input.peer)
      }
      while (due[0] !== undefined && due[0].at <= world.now() && !stopped) {
        const first = due.shift()
        if (first !== undefined) await perform(first.output)
      }
      if (inputs.length === 0 && party.deadline() <= world.now()) plan(party.expire(world.now()))
    }
    return why
  }

  return {
    feed(input) {
      inputs.push(input)
      world.wake()
    },
    stop(fault) {
      stopped = true
      why ??= fault
      world.wake()
    },
    ended: run(),
  }
}
