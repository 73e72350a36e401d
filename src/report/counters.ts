// The course of the invocation counters over a run: of each key and system title, as one side used it.
import type { ProtectionEvent, TrafficEvent } from '../engine/events.ts'
import type { Passed } from './model.ts'

/** What one side did with one counter. */
export interface Course {
  readonly client: string
  readonly direction: ProtectionEvent['direction']
  readonly title: string
  readonly key: string
  /** Without those under a wrong tag: nobody knows whose they are. */
  readonly values: readonly number[]
  /** How often it left some out. */
  readonly gaps: number
  /** Values that were there before, and values below the one before. */
  readonly repeats: readonly Turn[]
  readonly falls: readonly Turn[]
}

/** `place`: in `values`. `instance`: empty between the instances. */
export interface Turn {
  readonly place: number
  readonly instance: string
}

interface Open extends Course {
  readonly values: number[]
  readonly repeats: Turn[]
  readonly falls: Turn[]
  gaps: number
  /** The association that the key belongs to; of a global key always the same. */
  owner: string
  readonly seen: Set<number>
  before: number | undefined
  highest: number
}

/** Courses in the order in which they began. */
export function coursesOf(passed: Iterable<Passed>): readonly Course[] {
  const courses = new Map<string, Open>()
  const associations = new Map<string, number>()
  for (const event of passed) {
    const line = `${event.port} ${event.connection}`
    if (event.event === 'traffic') {
      if (beginsAnew(event)) associations.set(line, (associations.get(line) ?? 0) + 1)
      continue
    }
    const { client, direction, title, key, invocationCounter: value, verified, instance = '' } = event
    if (value === undefined || verified === 'wrong') continue
    const name = JSON.stringify([client, direction, title, key])
    const course = courses.get(name) ?? { client, direction, title, key, ...unused() }
    courses.set(name, course)
    const owner = key === DEDICATED ? `${line} ${associations.get(line) ?? 0}` : ''
    if (course.owner !== owner) Object.assign(course, { owner, seen: new Set(), before: undefined, highest: -1 })
    count(course, value, instance)
  }
  return [...courses.values()]
}

const beginsAnew = ({ is, names }: TrafficEvent): boolean => is === 'opened' || names.includes('aarq')

/** A key of its own for each association, and a count of its own. */
const DEDICATED = 'dedicated-key'
/** Of others, wrapped or agreed, each APDU may have a new one: their values are told, and nothing is made of them. */
const isKept = (key: string): boolean => key === DEDICATED || key.startsWith('global-')

const unused = () => ({
  values: [],
  gaps: 0,
  repeats: [],
  falls: [],
  owner: '',
  seen: new Set<number>(),
  before: undefined,
  highest: -1,
})

function count(course: Open, value: number, instance: string): void {
  const { values, seen, before, highest } = course
  const turn = { place: values.length, instance }
  values.push(value)
  if (!isKept(course.key)) return
  // What comes again leaves the count where it was.
  if (seen.has(value)) {
    course.repeats.push(turn)
    return
  }
  if (before !== undefined) {
    if (value < before) course.falls.push(turn)
    else if (value > before + 1 && value > highest + 1) course.gaps += 1
  }
  seen.add(value)
  course.before = value
  course.highest = Math.max(highest, value)
}
