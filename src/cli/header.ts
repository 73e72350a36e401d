import type { ClauseText, RunEvent } from '../engine/events.ts'
import type { Plan } from './plan.ts'
import { VERSION } from './version.ts'

/** The header of a run's stream. */
export function headerOf(
  plan: Plan,
  run: { readonly started: Date; readonly seed: number; readonly command: string },
): RunEvent {
  const { declaration, ports, chosen, instances } = plan
  return {
    event: 'run',
    schema: 'events/1',
    tool: { name: 'dlms-conformance', version: VERSION },
    started: run.started.toISOString(),
    seed: run.seed,
    command: run.command,
    suites: chosen.suites.map(({ id, title, hash }) => ({ id, title, hash })),
    meters: [
      {
        meter: declaration.meter,
        title: declaration.title,
        hash: declaration.hash,
        identification: declaration.content.identification ?? {},
        simulated: plan.description !== undefined,
        ports: ports.map(({ name, url, profile }) => ({ name, url, profile: profile.join(' ') })),
        assumed: declaration.assumed,
      },
    ],
    planned: instances.length,
    clauses: Object.fromEntries(Object.entries(chosen.clauses).map(([key, clause]) => [key, textOf(clause)])),
  }
}

const textOf = ({ book, edition, clause, section, text }: ClauseText): ClauseText => ({
  book,
  text,
  ...(edition === undefined ? {} : { edition }),
  ...(clause === undefined ? {} : { clause }),
  ...(section === undefined ? {} : { section }),
})
