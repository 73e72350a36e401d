// Arguments of words that say how a service is conversed: in blocks, in general block transfer, protected otherwise.
import { PROTECTIONS } from '../../client/security-material.ts'
import { isRecord, type JsonRecord } from '../../protocol/json.ts'
import { CIPHERED_FORMS } from '../../protocol/security/ciphered-apdu.ts'
import { GENERAL_SIGNING, PROTECTED_FORMS } from '../../protocol/security/general-signing.ts'
import type { Manner } from './conversation.ts'
import type { Windows } from './serve-in-blocks.ts'
import { COUNT, numberArg } from './word.ts'

export const GENERAL = 'general-block-transfer'

/** Otherwise than the association has it: `{"by": "encrypted", "form": "general-glo"}`. */
const PROTECTION = {
  type: 'object',
  additionalProperties: false,
  properties: { by: { enum: PROTECTIONS }, form: { enum: PROTECTED_FORMS } },
} as const

/**
 * `by: "general-block-transfer"`: the meter sends up to `window` blocks in a turn, the tester such of `octets`. `loseBlock`: one of the answer
 * is treated as lost; `repeatBlock`, `advanceBlock`, `changeBlock`: one of the request is sent twice, before the one in front of it, or with one bit
 * changed; `mixBlock`: from this one on they are those of the same request, protected once more. Of the outcomes, `assembled` is an answer in blocks, whatever it says, and `undisturbed` one where there was no such block.
 */
export const WINDOWS = {
  by: { enum: [GENERAL] },
  window: { type: 'integer', minimum: 1, maximum: 63 },
  octets: COUNT,
  loseBlock: { anyOf: [COUNT, { const: 'last' }] },
  repeatBlock: COUNT,
  advanceBlock: COUNT,
  changeBlock: COUNT,
  mixBlock: COUNT,
  protection: PROTECTION,
} as const

function windowsOf(args: JsonRecord): Windows {
  const octets = numberArg(args, 'octets')
  const lost = args['loseBlock'] === 'last' ? 'last' : numberArg(args, 'loseBlock')
  const repeated = numberArg(args, 'repeatBlock')
  const advanced = numberArg(args, 'advanceBlock')
  const changed = numberArg(args, 'changeBlock')
  const mixed = numberArg(args, 'mixBlock')
  return {
    window: numberArg(args, 'window') ?? 1,
    ...(octets === undefined ? {} : { octets }),
    ...(lost === undefined ? {} : { lost }),
    ...(repeated === undefined ? {} : { repeated }),
    ...(advanced === undefined ? {} : { advanced }),
    ...(changed === undefined ? {} : { changed }),
    ...(mixed === undefined ? {} : { mixed }),
  }
}

/** `by: "block-transfer"`: in blocks of `octets`, though it may fit in one APDU. */
export const BLOCKS = { ...WINDOWS, by: { enum: ['block-transfer', GENERAL] } } as const

/** So that even a short value takes several. */
const SMALL_BLOCK = 4

export function mannerOf(args: JsonRecord): Manner {
  const { by } = args
  const protection = protectionIn(args)
  if (by === 'block-transfer') return { ...protection, blockOctets: numberArg(args, 'octets') ?? SMALL_BLOCK }
  return by === GENERAL ? { ...protection, windows: windowsOf(args) } : protection
}

function protectionIn({ protection }: JsonRecord): Pick<Manner, 'protection'> {
  if (!isRecord(protection)) return {}
  const kind = PROTECTIONS.find((each) => each === protection['by'])
  const form = CIPHERED_FORMS.find((each) => each === protection['form'])
  const signed = protection['form'] === GENERAL_SIGNING
  return { protection: { ...(kind ? { kind } : {}), ...(form ? { form } : {}), ...(signed ? { signed } : {}) } }
}
