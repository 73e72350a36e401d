// association.reflect: a challenge of the meter is sent back to it, for an answer to it from the meter itself (IEC 62056-5-3, High Level Security; ruling Y4).
import { aarqFor } from '../../client/services.ts'
import { isPending } from '../associating.ts'
import { isTaken, proofOn, replyToHls, returnedProof } from '../handshake.ts'
import { serve } from './service.ts'
import { NAME, textArg, within, type Word } from './word.ts'

/** `of`: the connection whose association waits for pass 3. What the meter says of the challenge on this connection goes there as its proof. */
const reflect: Word = {
  says: 'send a challenge of the meter back to it',
  properties: { of: NAME },
  required: ['of'],
  outcomes: ['refused', 'rejected', 'taken', 'told', 'opened'],
  alive: false,
  async run(doing) {
    const { bench, connection, args } = doing
    const first = bench.connections.get(textArg(args, 'of') ?? '')
    const challenge = first?.association?.pending
    if (first === undefined || challenge === undefined)
      return { refusal: 'association.reflect: expected a connection (of) on which a challenge waits for its answer' }
    const credentials = bench.credentials(connection)
    if (credentials === undefined) return { refusal: `the secret of the client ${connection.client.name} is not known` }
    const { outcome } = await serve(doing, { is: 'aarq', value: aarqFor({ ...credentials, value: challenge }, {}) })
    if (!isPending(connection)) return { outcome: named('aare' in outcome.names ? 'rejected' : undefined) }
    const right = proofOn(bench, connection)
    if (!right.ok) return { refusal: right.failure }
    const proofless = right.value.map((octet, at, all) => (at === all.length - 1 ? octet ^ 1 : octet))
    const { answer } = await serve(within(doing), replyToHls(connection, proofless))
    const told = answer && returnedProof(answer)
    if (told === undefined) return { outcome: named('taken') }
    const used = await serve({ ...within(doing), connection: first }, replyToHls(first, told))
    return { outcome: named(used.answer !== undefined && isTaken(used.answer) ? 'opened' : 'told') }

    function named(name: string | undefined): typeof outcome {
      return name === undefined ? outcome : { ...outcome, names: { [name]: true }, text: TEXTS[name] ?? outcome.text }
    }
  },
}

const TEXTS: Readonly<Record<string, string>> = {
  rejected: 'an AARE that rejects the challenge',
  taken: 'a challenge that is taken, and nothing is told to who proves nothing',
  told: 'an answer to the own challenge, which opens nothing',
  opened: 'an association that is open: the meter itself has answered its challenge',
}

export const reflectWords: Readonly<Record<string, Word>> = { 'association.reflect': reflect }
