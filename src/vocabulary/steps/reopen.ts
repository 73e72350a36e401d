// association.reopen: the right handshake after wrong ones, which also ends a lock-out (rulings G3 and G12).
import { notReached } from './link.ts'
import { DURATION, numberArg, success, within, type Word } from './word.ts'

/** Once refused it is tried again when a lock-out must be over: `locked-out` where that opens it, `out-of-reach` where before not even the line or the link were there. */
const reopen: Word = {
  says: 'open the association afresh',
  properties: { lockoutMs: DURATION },
  outcomes: ['success', 'locked-out', 'out-of-reach', 'refused'],
  alive: true,
  async run(doing) {
    const { bench, args } = doing
    const { name, given } = doing.connection
    const climb = () => bench.climb(name, { ...given, rung: 'association' }, given)
    const there = (text: string) => {
      const connection = bench.connections.get(name) ?? doing.connection
      return success({ ...within(doing), connection }, text)
    }
    const first = await climb()
    if (first.is === 'up') return { outcome: there('the association is open') }
    const lockoutMs = numberArg(args, 'lockoutMs') ?? bench.declared.timing.lockoutMs
    await bench.pause(lockoutMs)
    const again = await climb()
    if (again.is !== 'up') return { outcome: { ...notReached(again), broken: [] } }
    const opened = there(`the association is open again after ${lockoutMs} ms`)
    const was = first.is === 'down' && first.rung !== 'association' ? 'out-of-reach' : 'locked-out'
    return { outcome: { ...opened, names: { [was]: true } } }
  },
}

export const reopenWords: Readonly<Record<string, Word>> = { 'association.reopen': reopen }
