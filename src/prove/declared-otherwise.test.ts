// A conformant meter passes however much of it is declared: what cases test with may be left out, clients may be few, and policies others.
import { expect } from 'chai'
import { chooseSuites } from '../cli/suites.ts'
import type { Value } from '../codec/value.ts'
import { isRecord } from '../protocol/json.ts'
import { describedMeter } from '../simulator/dialogue.ts'
import { instancesOn } from './prove.ts'
import { declaredMeter } from './scene.ts'
import { runOnMemory, type Subject } from './subject.ts'
import { selectionOf } from '../engine/select.ts'

type Change = (value: Value) => Value

/** The same with what stands behind these names changed; `*`: behind each. */
function changed(value: Value, [name, ...names]: readonly string[], change: Change): Value {
  if (name === undefined) return change(value)
  if (!isRecord(value)) return value
  const at = name === '*' ? Object.keys(value) : Object.hasOwn(value, name) ? [name] : []
  return { ...value, ...Object.fromEntries(at.map((key) => [key, changed(value[key] ?? null, names, change)])) }
}

const keeping =
  (wanted: (name: string) => boolean): Change =>
  (value) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => wanted(name))) : value
const only = (...names: readonly string[]): Change => keeping((name) => names.includes(name))
const without = (...names: readonly string[]): Change => keeping((name) => !names.includes(name))

interface Otherwise {
  readonly of: string
  readonly suites: readonly string[]
  /** Where, and what. */
  readonly declared: readonly (readonly [path: string, change: Change])[]
  /** Of each Security setup. */
  readonly policy?: number
}

const SECURITY = ['security', 'security-posture']
const CLIENTS = 'testing.clients'
const EVERYTHING = 0xfc

const METERS: Readonly<Record<string, Otherwise>> = {
  'with a ciphered client and no other': {
    of: 'reference',
    suites: [],
    declared: [[CLIENTS, only('ciphered')]],
  },
  'with a client whose keys are for tests and no other': {
    of: 'suite-1',
    suites: SECURITY,
    declared: [[CLIENTS, only('sacrificial')]],
  },
  'with a policy that demands all there is': {
    of: 'suite-1',
    suites: SECURITY,
    policy: EVERYTHING,
    declared: [[`${CLIENTS}.*.security.policy`, () => EVERYTHING]],
  },
  'with keys for what everybody does': {
    of: 'suite-2',
    suites: SECURITY,
    declared: [
      [`${CLIENTS}.*.security.keys`, without('global-broadcast-encryption-key', 'agreement-key')],
      [`${CLIENTS}.*.security`, without('counter', 'dedicatedKey')],
      ['testing', without('certificateAuthority')],
    ],
  },
  'with nothing to test with': {
    of: 'suite-1',
    suites: [],
    declared: [['testing.objects', only()]],
  },
}

function subject({ of, declared, policy }: Otherwise): Subject {
  const declaration = declaredMeter(of)
  const description = describedMeter(of)
  const value = declared.reduce((before, [path, change]) => changed(before, path.split('.'), change), declaration.value)
  const setups = Object.entries(description.securitySetups ?? {}).map(
    ([name, setup]) => [name, policy === undefined ? setup : { ...setup, policy }] as const,
  )
  return {
    declaration: { ...declaration, value },
    description: { ...description, securitySetups: Object.fromEntries(setups) },
  }
}

describe('a conformant meter passes, declared', () => {
  for (const [name, otherwise] of Object.entries(METERS))
    it(name, async function () {
      this.timeout(240_000)
      const { suites } = await chooseSuites(otherwise.suites.map((suite) => `suites/${suite}`))
      const selections = suites.map(selectionOf)
      const on = subject(otherwise)
      const { verdicts } = await runOnMemory(on, instancesOn(selections, on), [])
      const all = [...verdicts.values()]
      expect(all.filter(({ verdict }) => verdict === 'PASSED')).to.have.lengthOf.above(100)
      const others = all.filter(
        ({ verdict, remarks }) => !['PASSED', 'INAPPLICABLE'].includes(verdict) || remarks.length > 0,
      )
      expect(
        others.map(({ instance, verdict, reason, remarks }) => [instance, verdict, reason?.text, remarks]),
      ).to.deep.equal([])
    })
})
