// The check of a fault at load time, from names and shapes alone: references in it need not be replaced yet.
import { checkDamage } from '../codec/codec.ts'
import { nearestNames, segments } from '../codec/path.ts'
import { apdu } from './apdu.ts'
import { assign, type Fault } from './fault.ts'
import type { MessageFailure } from './json.ts'
import { hdlcLayer, llcLayer, messageLayer, wrapperLayer, type Stack, type StackLayer } from './layer.ts'
import { plainMessage, requireMessage } from './messages.ts'
import { SIGNING_FIELDS } from './security/signing-layer.ts'
import { PROTECTION_FIELDS } from './security/protection-layer.ts'

/** What carries an APDU on this port. */
export type Carrier = 'hdlc' | 'wrapper'

/** Can this fault be done to a message of this name? Undefined: it can. */
export function checkFault(messageName: string, carrier: Carrier, fault: Fault): MessageFailure | undefined {
  const message = requireMessage(messageName)
  if (!message.ok) return message.failure
  const top = messageLayer(message.value, {})
  if (message.value.layer !== 'apdu') return checkStack([top], fault)
  const below =
    carrier === 'hdlc' ? [llcLayer(), hdlcLayer({ message: 'i', maximum: 1, frame: () => ({}) })] : [wrapperLayer({})]
  return checkStack(
    [top, ...(isOf(fault, 'signing') ? [SIGNING] : []), ...(isOf(fault, 'protection') ? [PROTECTION] : []), ...below],
    fault,
  )
}

const isOf = ({ wrong = {}, damage = {} }: Fault, layer: string): boolean =>
  [...Object.keys(wrong), ...Object.keys(damage)].some((path) => path.startsWith(layer))

/** Whether there is protection, and in which form, only a run can tell: here all its fields will do. */
const PROTECTION: StackLayer = {
  name: 'protection',
  aliases: [],
  message: { ...plainMessage('protection', 'apdu', apdu.arms['general-ciphering']), fields: PROTECTION_FIELDS },
  records: () => [{}],
}

const SIGNING: StackLayer = {
  name: 'signing',
  aliases: [],
  message: { ...plainMessage('signing', 'apdu', apdu.arms['general-signing']), fields: SIGNING_FIELDS },
  records: () => [{}],
}

function checkStack(stack: Stack, fault: Fault): MessageFailure | undefined {
  const assigned = assign(stack, fault)
  if (!assigned.ok) return assigned.failure
  for (const { path, inside, layer, fault: each } of assigned.value) {
    const { codec, fields } = layer.message
    const [first = ''] = segments(inside)
    if ('damage' in each) {
      const failure = inside === '' ? undefined : checkDamage(codec.shape, inside, each.damage)
      if (failure !== undefined) return { ...failure, path }
    } else if (!fields.includes(first)) {
      const failure = checkDamage(codec.shape, inside, 'repeat')
      if (failure?.is === 'no-such-field') return { ...failure, path, candidates: nearestNames(first, fields) }
    }
  }
  return undefined
}
