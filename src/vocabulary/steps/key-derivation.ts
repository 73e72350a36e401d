// key.derivation: how the meter derives the keys that are agreed on with an APDU in general-ciphering (IEC 62056-5-3, Key derivation).
import { getRequest } from '../../client/services.ts'
import type { Outcome } from '../../engine/vocabulary.ts'
import { cipheredIn } from '../../protocol/security/ciphered-apdu.ts'
import { KDF_VARIANTS, type KdfVariant } from '../../protocol/security/kdf-variants.ts'
import type { Came } from '../evidence.ts'
import { attributeOf } from './objects.ts'
import { serve, type Served } from './service.ts'
import { FIELDS, success, within, type Doing, type Word } from './word.ts'

const SCHEMES = ['one-pass', 'static-unified'] as const
type Scheme = (typeof SCHEMES)[number]

/** Undefined: nothing came that a key was agreed on for. `unknown`: it cannot be opened, whatever the derivation. */
function derivationIn({ opened, outcome }: Served, { connection }: Doing): KdfVariant | 'unknown' | undefined {
  const { outer, seen } = opened ?? {}
  if (outer === undefined || 'failure' in outer || seen?.key !== 'agreed-key')
    return 'executed' in outcome.names ? 'right' : undefined
  const ciphered = cipheredIn(outer.apdu)
  return (ciphered && connection.security?.derivationOf(ciphered)) ?? 'unknown'
}

const as = (outcome: Outcome, names: Outcome['names'], text: string): Came => ({
  outcome: { ...outcome, broken: [], noise: false, names, text },
})

const derivation: Word = {
  says: 'see how keys are derived',
  properties: { scheme: { enum: SCHEMES }, attribute: FIELDS },
  required: ['scheme', 'attribute'],
  outcomes: ['success', 'refused', 'variant', 'unknown'],
  alive: true,
  async run(doing) {
    const { args, connection } = doing
    const attribute = attributeOf(args['attribute'])
    const scheme: Scheme = SCHEMES.find((each) => each === args['scheme']) ?? 'one-pass'
    if (attribute === undefined) return { refusal: 'attribute: expected class-id, instance-id and attribute-id' }
    const ask = (variant: KdfVariant): Promise<Served> =>
      serve(within(doing), getRequest(connection.nextInvokeId(), attribute), {
        form: 'general-ciphering',
        keyInfo: scheme,
        derivation: variant,
      })
    const first = await ask('right')
    const answered = derivationIn(first, doing)
    if (answered === 'right') return { outcome: success(doing, 'the key is derived as it should be') }
    if (answered === 'unknown')
      return as(first.outcome, { unknown: true }, 'the answer cannot be opened, however its key is derived')
    if (answered !== undefined) return as(first.outcome, { variant: answered }, `the key of the answer: ${answered}`)
    for (const variant of KDF_VARIANTS) {
      if (variant === 'right') continue
      const tried = await ask(variant)
      if (derivationIn(tried, doing) !== undefined)
        return as(tried.outcome, { variant }, `the key of a request is taken: ${variant}`)
    }
    return { outcome: first.outcome }
  },
}

export const derivationWords: Readonly<Record<string, Word>> = { 'key.derivation': derivation }
