import type { PortContext } from '../engine/context.ts'
import { type Declaration, isNoisy, timingOf, toleranceOf } from '../engine/declaration.ts'
import { Rungs } from '../engine/rungs.ts'
import type { TesterSetup } from './setup.ts'
import { createTester } from './tester.ts'
import { vocabulary } from './vocabulary.ts'

export interface OpenPort extends Omit<TesterSetup, 'declaration' | 'noisy' | 'tolerance'> {
  readonly declaration: Declaration
  readonly interrupted: () => boolean
  /** A rung that is down is tried again after so long. */
  readonly retryMs: number
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
    rungs: new Rungs({ retryMs, inactivityMs: number('inactivityMs') }),
    emit: given.emit,
    port,
    profile: declaration.content.ports?.[port]?.profile ?? [],
    responseMs: number('responseMs'),
    tolerance,
    roots: vocabulary.roots(declaration.value, port),
    controls: new Set(),
    interrupted,
  }
}
