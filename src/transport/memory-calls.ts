import { fail, ok } from '../codec/value.ts'
import type { CallId, CallInput, CallOutput, Caller } from '../protocol/line.ts'
import type { VirtualWorld } from '../world/virtual.ts'
import type { Called, Listen } from './calls.ts'

/** Who calls, as the tester sees it. */
const CALLER = 'meter'

/** A network in virtual time, over which a meter calls: whoever listens at an address is reached, all others refuse. */
export function memoryCalls(world: VirtualWorld, caller: Caller): Listen {
  const places = new Map<string, Called[]>()
  /** Where a call that was answered goes. */
  const calls = new Map<CallId, string>()

  world.join({ deadline: () => caller.deadline(), act: (now) => obey(caller.expire(now)) })

  function obey(outputs: readonly CallOutput[]): void {
    for (const output of outputs) world.schedule(Math.max(output.at, world.now()), () => carryOut(output))
  }

  const tell = (input: CallInput): void => obey(caller.receive(input))

  function carryOut(output: CallOutput): void {
    const at = world.now()
    switch (output.is) {
      case 'call': {
        const { call, to } = output
        if (places.has(to)) calls.set(call, to)
        tell({ is: places.has(to) ? 'answered' : 'failed', call, at })
        return
      }
      case 'octets': {
        const burst = { octets: output.octets.slice(), firstEnd: at, octetMs: 0 }
        arrive(calls.get(output.call), `${CALLER}:${output.call}`, { is: 'octets', burst })
        return
      }
      case 'close':
        arrive(calls.get(output.call), `${CALLER}:${output.call}`, { is: 'closed', at })
        calls.delete(output.call)
        return
      case 'datagram':
        arrive(output.to, CALLER, { is: 'datagram', octets: output.octets.slice(), at, from: CALLER })
        return
      default:
        output satisfies never
    }
  }

  function arrive(to: string | undefined, from: string, arrival: Called['arrival']): void {
    if (to !== undefined) places.get(to)?.push({ from, arrival })
  }

  return async (address) => {
    if (places.has(address))
      return fail({ code: 'busy', where: address, detail: 'somebody listens there', hint: 'Close the other listener.' })
    const inbox: Called[] = []
    places.set(address, inbox)
    return ok({
      address,
      next: (until) => world.next(until, () => inbox.shift()),
      async close() {
        places.delete(address)
        for (const [call, to] of calls) {
          if (to !== address) continue
          calls.delete(call)
          tell({ is: 'ended', call, at: world.now() })
        }
      },
    })
  }
}
