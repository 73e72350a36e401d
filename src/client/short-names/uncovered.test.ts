import { expect } from 'chai'
import { uncoveredNames } from './uncovered.ts'

const object = (baseName: number, classId: number) => ({ baseName, classId, version: 0, logicalName: '0.0.1.0.0.255' })

describe('short names that no object has', () => {
  it('behind an object, at the ends, and between its attributes', () => {
    // Data: attributes at 0100 and 0108. Register: attributes at 0200 to 0210, its method at 0228.
    expect(uncoveredNames([object(0x100, 1), object(0x200, 3)])).to.deep.equal([
      0x110, 0x230, 0, 0xfff8, 0x101, 0x102, 0x103, 0x104, 0x105, 0x106, 0x107,
    ])
  })
  it('not where the next object begins, and far behind one of an unknown class', () => {
    expect(uncoveredNames([object(0x100, 1), object(0x110, 1)]).slice(0, 1)).to.deep.equal([0x120])
    expect(uncoveredNames([object(0x100, 9999)]).slice(0, 1)).to.deep.equal([0x308])
  })
  it('without objects: the ends', () => {
    expect(uncoveredNames([])).to.deep.equal([0, 0xfff8])
  })
})
