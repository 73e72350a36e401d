import { expect } from 'chai'
import type { Value } from '../../codec/value.ts'
import { checks } from './index.ts'

const octets = (value: string): Value => ({ 'octet-string': value })
const object = (classId: number, name: string, attribute: number): Value => ({
  structure: [{ 'long-unsigned': classId }, octets(name), { integer: attribute }, { 'long-unsigned': 0 }],
})
const OBJECTS: Value = { array: [object(62, '0000420000FF', 4), object(3, '0100010800FF', 2)] }
const RIGHT = { template: octets('02021106'), id: { unsigned: 7 }, objects: OBJECTS }
const one = (value: number): Value => [{ unsigned: 7 }, { 'double-long-unsigned': value }]

const is = (buffer: string, argument: Readonly<Record<string, Value>>): string => {
  const came = checks['compact-data-of']?.(octets(buffer), argument)
  return came?.is === 'pass' ? 'pass' : `${came?.is}: ${came?.is === 'fails' ? came.expected : came?.text}`
}

describe('compact-data-of', () => {
  for (const [title, buffer, argument, expected] of [
    ['what the template describes', '0700000005', RIGHT, /^pass$/],
    ['what was read of it', '0700000005', { ...RIGHT, before: one(4), after: one(6) }, /^pass$/],
    ['another value', '0700000009', { ...RIGHT, before: one(4), after: one(6) }, /^fails: value 2: between/],
    ['another template', '0800000005', RIGHT, /^fails: template_id unsigned 7 in front$/],
    ['too short', '07000000', RIGHT, /^fails: what template_description describes: /],
    ['too long', '070000000507', RIGHT, /^fails: what template_description describes: /],
    ['twice', '07000000050700000005', RIGHT, /^fails: what template_description describes, once$/],
    ['a template of another form', '07', { ...RIGHT, template: octets('FE01') }, /^remark: .*not judged$/],
    ['no octets', '07', { ...RIGHT, template: { unsigned: 1 } }, /^fails: .* as octet-strings/],
  ] as const)
    it(title, () => {
      expect(is(buffer, argument)).to.match(expected)
    })
})
