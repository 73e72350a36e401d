import { expect } from 'chai'
import { className } from './classes.ts'
import { logicalNameOctets, logicalNameText } from './logical-name.ts'
import { obisRule, obisRules } from './obis.ts'
import { matches, rule } from './obis-rule.ts'
import { unitText } from './units.ts'

const octetsOf = (logicalName: string): Uint8Array => {
  const octets = logicalNameOctets(logicalName)
  if (!octets) throw new TypeError(`no logical name: ${logicalName}`)
  return octets
}

describe('a logical name', () => {
  it('is six octets, and text', () => {
    expect(logicalNameText(octetsOf('1.0.1.8.0.255'))).to.equal('1.0.1.8.0.255')
    for (const wrong of ['1.0.1.8.0', '1.0.1.8.0.256', '1.0.1.8.0.255.0', '1-0:1.8.0*255', ''])
      expect(logicalNameOctets(wrong), wrong).to.equal(undefined)
  })

  const judged: readonly (readonly [string, number, string])[] = [
    ['0.0.1.0.0.255', 8, 'known: Clock'],
    ['0.0.40.0.0.255', 15, 'known: Current association'],
    ['0.0.40.0.0.255', 12, 'known: Current association'],
    ['0.0.42.0.0.255', 1, 'known: COSEM logical device name'],
    ['1.0.1.8.0.255', 3, 'known'],
    ['0.0.96.1.0.255', 1, 'known'],
    ['1.0.1.8.0.255', 8, 'other-class firm'],
    ['0.0.1.0.0.255', 3, 'other-class firm: Clock'],
    ['0.0.41.0.0.255', 15, 'other-class firm: SAP assignment'],
    ['0.0.34.0.0.255', 3, 'other-class: Wi-SUN setup'],
    ['8.0.1.0.0.255', 8, 'other-class'],
    ['0.0.1.0.0.255', 8192, 'other-class: Clock'],
    ['1.0.1.8.128.255', 8, 'left-to-others: Manufacturer specific objects (value group E)'],
    ['0.0.94.31.1.255', 1, 'left-to-others: Country specific identifiers (D = country code)'],
    ['0.128.1.0.0.255', 8, 'left-to-others: Manufacturer specific objects (value group B)'],
    ['0.0.127.0.0.255', 1, 'left-to-others: Inactive objects'],
    ['2.0.1.8.0.255', 3, 'unknown'],
    ['0.0.40.0.0.0', 15, 'unknown'],
    ['0.200.1.0.0.255', 8, 'unknown'],
  ]
  for (const [logicalName, classId, expected] of judged)
    it(`${logicalName} of class ${classId} is ${expected}`, () => {
      const found = obisRule(octetsOf(logicalName), classId)
      const firm = found.is === 'other-class' && found.firm ? ' firm' : ''
      expect(`${found.is}${firm}${found.is === 'unknown' ? '' : `: ${found.rule.name}`}`).to.match(
        new RegExp(`^${expected.replace(/[()]/g, '\\$&')}(:|$)`),
      )
    })

  it('of another class is told the classes it may have', () =>
    expect(obisRule(octetsOf('0.0.40.0.0.255'), 1)).to.deep.include({ is: 'other-class', classes: [12, 15] }))

  it('fits the rule that says most', () => {
    const found = obisRule(octetsOf('0.0.96.7.10.255'), 1)
    expect(found.is === 'known' && found.rule.types).to.deep.include('date-time')
  })

  it('has six groups: none fits with fewer or more', () => {
    const any = rule('*.*.*.*.*.*', 'any', [])
    expect(matches(any, Uint8Array.of(1, 0, 1, 8, 0, 255))).to.equal(true)
    expect(matches(any, Uint8Array.of(1, 0, 1, 8, 0))).to.equal(false)
    expect(matches(any, new Uint8Array(7))).to.equal(false)
  })
})

describe('rules for logical names', () => {
  it('are as many as were written down', () => expect(obisRules.length).to.equal(446))

  it('have six groups of octets, classes and units that are known', () => {
    for (const { pattern, groups, classes, leftTo, units = [] } of obisRules) {
      expect(groups.length, pattern).to.equal(6)
      for (const [least, most] of groups.flat())
        expect(least >= 0 && least <= most && most <= 255, pattern).to.equal(true)
      expect(classes.length === 0, pattern).to.equal(leftTo !== undefined)
      for (const classId of classes) expect(className(classId), pattern).to.be.a('string')
      for (const unit of units) expect(unitText(unit), pattern).to.be.a('string')
    }
  })
})
