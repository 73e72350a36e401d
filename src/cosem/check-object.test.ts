import { expect } from 'chai'
import { checkObject } from './check-object.ts'
import { logicalNameOctets } from './logical-name.ts'

describe('an object of an object list', () => {
  // class/version/logical name, attributes, methods: `!` is sure enough for FAILED, `?` a remark
  const rows: readonly (readonly [string, readonly number[], readonly number[], readonly string[]])[] = [
    ['3/0/1.0.1.8.0.255', [1, 2, 3], [1], []],
    ['3/0/1.0.1.8.0.255', [1, 2, 3, -1], [1, -1], []],
    ['3/0/1.0.1.8.0.255', [1, 2, 3, 4], [1], ['!attribute']],
    ['3/0/1.0.1.8.0.255', [1, 2, 3], [1, 2], ['?method']],
    ['15/1/0.0.40.0.0.255', [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4], []],
    ['15/0/0.0.40.0.0.255', [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4], ['!attribute']],
    ['15/4/0.0.40.0.0.255', [1, 2, 12], [], ['?version']],
    ['3/0/0.0.1.0.0.255', [1, 2, 3], [], ['!class']],
    ['3/0/0.0.34.0.0.255', [1, 2, 3], [], ['?class']],
    ['8192/0/1.0.1.8.0.255', [1, 2, 3], [], ['?class', '?class']],
    ['8192/0/0.0.96.128.0.255', [1, 2], [], ['?class']],
    ['1/0/0.200.96.1.0.255', [1, 2], [], ['?name']],
    ['1/0/0.0.96.128.0.255', [1, 2], [], []],
    ['96/0/0.0.34.1.0.255', [1, 2, 30], [7], []],
    ['12/3/0.0.40.0.0.255', [1, 2, 3, 4, 5, 6, 7], [3, 5, 8], ['?attribute']],
  ]
  for (const [object, attributes, methods, expected] of rows)
    it(`${object} with attributes ${attributes.join(' ')} and methods ${methods.join(' ')}: ${expected.join(' ')}`, () => {
      const [classId, version, name = ''] = object.split('/')
      const logicalName = logicalNameOctets(name) ?? new Uint8Array()
      const findings = checkObject({
        classId: Number(classId),
        version: Number(version),
        logicalName,
        attributes,
        methods,
      })
      expect(findings.map(({ is, firm }) => `${firm ? '!' : '?'}${is}`)).to.deep.equal(expected)
    })
})
