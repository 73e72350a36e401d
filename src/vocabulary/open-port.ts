// A port of a declared meter, ready for the engine.
import type { PortContext } from '../engine/context.ts'
import { type Declaration, isNoisy, timingOf, toleranceOf } from '../engine/declaration.ts'
import { Kept } from '../engine/kept.ts'
import { Rungs } from '../engine/rungs.ts'
import type { Given } from '../engine/vocabulary.ts'
import { declared, type Declared } from './declared.ts'
import type { TesterSetup } from './setup.ts'
import { createTester } from './tester.ts'
import { vocabulary } from './vocabulary.ts'

export interface OpenPort extends Omit<TesterSetup, 'declaration' | 'noisy' | 'tolerance'> {
  readonly declaration: Declaration
  readonly interrupted: () => boolean
  /** A rung that is down is tried again after so long. */
  readonly retryMs: number
}

/** DISC is answered on any link, a request where a sign-on begins; over the wrapper nothing but an AARQ. */
const showsOn =
  ({ carrier, signOn }: Declared) =>
  (rung: Given['rung']): Given | undefined => {
    if (carrier === 'wrapper') return { rung: 'association' }
    if (signOn === undefined || (rung !== 'port' && rung !== 'sign-on' && rung !== 'closed')) return { rung: 'ndm' }
    return signOn.modes.every((mode) => mode === 'D') ? undefined : { rung: 'sign-on' }
  }

/** A port of a declared meter as the engine runs cases on it. Nothing is sent yet. */
export function openPort({ declaration, interrupted, retryMs, ...given }: OpenPort): PortContext {
  const { port } = given
  const timing = timingOf(declaration, port)
  const number = (name: string): number => (typeof timing[name] === 'number' ? timing[name] : 0)
  const tolerance = toleranceOf(declaration, port)
  return {
    tester: createTester({ ...given, declaration: declaration.value, noisy: isNoisy(declaration, port), tolerance }),
    vocabulary,
    shows: showsOn(declared(declaration.value, port)),
    kept: new Kept(),
    rungs: new Rungs({ retryMs, inactivityMs: number('inactivityMs') }),
    emit: given.emit,
    port,
    profile: declaration.content.ports?.[port]?.profile ?? [],
    responseMs: number('responseMs'),
    tolerance,
    roots: vocabulary.roots(declaration.value, port),
    controls: new Set(),
    shown: new Set(),
    interrupted,
  }
}
