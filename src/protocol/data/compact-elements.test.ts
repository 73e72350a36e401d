import { compactElements } from './compact-elements.ts'
import { data, type Data } from './data.ts'
import { decode } from '../../codec/codec.ts'
import { expect } from 'chai'
import { unhex } from '../../codec/value.ts'

function elementsOf(octets: string): ReturnType<typeof compactElements> {
  const decoded = decode(data, unhex(octets) ?? new Uint8Array())
  if (!decoded.ok || decoded.value.is !== 'compact-array') throw new TypeError(`not a compact-array: ${octets}`)
  return compactElements(decoded.value.value)
}
const unsigned = (value: number): Data => ({ is: 'unsigned', value })

describe('the elements of a compact-array', () => {
  it('are numbers', () =>
    expect(elementsOf('131206000100020003')).to.deep.equal({
      ok: true,
      value: [1, 2, 3].map((value) => ({ is: 'long-unsigned', value })),
    }))

  it('are arrays', () =>
    expect(elementsOf('13010002110401020304')).to.deep.equal({
      ok: true,
      value: [
        { is: 'array', value: [unsigned(1), unsigned(2)] },
        { is: 'array', value: [unsigned(3), unsigned(4)] },
      ],
    }))

  it('keep their own length where they have one', () =>
    expect(elementsOf('13020209150B0201020000000000000005')).to.deep.equal({
      ok: true,
      value: [
        {
          is: 'structure',
          value: [
            { is: 'octet-string', value: Uint8Array.of(1, 2) },
            { is: 'long64-unsigned', value: '5' },
          ],
        },
      ],
    }))

  it('must fill their octets', () =>
    expect(elementsOf('131203000100'))
      .to.deep.include({ ok: false })
      .and.to.have.nested.property('failure.fault', 'short'))

  it('must have octets', () => expect(elementsOf('13000100')).to.have.nested.property('failure.fault', 'value'))

  it('are bounded, whatever the description says', () =>
    expect(elementsOf('1301FFFF01FFFF01FFFF000100')).to.have.nested.property('failure.fault', 'count'))
})
