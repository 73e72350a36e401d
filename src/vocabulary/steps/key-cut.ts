// key.cut · key.find: the power goes while keys are transferred, and which ones the meter has afterwards (IEC 62056-6-2, Security setup: key_transfer).
import type { Outcome } from '../../engine/vocabulary.ts'
import { RESTORING } from './journal.ts'
import { keyChangeOf, ringsToTry, type KeyChange, type Ring } from './key-journal.ts'
import { sendingFor } from './key-restore.ts'
import { sendKeys, TRANSFERRED } from './key-sending.ts'
import { newKeys, whoseKeys } from './key-transfer.ts'
import { powerCut } from './meter.ts'
import { DURATION, NAME, numberArg, type Doing, type Word } from './word.ts'

const cut: Word = {
  says: 'transfer new keys, and switch the meter off meanwhile',
  properties: {
    keys: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: TRANSFERRED } },
    afterMs: DURATION,
  },
  required: ['keys', 'afterMs'],
  outcomes: ['success'],
  alive: false,
  async run(doing) {
    const whose = whoseKeys(doing)
    if ('refusal' in whose) return whose
    const list = await newKeys(doing, whose)
    if ('refusal' in list) return list
    return powerCut(doing, numberArg(doing.args, 'afterMs') ?? 0, () => sendKeys(doing, whose, list))
  },
}

/**
 * Each set is tried in an association of its own: the old one, the new one, and mixtures, of which none must open. `first`: the new one is tried
 * before the old one, for a failed attempt may count for a lock-out.
 */
const find: Word = {
  says: 'find out which keys the meter has',
  properties: { client: NAME, first: { const: 'new' } },
  outcomes: ['old', 'new', 'mixed', 'refused', 'unanswered'],
  alive: true,
  async run(doing) {
    const { bench } = doing
    const whose = whoseKeys(doing)
    if ('refusal' in whose) return whose
    const changes = changesOf(doing, whose.client.name)
    const [first] = changes
    if (first === undefined) return { refusal: `key.find: no key of ${whose.client.name} was changed` }
    const { old, others } = ringsToTry(changes, bench.setup)
    const [all, ...mixtures] = others
    const pure = [
      ['old', old],
      ['new', all],
    ] as const
    const sets: readonly (readonly [string, Ring | undefined])[] = [
      ...(doing.args['first'] === 'new' ? pure.toReversed() : pure),
      ...mixtures.map((ring) => ['mixed', ring] as const),
    ]
    const { opens } = sendingFor(doing, whose.client)
    let text = 'no set of keys is known'
    let answered = false
    for (const [name, ring] of sets) {
      const opened = ring === undefined ? undefined : await opens(first, ring)
      if (opened?.is === 'open') {
        const connection = bench.connections.get(RESTORING)
        if (connection) await bench.connections.drop(connection)
        return { outcome: told({ [name]: true }, `the ${name} keys open an association`) }
      }
      if (opened === undefined) continue
      text = `neither the old keys nor the new ones open an association: ${opened.text}`
      answered ||= opened.answered === true
    }
    return { outcome: told(answered ? { refused: 'nothing-opens' } : { unanswered: true }, text) }
  },
}

const told = (names: Outcome['names'], text: string): Outcome => ({ names, broken: [], noise: false, text })

/** In the order of time. */
const changesOf = ({ bench }: Doing, client: string): readonly KeyChange[] =>
  bench.setup.journal
    .journal()
    .flatMap(({ how, old }) => keyChangeOf(how, old) ?? [])
    .filter((change) => change.client === client)

export const keyCutWords: Readonly<Record<string, Word>> = { 'key.cut': cut, 'key.find': find }
