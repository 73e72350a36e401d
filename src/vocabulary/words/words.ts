// All that the language may know of the protocol, before anything runs: what lint checks suites against.
import type { AxisWord, CheckWord, StepWord, Words } from '../../language/words.ts'
import { MESSAGE_NAMES } from '../../protocol/messages.ts'
import { axes } from '../axes.ts'
import { checkArguments, checks } from '../checks/index.ts'
import { listAxes } from '../object-list/axes.ts'
import { stepWords } from '../steps/index.ts'
import type { Word } from '../steps/word.ts'
import { faultComplaint } from './faults.ts'
import { LAYERS } from './layers.ts'
import { messageWord, withParts } from './messages.ts'
import { OUTCOMES } from './outcomes.ts'
import { ROOTS } from './roots.ts'

export interface Catalogued {
  readonly clauses: ReadonlySet<string>
  /** Id or alias → id. */
  readonly defects: ReadonlyMap<string, string>
}

/** Rulings stand among the clauses: `H20` as `ruling.h20`. */
const RULING = 'ruling.'

export const wordsWith = ({ clauses, defects }: Catalogued): Words => ({
  messages: Object.fromEntries(MESSAGE_NAMES.flatMap((name) => messageWord(name))),
  outcomes: OUTCOMES,
  steps: Object.fromEntries(Object.entries(stepWords).map(([name, word]) => [name, stepWord(word)])),
  checks: Object.fromEntries(Object.keys(checks).map((name): [string, CheckWord] => [name, checkWord(name)])),
  axes: Object.fromEntries(
    Object.entries({ ...axes, ...listAxes }).map(([name, { fields }]): [string, AxisWord] => [
      name,
      { fields: ['name', ...withParts(fields)] },
    ]),
  ),
  roots: ROOTS,
  needs: ['power', 'impair'],
  clauses,
  rulings: new Set(
    [...clauses].flatMap((key) => (key.startsWith(RULING) ? [key.slice(RULING.length).toUpperCase()] : [])),
  ),
  defects,
  layers: LAYERS,
  checkFault: faultComplaint,
})

const checkWord = (name: string): CheckWord => {
  const argument = checkArguments[name]
  return argument === undefined ? {} : { argument }
}

const stepWord = ({ properties, required = [], outcomes, saves = [], alive, ofMeter }: Word): StepWord => ({
  arguments: { type: 'object', properties, required, additionalProperties: false },
  outcomes,
  saves,
  alive,
  connection: ofMeter !== true,
})
