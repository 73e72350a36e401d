// What a draft leaves open, in plain words. Nothing in them comes from the meter's texts.
import type { MeterDeclaration } from '../engine/declaration.generated.ts'
import { offersHdlc } from '../protocol/sign-on/messages.ts'
import { sameEverywhere, type NamedClient } from './clients.ts'
import type { PortFindings, Refused } from './findings.ts'

type Objects = NonNullable<NonNullable<MeterDeclaration['testing']>['objects']>

export function todosOf(
  ports: readonly PortFindings[],
  clients: readonly NamedClient[],
  objects: Objects,
): readonly string[] {
  return [
    ...ports.flatMap(({ target, notes }) => notes.map((note) => `port ${target.name}: ${note}`)),
    ...refusals(ports),
    ...clients.map(
      ({ name, sap }) => `testing.clients.${name}: the role is guessed from the client address ${sap}: check it`,
    ),
    ...clients
      .filter(({ opened }) => opened.length > 1 && !sameEverywhere(opened))
      .map(({ name }) => `testing.clients.${name}.conformance: not the same everywhere, so none is claimed`),
    ...(clients.some(({ role }) => role === 'reader')
      ? []
      : ['testing.clients: many cases want a client of role reader; declare again with --client N=SECRET']),
    ...signOnTodos(ports),
    ...(objects['readable'] === undefined
      ? ['testing.objects.readable: an attribute that clients with a password may read, short and steady']
      : []),
    ...(objects['long'] === undefined ? ['testing.objects.long: an attribute with a long value'] : []),
    ...(objects['managementOnly'] === undefined
      ? ['testing.objects.managementOnly: an attribute that only management may read']
      : []),
    'testing.objects.scratch: an attribute that may be written, with two values for it',
    'testing.objects.counted: a method that may be run, and the attribute that counts its runs',
    'testing.timing: what is not declared is assumed as the standard has it, the response time (responseMs) first of all',
  ]
}

function refusals(ports: readonly PortFindings[]): readonly string[] {
  return ports.flatMap(({ target, associations }) =>
    associations.flatMap(({ caller, server, came }) =>
      came.is === 'open'
        ? []
        : [
            `port ${target.name}: client ${caller.sap} at server ${server} did not open (${came.why}${
              came.mechanism === undefined ? '' : `; the meter names ${came.mechanism}`
            })${came.wants === undefined ? '' : `: ${BY_HAND[came.wants]}`}`,
          ],
    ),
  )
}

const BY_HAND = {
  hls: 'it may ask for HLS: declare it by hand, with its "mechanism", its "secret" or keys and its system title under "security" (README, Ciphered clients)',
  ciphering:
    'it may take ciphered contexts only: declare it by hand, with "ciphered": true and its keys and system title under "security" (README, Ciphered clients)',
} as const satisfies Record<NonNullable<Refused['wants']>, string>

function signOnTodos(ports: readonly PortFindings[]): readonly string[] {
  const { identification } = ports.find((port) => port.identification !== undefined) ?? {}
  if (identification === undefined) return []
  return [
    offersHdlc(identification)
      ? 'supports.signOn.modes: mode E is announced; add C if the meter has readout or programming mode'
      : 'supports.signOn.modes: guessed from the baud rate identification: check it',
    'supports.signOn.address: the device address; testing.signOn.otherAddress: one that is certainly not on this line',
  ]
}
