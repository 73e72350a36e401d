// EXT_DATA_PROTECTION_REQUIRED where required_protection cannot be written: that of the built-in meters can be.
import { expect } from 'chai'
import { chooseSuites } from '../cli/suites.ts'
import { describedMeter } from '../simulator/dialogue.ts'
import type { ObjectDescription } from '../simulator/description.ts'
import { instancesOn } from './prove.ts'
import { declaredMeter } from './scene.ts'
import { runOnMemory, type Subject } from './subject.ts'
import { selectionOf } from '../engine/select.ts'

const AUTHENTICATED_AND_ENCRYPTED = 0x6c
const AUTHENTICATED_RESPONSES = 0x20

/** Nobody writes required_protection, and these are its bits. */
const requiring = (object: ObjectDescription, bits: number): ObjectDescription =>
  object['class-id'] === 30
    ? {
        ...object,
        attributes: { ...object.attributes, 6: { enum: bits } },
        access: { gmac: { read: 'all', write: [2, 3, 4, 5], invoke: [1, 2, 3] } },
      }
    : object

function subject(bits: number): Subject {
  const description = describedMeter('suite-1')
  const objects = description.objects.map((object) => requiring(object, bits))
  return { declaration: declaredMeter('suite-1'), description: { ...description, objects } }
}

describe('required_protection that cannot be written', () => {
  async function told(bits: number, defects: readonly string[] = []): Promise<readonly (readonly string[])[]> {
    const { suites } = await chooseSuites(['suites/security/EXT_DATA_PROTECTION_REQUIRED.json'])
    const selections = suites.map(selectionOf)
    const on = subject(bits)
    const { verdicts } = await runOnMemory(on, instancesOn(selections, on), defects)
    return [...verdicts.values()]
      .filter(({ verdict }) => verdict !== 'INAPPLICABLE')
      .map(({ instance, verdict, remarks }) => [
        /REQUIRED\/(\w+)/.exec(instance)?.[1] ?? instance,
        verdict,
        ...remarks.map(({ text }) => text),
      ])
  }

  it('is kept to', async () => {
    expect(await told(AUTHENTICATED_AND_ENCRYPTED)).to.deep.equal([['fixed', 'PASSED']])
  })

  it('is told where it is not kept to', async () => {
    const asks = 'though required_protection asks for more'
    expect(await told(AUTHENTICATED_AND_ENCRYPTED, ['data-protection.response-as-asked'])).to.deep.equal([
      ['fixed', 'PASSED', `given, ${asks}`],
    ])
    expect(await told(AUTHENTICATED_AND_ENCRYPTED, ['data-protection.request-as-it-comes'])).to.deep.equal([
      ['fixed', 'PASSED', `answered with success, ${asks}`, `written, ${asks}`],
    ])
  })

  it('is left alone where it asks for nothing of requests', async () => {
    expect(await told(AUTHENTICATED_RESPONSES)).to.deep.equal([])
  })
})
