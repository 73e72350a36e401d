import { expect } from 'chai'
import { methodShortName } from '../../cosem/short-names.ts'
import { visibleObjects } from './access.ts'
import { classOf } from './classes.ts'
import { readHex, situationOf } from './situation.ts'

const LIST = '12:0.0.40.0.0.255:2'

describe('the meter with short names', () => {
  const meter = situationOf('sn', 'management')
  const objects = visibleObjects(meter.description, meter.association)

  it('lists base name, class, version and logical name; those above 7FFF are negative', () => {
    const list = readHex(meter, LIST)
    expect(list.slice(0, 6)).to.equal(`0001${objects.length.toString(16).toUpperCase()}`)
    expect(list).to.contain('020410FA0012000C110209060000280000FF')
    expect(list).to.contain('020410FD00120001110009060000' + '2A0000FF')
  })
  it('selects by class, and by class and logical name', () => {
    expect(readHex(meter, LIST, 1, '12000C')).to.equal('000101020410FA0012000C110209060000280000FF')
    expect(readHex(meter, LIST, 2, '020212000C09060000280000FF')).to.equal('000101020410FA0012000C110209060000280000FF')
    expect(readHex(meter, LIST, 2, '020212000C09060000280900FF')).to.equal('000100')
    expect(readHex(meter, LIST, 1, '1105')).to.equal('010C')
    expect(readHex(meter, LIST, 2, '12000C')).to.equal('010C')
    expect(readHex(meter, LIST, 3, '12000C')).to.equal('01FA')
  })
  it('lists the rights by base name', () => {
    expect(readHex(meter, '12:0.0.40.0.0.255:3')).to.contain(
      '020310FD000102' + '02030F01160100' + '02030F02160100' + '0100',
    )
  })
  it('no two objects share a short name', () => {
    const names = objects.flatMap((object) => {
      const of = classOf(object, meter)
      const base = object['base-name']
      if (of === undefined || base === undefined) return []
      expect(base % 8).to.equal(0)
      const attributes = of.attributes.map(({ id }) => base + 8 * (id - 1))
      const methods = of.methods.map(({ id }) => methodShortName(base, of, id)).filter((name) => name !== undefined)
      return [...new Set([...attributes, ...methods])]
    })
    expect(new Set(names).size).to.equal(names.length)
  })
})
