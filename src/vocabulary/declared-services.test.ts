import { expect } from 'chai'
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import { unserved } from './declared-services.ts'

type Testing = NonNullable<MeterDeclaration['testing']>
type Client = Omit<NonNullable<Testing['clients']>[string], 'sap'>
type Tested = Partial<NonNullable<Testing['objects']>[string]>

const of = (client: Client, object: Tested) =>
  unserved({
    meter: 'made-up',
    testing: {
      clients: { one: { sap: 1, ...client }, other: { sap: 2, role: 'another', conformance: [] } },
      objects: { it: { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', for: ['one'], ...object } },
    },
  })

const WRITTEN: Tested = { 'attribute-id': 2, values: [{ unsigned: 1 }] }
const CALLED: Tested = { 'method-id': 1 }

describe('the services of a client', () => {
  const enough: readonly (readonly [Client, Tested])[] = [
    [{}, WRITTEN],
    [{ conformance: ['set'] }, WRITTEN],
    [{ conformance: ['action'] }, CALLED],
    [{ conformance: ['get'] }, { 'attribute-id': 2 }],
    [{ context: 'sn', conformance: ['write'] }, WRITTEN],
    [{ context: 'sn', conformance: ['write'] }, CALLED],
    [{ conformance: ['get'] }, { ...WRITTEN, for: ['nobody'] }],
    [
      { role: 'management', conformance: ['get'] },
      { ...WRITTEN, for: ['management'] },
    ],
  ]
  for (const [client, object] of enough)
    it(`are enough: ${JSON.stringify([client, object])}`, () => {
      expect(of(client, object)).to.deep.equal([])
    })

  const lacking: readonly (readonly [Client, Tested, service: string])[] = [
    [{ conformance: ['get', 'action'] }, WRITTEN, 'set'],
    [{ conformance: ['get', 'set'] }, CALLED, 'action'],
    [{ context: 'sn', conformance: ['read', 'set'] }, WRITTEN, 'write'],
  ]
  for (const [client, object, service] of lacking)
    it(`lack ${service}: ${JSON.stringify([client, object])}`, () => {
      expect(of(client, object)).to.deep.equal([
        {
          path: ['testing', 'clients', 'one', 'conformance'],
          code: 'conformance',
          expected: `"${service}", for testing.objects.it is there for this client`,
          found: client.conformance?.join(', '),
          hint: `Add "${service}", or take the client out of "for" of testing.objects.it.`,
        },
      ])
    })
})
