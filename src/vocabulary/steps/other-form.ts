// A request in the form that is declared, and where it is refused in the others that are known of it (ruling Y28).
import { getRequest } from '../../client/services.ts'
import type { Manner } from '../../client/security-material.ts'
import type { Outcome, Refusal } from '../../engine/vocabulary.ts'
import type { Came } from '../evidence.ts'
import { attributeOf } from './objects.ts'
import { rungWords } from './rung.ts'
import { serve, type Served } from './service.ts'
import { success, within, type Doing } from './word.ts'

export interface Forms<Form extends string> {
  /** What is asked in them: `general-ciphering`. */
  readonly of: string
  readonly all: readonly Form[]
  readonly declared: Form
  readonly manner: (form: Form) => Manner
  /** As it goes on behind `is taken only`. */
  readonly words: Readonly<Record<Form, string>>
}

/** An answer that does not open is one all the same: how answers are protected, others judge. */
const isTaken = ({ outcome, opened }: Served): boolean =>
  'executed' in outcome.names || opened?.seen?.verified === 'wrong'

/** A meter may give up an association over what does not verify. */
async function anew(doing: Doing): Promise<Doing> {
  await rungWords['rung.ensure']?.run(within(doing))
  return { ...doing, connection: doing.bench.connections.get(doing.connection.name) ?? doing.connection }
}

/** `success`: as it is declared; `taken`: in which form. */
export async function formTaken<Form extends string>(
  doing: Doing,
  { of, all, declared, manner, words }: Forms<Form>,
): Promise<Came | Refusal> {
  const attribute = attributeOf(doing.args['attribute'])
  if (attribute === undefined) return { refusal: 'attribute: expected class-id, instance-id and attribute-id' }
  const ask = (at: Doing, form: Form): Promise<Served> =>
    serve(within(at), getRequest(at.connection.nextInvokeId(), attribute), manner(form))
  const asDeclared: Outcome = success(within(doing), `${of} is taken as it is declared`, { names: { taken: declared } })
  const first = await ask(doing, declared)
  if (isTaken(first)) return { outcome: asDeclared }
  if (first.outcome.advice !== undefined) return { outcome: first.outcome }
  // what was not answered may have been lost
  if (first.outcome.noise && isTaken(await ask(await anew(doing), declared))) return { outcome: asDeclared }
  const refused: Outcome = { ...first.outcome, broken: [], names: { refused: of } }
  for (const other of all) {
    if (other === declared) continue
    const now = await anew(doing)
    if (!isTaken(await ask(now, other))) continue
    const text = `${of} is taken only ${words[other]}`
    return { outcome: { ...refused, noise: false, names: { taken: other }, text } }
  }
  await anew(doing)
  return { outcome: refused }
}
