// sign-on.readout: option select, and the readout at the rate that was chosen, or else at 300 Bd (ruling S10).
import type { Ledger } from '../../client/ledger.ts'
import { listen } from '../../client/listening.ts'
import type { Heard } from '../../client/receiver.ts'
import { isIdentification, optionSelect, type SignOn } from '../../client/sign-on.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import type { Came } from '../evidence.ts'
import { silent } from '../outcomes/outcome.ts'
import { NO_SIGN_ON, rateOf } from './sign-on.ts'
import type { Doing, Word } from './word.ts'

const READOUT = '0'

const isReadout = (heard: Heard | undefined): boolean => heard?.is === 'message' && heard.message.is === 'data-readout'

/** Chooses, listens at this rate, and hears the rest out: at a wrong rate a readout comes in pieces that make no sense. */
async function readAt(
  { connection, bench }: Doing,
  signOn: SignOn,
  z: string,
  baud: number,
  ledger: Ledger,
): Promise<Heard | undefined> {
  const { end } = await signOn.tell(optionSelect(READOUT, z, READOUT))
  signOn.place = 'started'
  await signOn.set({ baud, format: signOn.options.opening.format })
  const [, latest] = bench.declared.timing.signOnReactionMs
  const heard = await listen(connection.port, { since: end, until: end + 2 * latest }, ledger)
  if (!isReadout(heard)) await signOn.quiet(2 * latest, ledger)
  return heard
}

async function readOut(doing: Doing): Promise<Came | Refusal> {
  const { bench, connection, ledger } = doing
  const { signOn } = connection.line
  if (!signOn) return NO_SIGN_ON
  const z = rateOf(doing, signOn)
  const chosen = signOn.rateFor(z)
  const opening = signOn.options.opening.baud
  const atChosen = await readAt(doing, signOn, z, chosen, ledger)
  if (isReadout(atChosen) || chosen === opening) return told(doing, atChosen, chosen)
  const identified = await signOn.identify(ledger)
  if (!isIdentification(identified)) return told(doing, atChosen, chosen)
  const atOpening = await readAt(doing, signOn, z, opening, ledger)
  ledger.surplus.length = 0
  return isReadout(atOpening) ? told(doing, atOpening, opening) : told(doing, atChosen, chosen)

  function told({ connection: own }: Doing, heard: Heard | undefined, baud: number): Came {
    const outcome =
      heard === undefined ? silent(bench.declared.timing.signOnReactionMs[1]) : bench.told(own, heard, ledger)
    return { outcome, ...(heard ? { heard } : {}), saves: { baud } }
  }
}

export const readoutWords: Readonly<Record<string, Word>> = {
  'sign-on.readout': {
    says: 'select the readout',
    properties: { rate: {} },
    outcomes: ['data-readout', 'silent', 'garbled'],
    saves: ['baud'],
    alive: true,
    run: readOut,
  },
}
