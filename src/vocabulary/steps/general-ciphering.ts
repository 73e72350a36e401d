// general-ciphering.header: whether the meter takes general-ciphering with its header authenticated, as the standard has it, or with the header left out (ruling Y28).
import { getRequest } from '../../client/services.ts'
import type { Outcome } from '../../engine/vocabulary.ts'
import { AADS, type Aad } from '../../protocol/security/ciphered-apdu.ts'
import { attributeOf } from './objects.ts'
import { rungWords } from './rung.ts'
import { serve, type Served } from './service.ts'
import { FIELDS, success, within, type Doing, type Word } from './word.ts'

const WORDS = {
  'with-header': 'only with its header authenticated',
  'without-header': 'only with its header left out of what is authenticated',
} as const satisfies Record<Aad, string>

/** An answer that does not open is one all the same: how answers are protected, others judge. */
const isTaken = ({ outcome, opened }: Served): boolean =>
  'executed' in outcome.names || opened?.seen?.verified === 'wrong'

/** A meter may give up an association over a tag that is wrong. */
async function anew(doing: Doing): Promise<Doing> {
  await rungWords['rung.ensure']?.run(within(doing))
  return { ...doing, connection: doing.bench.connections.get(doing.connection.name) ?? doing.connection }
}

const header: Word = {
  says: 'see what general-ciphering authenticates',
  properties: { attribute: FIELDS },
  required: ['attribute'],
  outcomes: ['success', 'taken', 'refused'],
  alive: true,
  async run(doing) {
    const attribute = attributeOf(doing.args['attribute'])
    if (attribute === undefined) return { refusal: 'attribute: expected class-id, instance-id and attribute-id' }
    const declared = doing.connection.security?.aad ?? 'with-header'
    const ask = (at: Doing, aad: Aad): Promise<Served> =>
      serve(within(at), getRequest(at.connection.nextInvokeId(), attribute), { form: 'general-ciphering', aad })
    const asDeclared: Outcome = success(within(doing), 'general-ciphering is taken as it is declared', {
      names: { taken: declared },
    })
    const first = await ask(doing, declared)
    if (isTaken(first)) return { outcome: asDeclared }
    if (first.outcome.advice !== undefined) return { outcome: first.outcome }
    const refused: Outcome = { ...first.outcome, broken: [], names: { refused: 'general-ciphering' } }
    for (const other of AADS) {
      if (other === declared) continue
      const now = await anew(doing)
      if (!isTaken(await ask(now, other))) continue
      // what was not answered may have been lost
      if (first.outcome.noise && isTaken(await ask(await anew(now), declared))) return { outcome: asDeclared }
      const text = `general-ciphering is taken ${WORDS[other]}`
      return { outcome: { ...refused, noise: false, names: { taken: other }, text } }
    }
    await anew(doing)
    return { outcome: refused }
  },
}

export const generalCipheringWords: Readonly<Record<string, Word>> = { 'general-ciphering.header': header }
