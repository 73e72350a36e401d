// What a run tells of each attempt: that it begins, and what it came to.
import type { Verdict } from './events.ts'
import type { Instance, InstanceResult } from './instance.ts'
import type { RunOptions } from './run-options.ts'

export function begin(options: RunOptions, instance: Instance, attempt: number): void {
  options.emit({
    event: 'instance',
    instance: instance.name,
    meter: options.meter,
    port: instance.port,
    id: instance.id,
    ...(instance.subtest === undefined ? {} : { subtest: instance.subtest }),
    suite: instance.suite,
    title: instance.title,
    ...(instance.purpose === undefined ? {} : { purpose: instance.purpose }),
    proves: instance.proves,
    effect: instance.effect,
    attempt,
    at: options.now(),
  })
}

/** `begun`: when what is told began, ms. `final`: no further attempt changes it. */
export function conclude(
  options: RunOptions,
  instance: Instance,
  result: InstanceResult,
  begun: number,
  final: boolean,
): Verdict {
  options.emit({
    event: 'verdict',
    instance: instance.name,
    verdict: result.verdict,
    ...(result.reason === undefined ? {} : { reason: result.reason }),
    remarks: result.remarks,
    clauses: result.clauses.length > 0 ? result.clauses : instance.proves.map((proof) => proof.clause),
    severity: result.severity,
    durationMs: options.now() - begun,
    rerun: options.rerun(instance),
    final,
    at: options.now(),
  })
  return result.verdict
}
