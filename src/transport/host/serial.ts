import { fail, ok, type Result } from '../../codec/value.ts'
import type { LineSettings, Party } from '../../protocol/line.ts'
import type { RealWorld } from '../../world/real.ts'
import type { LineFault } from '../transport.ts'
import { serialEnd, type Plug } from '../wire.ts'
import { drive } from './drive.ts'
import type { Hosted } from './host.ts'

/** A meter at the end of a serial line: a real port, or a pseudo-terminal for other programs. */
export async function hostSerial(
  url: string,
  initial: LineSettings,
  plug: Plug,
  party: Party,
  world: RealWorld,
): Promise<Result<Hosted, LineFault>> {
  const end = serialEnd(url, world, initial, plug, (arrival) => {
    if (arrival.is === 'octets') driver.feed({ is: 'octets', peer: 'line', burst: arrival.burst })
    if (arrival.is === 'fault') driver.stop(arrival.fault)
  })
  const driver = drive(party, world, async (output) => {
    if (output.is === 'octets') await end.write(output.octets)
    if (output.is === 'settings') await end.set(output.settings)
  })
  const opening = await end.open()
  if (opening.is === 'fault') {
    driver.stop()
    return fail(opening.fault)
  }
  return ok({
    url,
    ended: driver.ended,
    async close() {
      driver.stop()
      await Promise.allSettled([driver.ended]) // `ended` tells of a party that broke
      await end.close()
    },
  })
}
