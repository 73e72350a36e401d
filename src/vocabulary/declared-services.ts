// Objects that clients are declared to write or to call, against the services of these clients: a run with both would blame the meter.
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import type { Finding } from '../language/finding.ts'

type Testing = NonNullable<MeterDeclaration['testing']>
type Client = NonNullable<Testing['clients']>[string]
type Tested = NonNullable<Testing['objects']>[string]

/** Clients that lack the service by which an object is tested. A role may be that of several, of which one has it. */
export const unserved = ({ testing: { clients = {}, objects = {} } = {} }: MeterDeclaration): readonly Finding[] =>
  Object.entries(objects).flatMap(([name, object]) =>
    Object.entries(clients)
      .filter(([client]) => object.for?.includes(client))
      .flatMap(([client, said]) => {
        const service = serviceOf(object, said)
        return service === undefined ||
          said.conformance === undefined ||
          said.conformance.some((bit) => bit === service)
          ? []
          : [
              {
                path: ['testing', 'clients', client, 'conformance'],
                code: 'conformance',
                expected: `"${service}", for testing.objects.${name} is there for this client`,
                found: said.conformance.join(', ') || 'none',
                hint: `Add "${service}", or take the client out of "for" of testing.objects.${name}.`,
              },
            ]
      }),
  )

/** What is written has values, what is called is a method. With short names both are written. */
function serviceOf(object: Tested, { context }: Client): 'set' | 'action' | 'write' | undefined {
  const isMethod = object['method-id'] !== undefined
  if (!isMethod && object.values === undefined) return undefined
  return context === 'sn' ? 'write' : isMethod ? 'action' : 'set'
}
