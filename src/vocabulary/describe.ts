// A step as a sentence: "send DISC, closing-flag drop; nothing may come for 47 ms".
import type { Value } from '../codec/value.ts'
import { MEANING } from '../engine/alternative.ts'
import { FRAME_NAMES } from '../protocol/hdlc/control.ts'
import { isList, isRecord } from '../protocol/json.ts'
import { stepWords } from './steps/index.ts'

const UPPER: readonly string[] = [...FRAME_NAMES, 'aarq', 'aare', 'rlrq', 'rlre', 'ack', 'nak']
const named = (name: string): string => (UPPER.includes(name) ? name.toUpperCase() : name)

/** What a value is, shortly. */
function shortly(value: Value): string {
  if (typeof value === 'string') return value
  if (!isRecord(value)) return JSON.stringify(value)
  const { 'instance-id': name, 'attribute-id': attribute, 'method-id': method } = value
  if (typeof name === 'string') return `${name}/${JSON.stringify(attribute ?? method ?? null)}`
  return Object.entries(value)
    .map(([key, each]) => `${key} ${isRecord(each) || isList(each) ? JSON.stringify(each) : shortly(each)}`)
    .join(', ')
}

function message(value: Value): string {
  if (!isRecord(value)) return shortly(value)
  if (value['again'] !== undefined) return 'the same octets again'
  if (typeof value['octets'] === 'string') return `the octets ${value['octets']}`
  const filling = value['fill']
  if (isRecord(filling))
    return `${message(filling['from'] ?? null)} made ${JSON.stringify(filling['length'] ?? null)} octets long`
  const [name = 'nothing', said = {}] = Object.entries(value)[0] ?? []
  const fields = shortly(withoutApdu(said))
  const inside = isRecord(said) && said['apdu'] !== undefined ? ` with ${message(said['apdu'])}` : ''
  return `${named(name)}${fields === '' ? '' : ` (${fields})`}${inside}`
}

const withoutApdu = (said: Value): Value =>
  isRecord(said) ? Object.fromEntries(Object.entries(said).filter(([key]) => key !== 'apdu')) : said

const messages = (value: Value): string => (isList(value) ? value.map(message).join(', then ') : message(value))

function faults(step: { readonly [name: string]: Value }): string {
  const { wrong, damage } = step
  const parts = [
    ...(isRecord(wrong)
      ? Object.entries(wrong).map(([path, value]) =>
          value === 'absent' ? `${path} absent` : `${path} wrong (${shortly(value)})`,
        )
      : wrong === undefined
        ? []
        : [shortly(wrong)]),
    ...(isRecord(damage)
      ? Object.entries(damage).map(([path, operator]) => `${path} ${shortly(operator)}`)
      : damage === undefined
        ? []
        : [shortly(damage)]),
  ]
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`
}

function expectation({ expect, never }: { readonly [name: string]: Value }): string {
  const wanted = expect !== undefined && isList(expect) ? expect.flatMap(alternative) : []
  const parts = [
    ...(wanted.length > 0
      ? [`expect ${wanted.join(', or ')}`]
      : typeof expect === 'string'
        ? [`expect ${expect}`]
        : []),
    ...(never === undefined ? [] : [`never ${isList(never) ? never.flatMap(alternative).join(', ') : shortly(never)}`]),
  ]
  return parts.length === 0 ? '' : `; ${parts.join('; ')}`
}

function alternative(value: Value): readonly string[] {
  if (!isRecord(value) || value['fails'] !== undefined || value['remark'] !== undefined) return []
  const [name, matcher = null] = Object.entries(value).find(([key]) => !MEANING.includes(key)) ?? []
  if (name === undefined) return []
  if (name === 'silent') return [`silence for ${typeof matcher === 'number' ? `${matcher} ms` : shortly(matcher)}`]
  const fields = isRecord(matcher) ? shortly(matcher) : ''
  return [`${named(name)}${fields === '' ? '' : ` (${fields})`}`]
}

export function describeStep(step: Value): string {
  if (!isRecord(step)) return shortly(step)
  const { send, do: word, wait, check, require } = step
  if (send !== undefined) return `send ${messages(send)}${faults(step)}${expectation(step)}`
  if (typeof word === 'string') {
    const args = Object.fromEntries(
      Object.entries(step).filter(([key]) => stepWords[word]?.properties[key] !== undefined),
    )
    const said = shortly(args)
    return `${stepWords[word]?.says ?? word}${said === '' ? '' : ` (${said})`}${expectation(step)}`
  }
  if (wait !== undefined)
    return `stay silent for ${typeof wait === 'number' ? `${wait} ms` : shortly(wait)}${expectation(step)}`
  if (check !== undefined) return `check ${shortly(check)}: ${shortly(step['is'] ?? null)}`
  if (require !== undefined) return `go on only where ${shortly(require)} is ${shortly(step['is'] ?? null)}`
  return `listen${expectation(step)}`
}
