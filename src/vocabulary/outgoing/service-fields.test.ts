import { expect } from 'chai'
import type { JsonRecord } from '../../protocol/json.ts'
import { serviceFields } from './service-fields.ts'

const NAMED = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255' }
const ATTRIBUTE = { ...NAMED, 'attribute-id': 2 }
const SCRATCH = { ...ATTRIBUTE, for: ['management'], values: [{ 'octet-string': 'AABBCCDD' }] }
const METHOD = { ...NAMED, 'method-id': -1, 'attribute-id': 2, parameter: { integer: 0 }, counts: 7 }

describe('services as suites write them', () => {
  const rows: readonly (readonly [string, JsonRecord, JsonRecord])[] = [
    ['get', SCRATCH, ATTRIBUTE],
    ['set', { attribute: SCRATCH, value: { unsigned: 5 } }, { ...ATTRIBUTE, value: { unsigned: 5 } }],
    ['action', METHOD, { ...NAMED, 'method-id': 255, 'method-invocation-parameters': { integer: 0 } }],
    [
      'get-request-with-list',
      { attributes: [SCRATCH, ATTRIBUTE] },
      {
        'attribute-descriptor-list': [
          { 'cosem-attribute-descriptor': ATTRIBUTE },
          { 'cosem-attribute-descriptor': ATTRIBUTE },
        ],
      },
    ],
    [
      'action-request-with-list',
      { methods: [METHOD], 'method-invocation-parameters': [{ integer: 0 }] },
      {
        'cosem-method-descriptor-list': [{ ...NAMED, 'method-id': 255 }],
        'method-invocation-parameters': [{ integer: 0 }],
      },
    ],
    [
      'set-request-with-first-datablock',
      { attribute: SCRATCH, datablock: { 'block-number': 1, 'raw-data': { of: { 'octet-string': 'AABB' }, to: 1 } } },
      { ...ATTRIBUTE, datablock: { 'block-number': 1, 'raw-data': '09' } },
    ],
    [
      'set-request-with-datablock',
      { datablock: { 'raw-data': { of: { 'octet-string': 'AABB' }, from: 1, behind: '00' } } },
      { datablock: { 'raw-data': '02AABB00' } },
    ],
    [
      'action-request-with-first-pblock',
      { method: METHOD, pblock: { 'raw-data': '0F00' } },
      { ...NAMED, 'method-id': 255, pblock: { 'raw-data': '0F00' } },
    ],
    [
      'action-request-with-pblock',
      { pblock: { 'raw-data': { of: { integer: 0 }, from: 1, to: 2 } } },
      { pblock: { 'raw-data': '00' } },
    ],
    ['set-request-with-datablock', { datablock: { 'raw-data': { of: 5 } } }, { datablock: { 'raw-data': null } }],
  ]
  for (const [name, said, fields] of rows)
    it(`${name} ${JSON.stringify(said).slice(0, 60)}`, () => {
      expect(serviceFields(name, said)).to.deep.equal(fields)
    })
})
