// read · write · invoke
import { fail, ok, type Result } from '../../codec/value.ts'
import { isRecord } from '../../protocol/json.ts'
import { askedOf, dataOf, invokedOf } from './arguments.ts'
import { invokeMethod, journalled, readAttribute, writeAttribute } from './attribute-services.ts'
import type { Manner } from './conversation.ts'
import { BLOCKS, mannerOf, WINDOWS } from './manner.ts'
import { FIELDS, isRefusal, within, type Doing, type Word } from './word.ts'

/** `during`: what is invoked on another connection as soon as the first answer is there; `done` is told when it was carried out. */
function disturbed({ bench, args: { during }, ...doing }: Doing, done: () => void): Result<Manner, string> {
  if (during === undefined) return ok({})
  const { on, method } = isRecord(during) ? during : {}
  const other = typeof on === 'string' ? bench.connections.get(on) : undefined
  if (other === undefined || method === undefined) return fail('during: expected a connection (on) and a method')
  const here: Doing = { ...within({ bench, args: {}, ...doing }, { method }), connection: other }
  return ok({
    async afterTheFirst() {
      const came = await invoke.run(here)
      if (!isRefusal(came) && 'success' in came.outcome.names) done()
    },
  })
}

const read: Word = {
  says: 'read',
  properties: { attribute: FIELDS, selection: FIELDS, during: FIELDS, ...WINDOWS },
  required: ['attribute'],
  outcomes: ['value', 'refused', 'unlisted', 'undisturbed', 'assembled'],
  saves: ['number', 'octets', 'blocks', 'happened'],
  alive: true,
  async run(doing) {
    const asked = askedOf(doing.args)
    if (!asked.ok) return { refusal: asked.failure }
    let happened = false
    const manner = disturbed(doing, () => {
      happened = true
    })
    if (!manner.ok) return { refusal: manner.failure }
    const came = await readAttribute(doing, asked.value, { ...manner.value, ...mannerOf(doing.args) })
    return isRefusal(came) ? came : { ...came, saves: { ...came.saves, happened } }
  },
}

const write: Word = {
  says: 'write',
  properties: { attribute: FIELDS, value: FIELDS, selection: FIELDS, ...BLOCKS },
  required: ['attribute', 'value'],
  outcomes: ['success', 'refused', 'unlisted', 'undisturbed', 'assembled'],
  saves: ['blocks'],
  alive: true,
  async run(doing) {
    const { args } = doing
    const asked = askedOf(args)
    if (!asked.ok) return { refusal: asked.failure }
    const value = dataOf('value', args['value'])
    if (!value.ok) return { refusal: value.failure }
    const unsafe = await journalled(doing, asked.value.attribute)
    if (unsafe !== undefined) return unsafe
    return writeAttribute(doing, { ...asked.value, value: value.value }, mannerOf(args))
  },
}

const invoke: Word = {
  says: 'invoke',
  properties: { method: FIELDS, parameter: FIELDS, ...BLOCKS },
  required: ['method'],
  outcomes: ['success', 'refused', 'unlisted', 'undisturbed', 'assembled'],
  saves: ['value', 'blocks'],
  alive: true,
  async run(doing) {
    const { args } = doing
    const invoked = invokedOf(args)
    if (!invoked.ok) return { refusal: invoked.failure }
    return invokeMethod(doing, invoked.value, mannerOf(args))
  },
}

export const attributeWords: Readonly<Record<string, Word>> = { read, write, invoke }
