import { applyOperator, type DamageFailure, type Operator } from './operator.ts'
import { bitField } from './bit-damage.ts'
import { fieldsOf, fixedSize, type Field, type Kind, type Shape } from './shape.ts'
import { locate, nearestNames, segments } from './path.ts'
import { hex } from './value.ts'

/** A field of a shape with its full path, and the choices made on the way: path of the choice → alternative. */
interface Place {
  readonly name: string
  readonly kind: Kind
  readonly field: Field
  readonly mask: number | undefined
  readonly path: string
  readonly choices: ReadonlyMap<string, string>
  readonly recursive: boolean
  below(): readonly Place[]
}

/** Whether a damage can be done to some message of this shape: the check at load time. Undefined: it can. */
export function checkDamage(shape: Shape, path: string, operator: Operator): DamageFailure | undefined {
  const found = lookUp(shape, path)
  if ('is' in found) return found
  if (typeof operator !== 'string' && 'move-after' in operator) {
    const target = lookUp(shape, operator['move-after'])
    if ('is' in target) return target
  }
  const failures = found.map((place) => misfit(place, path, operator))
  return failures.includes(undefined) ? undefined : failures[0]
}

function lookUp(shape: Shape, path: string): readonly Place[] | DamageFailure {
  const roots = places(shape, '', new Map(), [])
  const found = [...new Map(locate(roots, path).map((place) => [place.path, place])).values()]
  if (found.length === 0) {
    const names = namesOf(shape)
    const wrong = segments(path).find((name) => !names.has(name) && !name.startsWith('[')) ?? path
    return {
      is: 'no-such-field',
      path,
      expected: 'a field',
      found: wrong,
      candidates: nearestNames(wrong, [...names]),
    }
  }
  const rivals = found.filter((place) => found.some((other) => other !== place && !excludes(place, other)))
  if (rivals.length === 0) return found
  const candidates = rivals.map((place) => place.path)
  return { is: 'ambiguous', path, expected: 'one field', found: `${rivals.length}`, candidates }
}

/** Two places that no message has both: they lie in different alternatives of one choice. */
function excludes(a: Place, b: Place): boolean {
  for (const [choice, arm] of a.choices) {
    const other = b.choices.get(choice)
    if (other !== undefined && other !== arm) return true
  }
  return false
}

function places(
  shape: Shape,
  above: string,
  choices: ReadonlyMap<string, string>,
  around: readonly Shape[],
): readonly Place[] {
  const own = shape.is === 'lazy' ? shape.of() : shape
  const within = [...around, own]
  const fields: readonly (Field & { mask?: number })[] =
    own.is === 'bits' ? own.fields.map(({ name, mask }) => ({ name, mask, kind: 'field', shape: own })) : fieldsOf(own)
  return fields.map((field): Place => {
    const { name, kind, mask } = field
    const path = above === '' ? name : name.startsWith('[') ? `${above}${name}` : `${above}.${name}`
    const made = own.is === 'choice' ? new Map([...choices, [above, name]]) : choices
    const recursive = field.shape.is === 'lazy' && within.includes(field.shape.of())
    const below = () => (mask === undefined ? places(field.shape, path, made, within) : [])
    return { name, kind, field, mask, path, choices: made, recursive, below }
  })
}

function namesOf(shape: Shape, names = new Set<string>(), seen = new Set<Shape>()): ReadonlySet<string> {
  const own = shape.is === 'lazy' ? shape.of() : shape
  if (seen.has(own)) return names
  seen.add(own)
  if (own.is === 'bits') for (const { name } of own.fields) names.add(name)
  for (const field of fieldsOf(own)) {
    names.add(field.name)
    namesOf(field.shape, names, seen)
  }
  return names
}

/** What no field of this size can undergo, and what would leave it as it is. */
function misfit(place: Place, path: string, operator: Operator): DamageFailure | undefined {
  if (place.mask !== undefined) return bitField(path, operator, place.mask) ?? idle(path, operator)
  const nothing = idle(path, operator)
  if (nothing) return nothing
  const size = fixedSize(place.field.shape)
  if (size === undefined) return undefined
  const sample = new Uint8Array(size)
  const result = applyOperator(operator, sample)
  if (!result)
    return {
      is: 'does-not-fit',
      path,
      expected: `an operator for ${size} octets`,
      found: JSON.stringify(operator),
      candidates: [],
    }
  const fixed = place.field.shape.is === 'constant' ? place.field.shape.octets : undefined
  const same = fixed !== undefined && typeof operator !== 'string' && 'set' in operator && hex(result) === fixed
  const whole = typeof operator !== 'string' && 'keep' in operator && operator.keep === size
  return same || whole || (size === 0 && operator === 'drop') ? unchanged(path, operator) : undefined
}

/** Operators that change nothing whatever they are applied to. */
function idle(path: string, operator: Operator): DamageFailure | undefined {
  if (typeof operator === 'string') return undefined
  const nothing =
    ('flip' in operator && /^[0\s]*$/.test(operator.flip)) ||
    ('add' in operator && operator.add === 0) ||
    ('cut' in operator && (typeof operator.cut === 'number' ? operator.cut === 0 : operator.cut.count === 0)) ||
    ('insert' in operator && operator.insert.octets.trim() === '') ||
    ('move-after' in operator && operator['move-after'] === path)
  return nothing ? unchanged(path, operator) : undefined
}

const unchanged = (path: string, operator: Operator): DamageFailure => ({
  is: 'changes-nothing',
  path,
  expected: 'other octets',
  found: JSON.stringify(operator),
  candidates: [],
})
