import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import type { Value } from '../../codec/value.ts'

const ATTRIBUTE = { 'class-id': 1, 'instance-id': '0.0.96.128.0.255', 'attribute-id': 2 }
const list = (classId: number, name: string, id: number) => ({
  'class-id': classId,
  'instance-id': name,
  'attribute-id': id,
})
const COLUMNS = list(7, '1.0.99.130.0.255', 3)
const PUSHED = list(40, '0.4.25.9.0.255', 2)
const SCRIPTS = list(9, '0.1.10.0.100.255', 2)

async function client() {
  const scene = testerOn('wrapper')
  await scene.up({ rung: 'association', client: 'hls' })
  return scene
}
const elements = (value: Value | undefined): readonly Value[] => {
  const array = value !== undefined && isRecord(value) ? value['array'] : undefined
  return array !== undefined && isList(array) ? array : []
}
const REFERENCE = [{ 'long-unsigned': 1 }, { 'octet-string': '0000608000FF' }, { integer: 2 }]

describe('lists with one element more', () => {
  for (const [what, attribute] of [
    ['columns of a profile', COLUMNS],
    ['a push_object_list', PUSHED],
  ] as const)
    it(`list.with-attribute: ${what}, as read, and with an attribute behind all that is there`, async () => {
      const { saved } = await (await client()).perform('list.with-attribute', { list: attribute, attribute: ATTRIBUTE })
      const [before, after] = [elements(saved['list']), elements(saved['longer'])]
      expect(after.slice(0, -1)).to.deep.equal(before)
      expect(after.at(-1)).to.deep.equal({ structure: [...REFERENCE, { 'long-unsigned': 0 }] })
    })

  it('list.with-script: a script of a number that there is not, which writes', async () => {
    const value = { 'double-long-unsigned': 5 }
    const { saved } = await (await client()).perform('list.with-script', { list: SCRIPTS, attribute: ATTRIBUTE, value })
    expect(saved['script']).to.deep.equal({ 'long-unsigned': 1 })
    expect(elements(saved['longer']).at(-1)).to.deep.equal({
      structure: [{ 'long-unsigned': 1 }, { array: [{ structure: [{ enum: 1 }, ...REFERENCE, value] }] }],
    })
  })

  it('ask for a list, an attribute and a value', async () => {
    const scene = await client()
    const refused = (args: Readonly<Record<string, Value>>) => scene.refused('list.with-script', args)
    const value = { unsigned: 1 }
    expect(await refused({ list: COLUMNS, attribute: {}, value })).to.match(/^attribute: /)
    expect(await refused({ list: {}, attribute: ATTRIBUTE, value })).to.match(/^list: /)
    expect(await refused({ list: { ...COLUMNS, 'attribute-id': 1 }, attribute: ATTRIBUTE, value })).to.match(/an array/)
    expect(await refused({ list: SCRIPTS, attribute: ATTRIBUTE, value: {} })).to.match(/value/)
  })
})
