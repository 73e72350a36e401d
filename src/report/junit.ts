import { grouped } from './grouped.ts'
import type { InstanceRun, RunModel } from './model.ts'
import { safeText } from './safe-text.ts'
import { clauseName, durationOf, reasonOf, reasonText, rerunOf, spaced, troubleOf } from './words.ts'

// JUnit XML as CI servers read it: FAILED is a failure, INCONCLUSIVE and ERROR are errors, INAPPLICABLE is skipped with its
// message. XML 1.0 has no way at all to write most control characters: `safeText` shows them before anything is escaped.

/** The run as `junit.xml`: a testsuite for each suite and meter, a testcase for each instance. */
export function renderJunit(model: RunModel): string {
  const { header, instances } = model
  const trouble = troubleOf(model)
  const suites = grouped(instances, ({ begun }) => JSON.stringify([begun.suite, begun.meter]))
  const all = [
    ...suites.map((group) => suiteOf(group, model)),
    ...(trouble ? [runError([trouble.error, trouble.hint ?? ''].join('\n'), header.started)] : []),
  ]
  const counts = countsOf(instances)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: header.tool.name, ...counts, errors: counts.errors + (trouble ? 1 : 0), tests: counts.tests + (trouble ? 1 : 0), time: seconds(total(instances)) })}>`,
    ...all,
    '</testsuites>',
    '',
  ].join('\n')
}

function suiteOf(instances: readonly InstanceRun[], model: RunModel): string {
  const begun = instances[0]?.begun
  const meter = begun?.meter ?? ''
  const properties = { meter, tool: `${model.header.tool.name} ${model.header.tool.version}`, seed: model.header.seed }
  return [
    `  <testsuite${attributes({
      name: begun?.suite ?? '',
      ...countsOf(instances),
      time: seconds(total(instances)),
      timestamp: model.header.started,
      hostname: meter,
    })}>`,
    '    <properties>',
    ...Object.entries(properties).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    '    </properties>',
    ...instances.map((instance) => testcase(instance, model)),
    '  </testsuite>',
  ].join('\n')
}

function testcase(instance: InstanceRun, model: RunModel): string {
  const { begun, final } = instance
  const head = attributes({
    name: begun.instance,
    classname: begun.suite,
    time: seconds(durationOf(instance)),
  })
  const remarks = (final?.remarks ?? []).map(
    ({ text, clause }) => `remark: ${text}${clause ? ` [${clauseName(clause, model.header.clauses)}]` : ''}`,
  )
  const inside = [
    ...judged(instance, model),
    ...(remarks.length > 0 ? [`      <system-out>${lines([begun.title, ...remarks])}</system-out>`] : []),
  ]
  return inside.length === 0
    ? `    <testcase${head}/>`
    : [`    <testcase${head}>`, ...inside, '    </testcase>'].join('\n')
}

function judged(instance: InstanceRun, model: RunModel): readonly string[] {
  const { verdict } = instance
  const reason = reasonOf(instance)
  const message = reason === undefined ? verdict : reasonText(reason)
  const clauses = (instance.final?.clauses ?? []).map((key) => clauseName(key, model.header.clauses))
  const body = lines([
    instance.begun.title,
    message,
    ...(clauses.length > 0 ? [`clause: ${clauses.join('; ')}`] : []),
    ...(reason?.octets ? [`octets: ${spaced(reason.octets)}`] : []),
    `repeat: ${rerunOf(instance, model)}`,
  ])
  switch (verdict) {
    case 'PASSED':
      return []
    case 'FAILED':
      return [`      <failure${attributes({ message, type: instance.final?.severity ?? 'defect' })}>${body}</failure>`]
    case 'ERROR':
    case 'INCONCLUSIVE':
      return [`      <error${attributes({ message, type: verdict })}>${body}</error>`]
    case 'INAPPLICABLE':
      return [`      <skipped${attributes({ message })}/>`]
    default:
      return verdict satisfies never
  }
}

/** A run that did not end well must not look green: it is a testcase of its own. */
const runError = (message: string, timestamp: string): string =>
  [
    `  <testsuite${attributes({ name: 'the run itself', tests: 1, failures: 0, errors: 1, skipped: 0, time: 0, timestamp })}>`,
    `    <testcase${attributes({ name: 'the run ends', classname: 'run', time: 0 })}>`,
    `      <error${attributes({ message: message.trim().replace(/\n/g, '; '), type: 'ERROR' })}/>`,
    '    </testcase>',
    '  </testsuite>',
  ].join('\n')

function countsOf(instances: readonly InstanceRun[]) {
  const how = (...verdicts: readonly string[]): number =>
    instances.filter(({ verdict }) => verdicts.includes(verdict)).length
  return {
    tests: instances.length,
    failures: how('FAILED'),
    errors: how('ERROR', 'INCONCLUSIVE'),
    skipped: how('INAPPLICABLE'),
  }
}

const total = (instances: readonly InstanceRun[]): number =>
  instances.reduce((sum, instance) => sum + durationOf(instance), 0)

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')

const lines = (texts: readonly string[]): string => texts.map(escaped).join('\n')

const escaped = (text: string): string =>
  safeText(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
