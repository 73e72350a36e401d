import { fail, hex, ok, unhex, type Result, type Value } from './value.ts'
import { nearestNames } from './path.ts'
import { widthOf } from './bit-damage.ts'
import type { Codec } from './definition.ts'
import type { Field, Shape } from './shape.ts'

/** A JSON value that no message of this shape can have. */
export interface ValueFailure {
  readonly path: string
  readonly expected: string
  readonly found: string
  readonly candidates: readonly string[]
}

type Read = Result<unknown, ValueFailure>
type Json = { readonly [name: string]: Value }

/**
 * JSON as a suite writes it → a value of the codec. Octets are hex; of a choice, the alternative is the one key
 * (`{"long-unsigned": 5}`), or its name alone if it has no contents.
 */
export function fromJson<T>(codec: Codec<T>, json: Value): Result<T, ValueFailure> {
  // the shape describes exactly the values of its codec
  return read(codec.shape, json, '') as Result<T, ValueFailure>
}

/** A value of a codec → JSON as a suite writes it. */
export function toJson(value: unknown): Value {
  if (value === undefined || value === null) return null
  if (value instanceof Uint8Array) return hex(value)
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value !== 'object') throw new TypeError(`not a value of a codec: ${typeof value}`)
  if ('is' in value && typeof value.is === 'string')
    return { [value.is]: toJson('value' in value ? value.value : null) }
  const json: Record<string, Value> = {}
  for (const [name, part] of Object.entries(value)) json[name] = toJson(part)
  return json
}

function read(shape: Shape, json: Value, path: string): Read {
  switch (shape.is) {
    case 'integer':
      return readInteger(shape, json, path)
    case 'octets':
      return readOctets(shape, json, path)
    case 'constant':
      return ok(undefined)
    case 'bits':
      return readBits(shape, json, path)
    case 'list':
      return readList(shape.of, json, path)
    case 'choice':
      return readChoice(shape.arms, json, path)
    case 'lazy':
      return read(shape.of(), json, path)
    case 'sequence': {
      const only = shape.fields.find((field) => field.name === shape.value)
      return only ? read(only.shape, json, path) : readRecord(shape.fields, json, path)
    }
    default:
      return shape satisfies never
  }
}

const wrong = (path: string, expected: string, json: Value, candidates: readonly string[] = []): Read =>
  fail({ path, expected, found: JSON.stringify(json), candidates })

function readInteger(shape: Shape & { is: 'integer' }, json: Value, path: string): Read {
  const { size, signed, names, as } = shape
  if (as === 'boolean') return typeof json === 'boolean' ? ok(json) : wrong(path, 'true or false', json)
  const least = signed ? -(2n ** BigInt(size * 8 - 1)) : 0n
  const most = least + 2n ** BigInt(size * 8) - 1n
  if (typeof json === 'string' && names) {
    if (json in names) return ok(json)
    return wrong(path, 'a name or number', json, nearestNames(json, Object.keys(names)))
  }
  const whole = as === 'decimal' ? typeof json === 'string' && /^-?\d+$/.test(json) : Number.isInteger(json)
  if (!whole || (typeof json !== 'number' && typeof json !== 'string'))
    return wrong(path, `an integer from ${least} to ${most}`, json)
  const number = BigInt(json)
  return number >= least && number <= most ? ok(json) : wrong(path, `an integer from ${least} to ${most}`, json)
}

function readOctets({ size, as }: Shape & { is: 'octets' }, json: Value, path: string): Read {
  switch (as) {
    case 'float':
      return typeof json === 'number' ? ok(json) : wrong(path, 'a number', json)
    case 'unsigned':
      return Number.isInteger(json) && Number(json) >= 0 && Number(json) <= 0xffffffff
        ? ok(json)
        : wrong(path, 'an integer of at most 4 octets', json)
    case 'bits':
      return typeof json === 'string' && /^[01]*$/.test(json) ? ok(json) : wrong(path, 'bits as text of 0 and 1', json)
    case 'text':
      return typeof json === 'string' ? ok(json) : wrong(path, 'text', json)
    case undefined: {
      const octets = typeof json === 'string' ? unhex(json) : undefined
      if (octets && (size === undefined || octets.length === size)) return ok(octets)
      return wrong(path, size === undefined ? 'octets as hex' : `${size} octets as hex`, json)
    }
    default: {
      const fits = typeof json === 'string' && new RegExp(`^(?:${as.pattern})$`).test(json)
      return fits ? ok(json) : wrong(path, as.notation, json)
    }
  }
}

