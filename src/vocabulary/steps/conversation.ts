// All exchanges of one service, each judged as it passes, and what they come to together.
import { agreedIn } from '../../client/association.ts'
import { withLogicalNames, type Services } from '../../client/cosem-services.ts'
import { newLedger } from '../../client/ledger.ts'
import type { Ask, ServiceOutcome } from '../../client/service-outcome.ts'
import type { Value } from '../../codec/value.ts'
import type { BrokenRule, Outcome, Refusal } from '../../engine/vocabulary.ts'
import type { Came } from '../evidence.ts'
import { transferRules } from '../implied/transfer.ts'
import type { Names } from '../outcomes/outcome.ts'
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
  /** What is done when the first answer is there, before anything else is asked. */
  readonly afterTheFirst?: () => Promise<void>
}

/** Enough to tell what a meter does wrong in each of its blocks. */
const MOST_BROKEN = 20

/** Asks by a service, over as many exchanges as it takes. */
export async function conversed<T>(
  doing: Doing,
  service: (services: Services) => Promise<ServiceOutcome<T>>,
  { blockOctets, afterTheFirst }: Manner,
  done: (value: T) => Done,
): Promise<Came | Refusal> {
  const { connection } = doing
  const exchanges = new Exchanges(doing, afterTheFirst)
  const agreed = agreedIn(connection.association)
  const services = withLogicalNames({
    ask: exchanges.ask,
    nextInvokeId: () => connection.nextInvokeId(),
    agreed,
    ...(blockOctets === undefined ? {} : { blockOctets }),
  })
  return exchanges.cameTo(await service(services), done)
}

class Exchanges {
  readonly #doing: Doing
  readonly #broken: BrokenRule[] = []
  #last: Outcome | undefined
  #slowestMs: number | undefined
  #afterTheFirst: Manner['afterTheFirst']

  constructor(doing: Doing, afterTheFirst: Manner['afterTheFirst']) {
    this.#doing = doing
    this.#afterTheFirst = afterTheFirst
  }

  /** Each exchange has a ledger of its own, so that long transfers are not judged from their beginning again and again. */
  readonly ask: Ask = async (apdu) => {
    const { ledger } = this.#doing
    const own = newLedger(ledger.asked)
    const { outcome, answer } = await serve({ ...this.#doing, ledger: own }, apdu)
    ledger.passed.push(...own.passed)
    ledger.surplus.push(...own.surplus)
    ledger.unsolicited.push(...own.unsolicited)
    this.#last = outcome
    for (const rule of outcome.broken) if (this.#broken.length < MOST_BROKEN) this.#broken.push(rule)
    if (outcome.afterMs !== undefined) this.#slowestMs = Math.max(this.#slowestMs ?? 0, outcome.afterMs)
    const next = this.#afterTheFirst
    this.#afterTheFirst = undefined
    await next?.()
    return answer
  }

  cameTo<T>(result: ServiceOutcome<T>, done: (value: T) => Done): Came | Refusal {
    if (result.is === 'impossible') return { refusal: result.why }
    const last = this.#last
    if (last === undefined) return { refusal: 'nothing was asked' }
    const { blocks, irregular } = result.transfer
    const rules = transferRules(result.is === 'broken' ? [...irregular, result.breach] : irregular)
    const outcome: Outcome = {
      ...last,
      broken: [...this.#broken, ...rules],
      ...(this.#slowestMs === undefined ? {} : { afterMs: this.#slowestMs }),
      ...(blocks === 0 ? {} : { text: `${last.text} after ${blocks} ${blocks === 1 ? 'block' : 'blocks'}` }),
    }
    if (result.is !== 'done') return { outcome }
    const { names, saves } = done(result.value)
    return { outcome: { ...outcome, names: { ...outcome.names, ...names } }, saves: { ...saves, blocks } }
  }
}
