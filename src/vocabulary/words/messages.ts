// Messages as lint knows them: fields, normal answers, and who sends them.
import type { MessageWord } from '../../language/words.ts'
import { LINK_PARAMETERS } from '../../protocol/hdlc/negotiate.ts'
import { REPLY, REPLY_FIELDS } from '../outgoing/reply.ts'
import { MESSAGE_NAMES, messageOf, type Message } from '../../protocol/messages.ts'

/** From the tester, though the name does not say so. */
const REQUESTS: readonly string[] = [
  'snrm',
  'disc',
  'aarq',
  'rlrq',
  'initiate-request',
  'request',
  'acknowledgement',
  'command',
  'data-notification-confirm',
]

/** Requests that a meter sends. */
const REPORTS: readonly string[] = [
  'event-notification-request',
  'information-report-request',
  ...['glo', 'ded'].flatMap((kind) => [`${kind}-event-notification-request`, `${kind}-information-report-request`]),
]

/** A message under its name; nothing where there is none. */
export function messageWord(name: string): readonly (readonly [string, MessageWord])[] {
  const message = messageOf(name)
  if (message === undefined) return []
  const asked = REQUESTS.includes(message.name) || message.name.includes('-request')
  const fromMeter = !asked || REPORTS.includes(message.name)
  const fields = name === REPLY ? [...fieldsOf(message), ...withParts(REPLY_FIELDS)] : fieldsOf(message)
  return [[name, { fields, answers: answersOf(message), fromMeter }]]
}

/** A short name of the answer will do as well. */
const answersOf = ({ answers }: Message): readonly string[] =>
  answers.flatMap((answer) => [
    answer,
    ...MESSAGE_NAMES.filter((name) => name !== answer && messageOf(name)?.name === answer),
  ])

const ADDRESS = ['upper', 'lower', 'octets']
const ADDRESSES = ['destination-address', 'source-address']

/** Fields of a suite, and what lies in them. */
function fieldsOf({ name, layer, fields }: Message): readonly string[] {
  switch (layer) {
    case 'hdlc':
      return [
        ...fields,
        ...ADDRESSES.flatMap((address) => ADDRESS.map((part) => `${address}.${part}`)),
        ...['octets', ...LINK_PARAMETERS].map((parameter) => `information.${parameter}`),
        ...(name === 'i' || name === 'ui' ? ['apdu.*'] : []),
        'octets',
      ]
    case 'apdu':
      return [...withParts(fields), ...(SERVICES[name] ?? []), 'protection', 'protection.*', 'octets']
    case 'wrapper':
    case 'sign-on':
      return [...withParts(fields), 'octets']
    default:
      return layer satisfies never
  }
}

/** Ways to write a service other than by the fields of the standard. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  'get-request-normal': ['attribute.*', 'class-id', 'instance-id', 'attribute-id', 'for', 'values', 'device', 'counts'],
  'set-request-normal': ['attribute.*', 'value.*', 'class-id', 'instance-id', 'attribute-id'],
  'action-request-normal': ['method.*', 'parameter.*', 'class-id', 'instance-id', 'method-id'],
  'unconfirmed-write-request': ['attribute.*', 'value.*'],
  'get-request-with-list': ['attributes'],
  'set-request-with-first-datablock': ['attribute.*'],
  'set-request-with-list': ['attributes'],
  'action-request-with-first-pblock': ['method.*'],
  'action-request-with-list': ['methods'],
  'access-request': ['list'],
}

/** Each field, and whatever lies in it. */
export const withParts = (fields: readonly string[]): readonly string[] =>
  fields.flatMap((field) => [field, `${field}.*`])