function readBits(shape: Shape & { is: 'bits' }, json: Value, path: string): Read {
  const names = shape.fields.map((field) => field.name)
  if (shape.as === 'names') {
    if (!Array.isArray(json)) return wrong(path, 'a list of names', json)
    for (const name of json as readonly Value[])
      if (typeof name !== 'string' || !names.includes(name))
        return wrong(path, 'the name of a bit', name, near(name, names))
    return ok(json)
  }
  if (!isRecord(json)) return wrong(path, 'an object', json)
  for (const [name, part] of Object.entries(json)) {
    const field = shape.fields.find((candidate) => candidate.name === name)
    if (!field) return wrong(join(path, name), 'a group of bits', name, near(name, names))
    const most = 2 ** widthOf(field.mask) - 1
    const fits = field.flag
      ? typeof part === 'boolean'
      : Number.isInteger(part) && Number(part) >= 0 && Number(part) <= most
    if (!fits) return wrong(join(path, name), field.flag ? 'true or false' : `an integer from 0 to ${most}`, part)
  }
  const missing = names.find((name) => json[name] === undefined)
  return missing === undefined
    ? ok(json)
    : fail({ path: join(path, missing), expected: 'a value', found: 'none', candidates: [] })
}

function readList(of: Shape, json: Value, path: string): Read {
  if (!Array.isArray(json)) return wrong(path, 'a list', json)
  const values: unknown[] = []
  for (const [i, element] of json.entries()) {
    const value = read(of, element as Value, `${path}[${i + 1}]`)
    if (!value.ok) return value
    values.push(value.value)
  }
  return ok(values)
}

function readChoice(arms: readonly Field[], json: Value, path: string): Read {
  const names = arms.map((arm) => arm.name)
  const entries: readonly (readonly [string, Value])[] = isRecord(json)
    ? Object.entries(json)
    : typeof json === 'string'
      ? [[json, null]]
      : []
  const [name, contents] = entries[0] ?? []
  const arm = arms.find((candidate) => candidate.name === name)
  if (!arm || entries.length !== 1) return wrong(path, 'one of its alternatives', json, near(name ?? null, names))
  const value = read(arm.shape, contents ?? null, join(path, arm.name))
  if (!value.ok) return value
  return ok(value.value === undefined ? { is: arm.name } : { is: arm.name, value: value.value })
}

function readRecord(fields: readonly Field[], json: Value, path: string): Read {
  const named = valued(fields)
  if (!isRecord(json)) return json === null && named.length === 0 ? ok(undefined) : wrong(path, 'an object', json)
  const unknown = Object.keys(json).find((name) => !named.some((field) => field.name === name))
  if (unknown !== undefined) {
    const names = named.map((field) => field.name)
    return wrong(join(path, unknown), 'a field', unknown, nearestNames(unknown, names))
  }
  const record: Record<string, unknown> = {}
  for (const { name, shape, optional } of named) {
    const part = json[name] ?? (shape.is === 'sequence' ? shape.default : undefined)
    if (part === undefined && optional) continue
    if (part === undefined) return fail({ path: join(path, name), expected: 'a value', found: 'none', candidates: [] })
    const value = read(shape, part, join(path, name))
    if (!value.ok) return value
    if (value.value !== undefined) record[name] = value.value
  }
  return ok(record)
}

/** The fields that have a value, those of groups among them. */
const valued = (fields: readonly Field[]): readonly Field[] =>
  fields.flatMap((field) => {
    if (field.kind === 'group' && field.shape.is === 'sequence') return valued(field.shape.fields)
    return field.silent ? [] : [field]
  })

const near = (name: Value, names: readonly string[]) => (typeof name === 'string' ? nearestNames(name, names) : [])
const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)
const isRecord = (json: Value): json is Json => typeof json === 'object' && json !== null && !Array.isArray(json)
