// All exchanges of one service, each judged as it passes, and what they come to together.
import { agreedIn } from '../../client/association.ts'
import type { Manner as Protected } from '../../client/security-material.ts'
import { withLogicalNames, type Services } from '../../client/cosem-services.ts'
import { newLedger } from '../../client/ledger.ts'
import { withShortNames } from '../../client/short-names/services.ts'
import type { Agreed } from '../../client/session.ts'
import type { Ask, Irregularity, ServiceOutcome } from '../../client/service-outcome.ts'
import { hex, type Value } from '../../codec/value.ts'
import type { BrokenRule, Outcome, Refusal } from '../../engine/vocabulary.ts'
import type { Came } from '../evidence.ts'
import { UNLISTED } from '../outgoing/short-names.ts'
import { transferRules } from '../implied/transfer.ts'
import type { Names } from '../outcomes/outcome.ts'
import { serveInBlocks, type Windows } from './serve-in-blocks.ts'
import { serve } from './service.ts'
import type { Doing } from './word.ts'

/** What a service that was done gives besides what its last answer says. */
export interface Done {
  readonly names: Names
  readonly saves?: Readonly<Record<string, Value>>
}

/** How a service is asked, where nothing is said as the session has it. */
export interface Manner {
  /** Long requests go in blocks of so many octets. */
  readonly blockOctets?: number
  /** All goes in general block transfer. */
  readonly windows?: Windows
  /** How it is protected; else as the association has it. */
  readonly protection?: Protected
  /** The last request is kept as it was sent: `request`. */
  readonly recorded?: true
  /** What is done when the first answer is there, before anything else is asked. */
  readonly afterTheFirst?: () => Promise<void>
}

/** Nothing was asked of the object: the association's own list does not have it. */
const unlisted = (last: Outcome | undefined, client: string): Outcome => ({
  names: { unlisted: true },
  broken: last?.broken ?? [],
  noise: false,
  text: `no such object in the object list of ${client}: it has no short name`,
  advice: UNLISTED,
})

/** Enough to tell what a meter does wrong in each of its blocks. */
const MOST_BROKEN = 20

/** What protection adds counts among the octets of an APDU. */
function agreedWith({ association, security }: Doing['connection']): Agreed | undefined {
  const agreed = agreedIn(association)
  const size = agreed?.serverMaxReceivePduSize
  if (agreed === undefined || size === undefined || size === 0 || !security?.material.ciphers) return agreed
  return { ...agreed, serverMaxReceivePduSize: Math.max(1, size - security.overhead) }
}

/** Asks by a service, over as many exchanges as it takes. */
export async function conversed<T>(
  doing: Doing,
  service: (services: Services) => Promise<ServiceOutcome<T>>,
  { blockOctets, windows, afterTheFirst, recorded, protection = {} }: Manner,
  done: (value: T) => Done,
): Promise<Came | Refusal> {
  const { bench, connection } = doing
  const exchanges = new Exchanges(doing, {
    ...(windows === undefined ? {} : { windows }),
    ...(afterTheFirst === undefined ? {} : { afterTheFirst }),
    ...(recorded === undefined ? {} : { recorded }),
    protection,
  })
  const agreed = agreedWith(connection)
  const session = {
    ask: exchanges.ask,
    nextInvokeId: () => connection.nextInvokeId(),
    // What goes in general block transfer is never too long for one APDU.
    agreed: agreed && windows ? { ...agreed, serverMaxReceivePduSize: 0 } : agreed,
    ...(blockOctets === undefined ? {} : { blockOctets }),
  }
  const { context } = connection.client
  const services =
    context === 'sn' ? withShortNames(session, bench.learned.namesOf(connection)) : withLogicalNames(session)
  return exchanges.cameTo(await service(services), done)
}

class Exchanges {
  readonly #doing: Doing
  readonly #broken: BrokenRule[] = []
  #last: Outcome | undefined
  #slowestMs: number | undefined
  #afterTheFirst: Manner['afterTheFirst']
  readonly #windows: Windows | undefined
  readonly #protection: Protected
  /** Blocks of general block transfer, and what was irregular about them. */
  #blocks = 0
  readonly #irregular: Irregularity[] = []
  #impossible: string | undefined
  readonly #isRecorded: boolean
  #request: Uint8Array | undefined

  constructor(doing: Doing, { windows, afterTheFirst, recorded, protection = {} }: Omit<Manner, 'blockOctets'>) {
    this.#isRecorded = recorded === true
    this.#doing = doing
    this.#windows = windows
    this.#protection = protection
    this.#afterTheFirst = afterTheFirst
  }

  /** Each exchange has a ledger of its own, so that long transfers are not judged from their beginning again and again. */
  readonly ask: Ask = async (apdu) => {
    const { ledger } = this.#doing
    const own = newLedger(ledger.asked)
    const here: Doing = { ...this.#doing, ledger: own }
    const inBlocks = this.#windows && (await serveInBlocks(here, apdu, this.#windows, this.#protection))
    const served = inBlocks ?? (await serve(here, apdu, this.#protection))
    ledger.passed.push(...own.passed)
    ledger.surplus.push(...own.surplus)
    ledger.unsolicited.push(...own.unsolicited)
    if (typeof served === 'string') {
      this.#impossible = served
      return undefined
    }
    const { outcome, answer } = served
    if ('sent' in served) this.#request = served.sent
    if (inBlocks !== undefined && typeof inBlocks !== 'string') {
      this.#blocks += inBlocks.blocks
      this.#irregular.push(...inBlocks.irregular)
    }
    this.#last = outcome
    for (const rule of outcome.broken) if (this.#broken.length < MOST_BROKEN) this.#broken.push(rule)
    if (outcome.afterMs !== undefined) this.#slowestMs = Math.max(this.#slowestMs ?? 0, outcome.afterMs)
    const next = this.#afterTheFirst
    this.#afterTheFirst = undefined
    await next?.()
    return answer
  }

  cameTo<T>(result: ServiceOutcome<T>, done: (value: T) => Done): Came | Refusal {
    if (this.#impossible !== undefined) return { refusal: this.#impossible }
    if (result.is === 'impossible')
      return {
        refusal: result.why,
        advice: 'Look at what the meter said when the association was opened: it leaves no way to ask this.',
      }
    const last = this.#last
    if (result.is === 'unlisted') return { outcome: unlisted(last, this.#doing.connection.client.name) }
    if (last === undefined) return { refusal: 'nothing was asked' }
    const blocks = result.transfer.blocks + this.#blocks
    const irregular = [...this.#irregular, ...result.transfer.irregular]
    const rules = transferRules(result.is === 'broken' ? [...irregular, result.breach] : irregular)
    const outcome: Outcome = {
      ...last,
      broken: [...this.#broken, ...rules],
      ...(this.#slowestMs === undefined ? {} : { afterMs: this.#slowestMs }),
      ...(blocks === 0 ? {} : { text: `${last.text} after ${blocks} ${blocks === 1 ? 'block' : 'blocks'}` }),
    }
    if (result.is !== 'done') return { outcome }
    const { names, saves } = done(result.value)
    const request = this.#isRecorded && this.#request !== undefined ? { request: hex(this.#request) } : {}
    return { outcome: { ...outcome, names: { ...outcome.names, ...names } }, saves: { ...saves, ...request, blocks } }
  }
}
