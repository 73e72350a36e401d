// A value without parts against what its class says of it: size, range, enumeration, format.
import { compactElements } from '../protocol/data/compact-elements.ts'
import type { Data } from '../protocol/data/data.ts'
import type { Limits, SimpleSpec } from './definition.ts'
import { finding, NOTHING, remark, type Finding } from './finding.ts'
import { tellType, tellValue } from './tell.ts'
import { checkTime } from './times.ts'

export function checkSimple(value: Data, type: SimpleSpec): readonly Finding[] {
  if (value.is !== type.is)
    return type.also?.some((tolerated) => tolerated === value.is)
      ? remark('type', tellType(type), tellValue(value))
      : finding('type', tellType(type), tellValue(value))
  switch (value.is) {
    case 'octet-string':
    case 'date-time':
    case 'date':
    case 'time':
      return checkOctets(value, type)
    case 'bit-string':
      return inside(value.value.length, type.size) ? NOTHING : finding('size', tellType(type), tellValue(value))
    case 'compact-array':
      return compactElements(value.value).ok
        ? NOTHING
        : remark('type', 'a compact-array whose contents fit its description', 'contents that do not')
    case 'null-data':
    case 'dont-care':
    case 'boolean':
    case 'visible-string':
    case 'utf8-string':
    case 'long64':
    case 'long64-unsigned':
      return NOTHING
    default:
      return checkNumber(value.value, value.is === 'enum', type)
  }
}

const inside = (amount: number, limits: Limits | undefined): boolean =>
  limits === undefined || (amount >= limits[0] && amount <= limits[1])

type Octets = Extract<Data, { readonly value: Uint8Array }>

function checkOctets(value: Octets, type: SimpleSpec): readonly Finding[] {
  const { is, value: octets } = value
  if (!inside(octets.length, type.size))
    // nothing where something of a fixed form belongs is how some meters say that it is not set
    return octets.length === 0
      ? remark('size', tellType(type), tellValue(value))
      : finding('size', tellType(type), tellValue(value))
  const format = is === 'octet-string' ? type.format : is
  return format === undefined || format === 'logical-name' ? NOTHING : checkTime(format, octets)
}

function checkNumber(number: number, isEnum: boolean, type: SimpleSpec): readonly Finding[] {
  if (type.range && !inside(number, type.range)) return finding('range', type.range.join(' to '), String(number))
  if (type.values) return checkMeaning(number, isEnum, type)
  return isEnum ? NOTHING : checkBits(number, type)
}

/** Manufacturers may use what is left to them; what newer editions may have given a meaning is a remark (ruling G18). */
function checkMeaning(number: number, isEnum: boolean, { values = {}, others = [] }: SimpleSpec): readonly Finding[] {
  const numbers = Object.keys(values)
  if (numbers.length === 0 || number in values) return NOTHING
  const other = others.find(([least, most]) => inside(number, [least, most]))
  const expected = `one of ${numbers.join(', ')}`
  if (other) return other[2] === 'manufacturer specific' ? NOTHING : remark('enum', expected, `${number}, ${other[2]}`)
  return isEnum ? finding('enum', expected, String(number)) : remark('enum', expected, String(number))
}

/** Bits without a meaning are reserved. */
function checkBits(number: number, { bits }: SimpleSpec): readonly Finding[] {
  if (!bits) return NOTHING
  const meant = Object.keys(bits).reduce((mask, bit) => mask | (1 << Number(bit)), 0)
  return (number & ~meant) === 0 ? NOTHING : remark('range', `bits ${Object.keys(bits).join(', ')}`, String(number))
}
