// For tests: an association of the sacrificial client with the reference meter over TCP, asked APDU by APDU.
import { describedMeter, lines, talk } from '../dialogue.ts'
import { createMeter } from '../meter.ts'
import { aarqOf, glo, gmac, initiate, replyOf, SACRIFICIAL, step, stocOf, type Sealer } from './sealed.ts'

const CLIENT = 4

/** A meter with which the client has an association; counters of it up to 3 are used. */
export function associated(defects: readonly string[] = []) {
  const meter = createMeter(describedMeter('reference'), { defects, random: (count) => new Uint8Array(count).fill(7) })
  talk(meter, 'wrapper', [{ connect: 'a' }])
  let now = 0
  const ask = (apdu: string): string =>
    lines(talk(meter, 'wrapper', [step(apdu, CLIENT)], now))
      .map((line) => line.split(' ')[2]?.slice(16) ?? '')
      .join(' ')
  const open = (sealer: Sealer, counter: number): string => {
    const aare = ask(aarqOf({ title: sealer.title, mechanism: 5, information: initiate(sealer, counter) }))
    return ask(glo('CB', sealer, counter + 2, replyOf(gmac(sealer, counter + 1, stocOf(aare)))))
  }
  open(SACRIFICIAL, 1)
  /** Without power for a while, then a new connection. */
  const restart = (): void => {
    meter.power(false, now)
    meter.power(true, now)
    now = 20_000
    talk(meter, 'wrapper', [{ connect: 'a' }], now)
  }
  return { ask, open, restart }
}
