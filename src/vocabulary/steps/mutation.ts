// apdu.mutate: many APDUs that are a little wrong, from a seed, with signs of life between them.
import { newLedger } from '../../client/ledger.ts'
import { hex } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import type { CosemAttributeDescriptor } from '../../protocol/xdlms/common.ts'
import { seededRandom } from '../../world/random.ts'
import { examineApdu, executionIn } from '../apdu.ts'
import type { Came } from '../evidence.ts'
import { isHarmless } from '../outgoing/harmless.ts'
import { mutated } from '../outgoing/mutate.ts'
import { corpusOf, probeOf } from './mutation-corpus.ts'
import { attributeOf } from './objects.ts'
import { serve } from './service.ts'
import { COUNT, FIELDS, numberArg, success, within, type Doing, type Word } from './word.ts'

const PROBE_EVERY = 20

/** What one stimulus came to; undefined: nothing that is wrong by itself. */
async function sent({ bench, connection }: Doing, octets: Uint8Array): Promise<string | undefined> {
  const ledger = newLedger()
  await bench.drain(connection, ledger)
  const carried = await connection.carrier.exchange(octets, bench.patience(bench.declared.timing.responseMs), ledger)
  if (carried.is === 'silent') return undefined
  if (carried.is === 'other') return bench.told(connection, carried.heard, ledger).text
  const read = examineApdu(carried.apdu)
  return 'failure' in read ? 'an answer that cannot be decoded' : undefined
}

const READ: readonly string[] = ['get', 'read']

/** Undefined: the attribute is read as ever. */
async function lifeless(doing: Doing, attribute: CosemAttributeDescriptor): Promise<string | undefined> {
  const probe = probeOf(doing, attribute)
  if ('refusal' in probe) return probe.refusal
  const { outcome, answer } = await serve(within(doing), probe)
  return answer !== undefined && READ.includes(executionIn(answer) ?? '') ? undefined : outcome.text
}

/** The same rung anew. Undefined: it is not there any more. */
async function rebuilt(doing: Doing): Promise<Doing | undefined> {
  const { bench, connection } = doing
  const climbed = await bench.climb(connection.name, connection.given)
  const now = bench.connections.get(connection.name)
  return climbed.is === 'up' && now !== undefined ? { ...within(doing, doing.args), connection: now } : undefined
}

/** Which of those sent since the last sign of life does it alone. */
async function culprit(
  doing: Doing,
  recent: readonly Uint8Array[],
  attribute: CosemAttributeDescriptor,
): Promise<string> {
  for (const octets of recent) {
    const here = await rebuilt(doing)
    if (here === undefined) return 'the association cannot be opened any more'
    const wrong = (await sent(here, octets)) ?? (await lifeless(here, attribute))
    if (wrong !== undefined) return `${hex(octets)} does it alone`
  }
  return `none of these does it alone: ${recent.map(hex).join(' ')}`
}

async function mutate(doing: Doing, attribute: CosemAttributeDescriptor): Promise<Came | Refusal> {
  const times = numberArg(doing.args, 'times') ?? 1
  const seed = numberArg(doing.args, 'seed') ?? doing.bench.setup.random.below(2 ** 31)
  const random = seededRandom(seed, 'apdu.mutate')
  const corpus = corpusOf(doing, attribute)
  if ('refusal' in corpus) return corpus
  let recent: Uint8Array[] = []
  for (let count = 1; count <= times;) {
    const octets = mutated(corpus[random.below(corpus.length)] ?? new Uint8Array(0), random)
    if (!isHarmless(octets, corpus)) continue
    recent.push(octets)
    const wrong =
      (await sent(doing, octets)) ??
      (count % PROBE_EVERY === 0 || count === times ? await lifeless(doing, attribute) : undefined)
    if (wrong !== undefined) {
      const which = await culprit(doing, recent, attribute)
      const text = `${wrong}, after ${count} of ${times} (seed ${seed}); ${which}`
      return { outcome: { names: { harmed: text }, broken: [], noise: false, text } }
    }
    if (count % PROBE_EVERY === 0) recent = []
    count++
  }
  return { outcome: success(doing, `${times} mutated APDUs (seed ${seed})`), saves: { seed } }
}

export const mutationWords: Readonly<Record<string, Word>> = {
  'apdu.mutate': {
    says: 'send many mutated APDUs',
    properties: { attribute: FIELDS, scratch: FIELDS, value: FIELDS, method: FIELDS, times: COUNT, seed: COUNT },
    required: ['attribute', 'times'],
    outcomes: ['success', 'harmed'],
    saves: ['seed'],
    alive: true,
    async run(doing) {
      const attribute = attributeOf(doing.args['attribute'])
      return attribute
        ? mutate(doing, attribute)
        : { refusal: 'apdu.mutate: expected an attribute (class-id, instance-id, attribute-id)' }
    },
  },
}
