import type { Paint } from './console.ts'
import { grouped } from './grouped.ts'
import type { InstanceRun, RunModel } from './model.ts'
import { safeText } from './safe-text.ts'
import { clauseName, count, duration, reasonOf, reasonText, troubleOf, VERDICTS } from './words.ts'

/** So many names are printed of a group; the report has them all. */
const NAMED = 3

/** The end of a run on the console: counts, what did not pass, remarks, and why something did not apply. */
export function summaryLines(
  model: RunModel,
  { elapsedMs, paint }: { readonly elapsedMs: number; readonly paint: Paint },
): readonly string[] {
  const trouble = troubleOf(model)
  return [
    '',
    ...titled('Not passed', notPassed(model, paint), paint),
    ...titled('Remarks', remarks(model), paint),
    ...titled('Not applicable', inapplicable(model), paint),
    counts(model, elapsedMs, paint),
    ...(trouble ? [`${paint('ERROR', 'ERROR')}  ${safeText(trouble.error)}`] : []),
    ...(trouble?.hint ? [`       ${safeText(trouble.hint)}`] : []),
  ]
}

const titled = (title: string, lines: readonly string[], paint: Paint): readonly string[] =>
  lines.length === 0 ? [] : [paint('bold', title), ...lines, '']

function counts({ summary, instances }: RunModel, elapsedMs: number, paint: Paint): string {
  const parts = VERDICTS.filter((verdict) => summary[verdict] > 0).map((verdict) =>
    paint(verdict, `${summary[verdict]} ${verdict}`),
  )
  return `${parts.length === 0 ? 'nothing was selected' : parts.join(' · ')}  (${count(instances.length, 'case')} in ${duration(elapsedMs)})`
}

/** The details were told when they happened: here stands where to look. */
const notPassed = ({ instances }: RunModel, paint: Paint): readonly string[] =>
  instances
    .filter(({ verdict }) => verdict !== 'PASSED' && verdict !== 'INAPPLICABLE')
    .map(
      (instance) =>
        `  ${paint(instance.verdict, instance.verdict.padEnd(12))}  ${safeText(instance.begun.instance)}: ${safeText(reasonOf(instance)?.text ?? 'no reason given')}`,
    )

function remarks({ instances, header }: RunModel): readonly string[] {
  const all = instances.flatMap((instance) =>
    (instance.final?.remarks ?? []).map((remark) => ({
      instance,
      text: `${remark.severity === 'defect' ? '' : `[${remark.severity}] `}${remark.text}${remark.clause ? ` (${clauseName(remark.clause, header.clauses)})` : ''}`,
    })),
  )
  return grouped(all, ({ text }) => text).flatMap((group) => [
    `  ${group.length}× ${safeText(group[0].text)}`,
    named(group.map(({ instance }) => instance)),
  ])
}

function inapplicable({ instances }: RunModel): readonly string[] {
  const all = instances
    .filter(({ verdict }) => verdict === 'INAPPLICABLE')
    .map((instance) => {
      const reason = reasonOf(instance)
      return { instance, text: reason === undefined ? 'no reason given' : reasonText(reason) }
    })
  return grouped(all, ({ text }) => text).flatMap((group) => [
    `  ${group.length}× ${safeText(group[0].text)}`,
    named(group.map(({ instance }) => instance)),
  ])
}

function named(instances: readonly InstanceRun[]): string {
  const names = instances.slice(0, NAMED).map(({ begun }) => begun.instance)
  const more = instances.length > NAMED ? ` and ${instances.length - NAMED} more` : ''
  return `     ${safeText(names.join(', '))}${more}`
}
