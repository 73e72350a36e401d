// SEC_CTRL_2 where the policy demands encryption alone: a conformant meter earns remarks there, so that no built-in one has such a policy.
import { expect } from 'chai'
import { chooseSuites } from '../cli/suites.ts'
import type { Value } from '../codec/value.ts'
import { isRecord } from '../protocol/json.ts'
import { describedMeter } from '../simulator/dialogue.ts'
import { instancesOn } from './prove.ts'
import { declaredMeter } from './scene.ts'
import { runOnMemory, type Subject } from './subject.ts'
import { selectionOf } from '../engine/select.ts'

const SETUP = '0.0.43.0.1.255'
const ENCRYPTED = 2

/** The same with another value behind these names. */
function changed(value: Value, [name, ...names]: readonly string[], to: Value): Value {
  if (name === undefined) return to
  return isRecord(value) ? { ...value, [name]: changed(value[name] ?? null, names, to) } : value
}

function subject(): Subject {
  const declaration = declaredMeter('reference')
  const { securitySetups = {}, ...description } = describedMeter('reference')
  const setup = securitySetups[SETUP]
  if (setup === undefined) throw new TypeError(`the reference meter lacks ${SETUP}`)
  return {
    declaration: {
      ...declaration,
      value: changed(declaration.value, ['testing', 'clients', 'ciphered', 'security', 'policy'], ENCRYPTED),
    },
    description: { ...description, securitySetups: { ...securitySetups, [SETUP]: { ...setup, policy: ENCRYPTED } } },
  }
}

const ENCRYPTED_ONLY = 'a write is taken that is encrypted and not authenticated'
const MALLEABLE = 'one bit that was changed on the way is changed in what is stored'

describe('a policy that demands encryption alone', () => {
  async function told(): Promise<readonly (readonly (string | undefined)[])[]> {
    const { suites } = await chooseSuites(['suites/security-posture/SEC_CTRL_2.json'])
    const selections = suites.map(selectionOf)
    const on = subject()
    const { verdicts } = await runOnMemory(on, instancesOn(selections, on), [])
    return [...verdicts.values()]
      .filter(({ verdict }) => verdict !== 'INAPPLICABLE')
      .map(({ instance, verdict, remarks }) => [
        /SEC_CTRL_2\/\d/.exec(instance)?.[0],
        verdict,
        ...remarks.map(({ text }) => text),
      ])
  }

  it('lets through what anybody can change: that is told, and nothing fails', async () =>
    expect(await told()).to.deep.equal([
      ['SEC_CTRL_2/2', 'PASSED', ENCRYPTED_ONLY, MALLEABLE],
      ['SEC_CTRL_2/3', 'PASSED'],
    ]))
})
