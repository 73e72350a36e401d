// Times of a declaration that contradict one another: a run with them would blame the meter for what the tester does.
import type { MeterDeclaration } from './declaration.generated.ts'

type Timing = NonNullable<NonNullable<MeterDeclaration['testing']>['timing']>

export interface Contradiction {
  /** Where it stands. */
  readonly path: readonly string[]
  readonly expected: string
  readonly found: string
}

/** What ends a link or a connection, on ports of which profile. */
const ENDS = [
  { name: 'inactivityMs', on: 'hdlc' },
  { name: 'tcpInactivityMs', on: 'tcp' },
] as const
/** Cases wait out the response time and go on: a link that ends meanwhile looks like a fault. */
const LEAST = 2

/** The first time-out of a port that is not well above the response time there. */
export function contradictionIn({ testing, ports = {} }: MeterDeclaration): Contradiction | undefined {
  const common: Timing = testing?.timing ?? {}
  for (const [port, { profile, timing: own = {} }] of Object.entries(ports))
    for (const { name, on } of ENDS) {
      const { responseMs = 0, [name]: end = 0 } = { ...common, ...own }
      if (!profile?.includes(on) || end === 0 || end >= LEAST * responseMs) continue
      const key = own[name] === undefined && own.responseMs !== undefined ? 'responseMs' : name
      return {
        path: own[key] === undefined ? ['testing', 'timing', key] : ['ports', port, 'timing', key],
        expected: `${name} of at least ${LEAST} times responseMs, or 0 for never`,
        found: `${name} ${end} and responseMs ${responseMs}`,
      }
    }
  return undefined
}
