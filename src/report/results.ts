import type { InstanceRun, RunModel } from './model.ts'
import { safeJson } from './safe-text.ts'
import { durationOf, reasonOf, reasonText, rerunOf, troubleOf } from './words.ts'

/** `results.json`: one entry an instance, and what they were judged by. Times in milliseconds of the run. */
export function renderResults(model: RunModel): string {
  const { header, instances, objectLists, summary, ended, troubles } = model
  const results = {
    schema: 'results/1',
    tool: header.tool,
    started: header.started,
    seed: header.seed,
    command: header.command,
    ended,
    ...troubleOf(model),
    ...(troubles.length > 0 && { troubles }),
    suites: header.suites,
    meters: header.meters,
    summary,
    clauses: header.clauses,
    objectLists: objectLists.map(({ meter, port, client, device, objects, trouble }) => ({
      meter,
      port,
      client,
      device,
      objects: objects.length,
      trouble: trouble ?? null,
    })),
    cases: instances.map((instance) => caseOf(instance, model)),
  }
  return `${safeJson(results, 1)}\n`
}

function caseOf(instance: InstanceRun, model: RunModel) {
  const { begun, verdict, final, attempts } = instance
  const reason = reasonOf(instance)
  return {
    meter: begun.meter,
    port: begun.port,
    id: begun.id,
    subtest: begun.subtest ?? null,
    instance: begun.instance,
    suite: begun.suite,
    title: begun.title,
    verdict,
    /** The whole paragraph; the parts are in `evidence`. */
    reason: reason === undefined ? null : reasonText(reason),
    evidence: reason ?? null,
    severity: final?.severity ?? 'defect',
    remarks: (final?.remarks ?? []).map((remark) => ({ ...remark, clause: remark.clause ?? null })),
    clauses: final?.clauses ?? begun.proves.map(({ clause }) => clause),
    attempts: attempts.length,
    durationMs: durationOf(instance),
    rerun: rerunOf(instance, model),
  }
}
