// The clients of a draft: those that opened, and those whose AARE says how they would.
import type { ConformanceBit, MeterDeclaration } from '../engine/declaration.generated.ts'
import type { AssociationFindings, Opened, PortFindings } from './findings.ts'

type Clients = NonNullable<NonNullable<MeterDeclaration['testing']>['clients']>
export type DraftedClient = Clients[string]

export interface NamedClient {
  readonly name: string
  readonly role: string
  readonly sap: number
  readonly declared: DraftedClient
  readonly opened: readonly (AssociationFindings & { readonly came: Opened })[]
}

const roleOf = (sap: number): string => (sap === 16 ? 'public' : sap === 1 ? 'management' : 'reader')

export const deviceName = (server: number): string => (server === 1 ? 'management' : `device-${server}`)

const BITS: readonly string[] = ['reserved-zero', 'reserved-seven']
const isDeclarable = (bit: string): bit is ConformanceBit => !BITS.includes(bit)

const isOpen = (one: AssociationFindings): one is AssociationFindings & { readonly came: Opened } =>
  one.came.is === 'open'

/** One for each SAP, in the order asked. */
export function clientsIn(ports: readonly PortFindings[]): readonly NamedClient[] {
  const all = ports.flatMap(({ associations }) => associations)
  const saps = [...new Set(all.map(({ caller }) => caller.sap))]
  const taken = new Set<string>()
  return saps.flatMap((sap): readonly NamedClient[] => {
    const own = all.filter(({ caller }) => caller.sap === sap)
    const opened = own.filter(isOpen)
    const declared = opened.length > 0 ? openedAs(sap, opened) : demanded(sap, own)
    if (declared === undefined) return []
    const role = roleOf(sap)
    const name = taken.has(role) ? `${role}-${sap}` : role
    taken.add(role)
    return [{ name, role, sap, declared, opened }]
  })
}

function openedAs(sap: number, opened: NamedClient['opened']): DraftedClient | undefined {
  const [first] = opened
  if (first === undefined) return undefined
  const [device = '', ...more] = new Set(opened.map(({ server }) => deviceName(server)))
  const { secret } = first.caller
  const conformance = first.came.conformance.filter(isDeclarable)
  return {
    role: roleOf(sap),
    sap,
    devices: [device, ...more],
    ...(secret === undefined ? { mechanism: 'lowest' as const } : { mechanism: 'lls' as const, secret }),
    ...(first.context === 'sn' ? { context: 'sn' as const } : {}),
    ...(sameEverywhere(opened) ? { conformance } : {}),
  }
}

/** A client may have another block at another logical device: then none is claimed. */
export const sameEverywhere = (opened: NamedClient['opened']): boolean =>
  new Set(opened.map(({ came }) => came.conformance.join(' '))).size === 1

/** It was refused, and the AARE names LLS: declared with the secret still to be given. */
function demanded(sap: number, own: readonly AssociationFindings[]): DraftedClient | undefined {
  const asks = own.filter(({ came }) => came.is === 'refused' && came.mechanism === 'lls')
  const [first] = asks
  if (first === undefined) return undefined
  const [device = '', ...more] = new Set(asks.map(({ server }) => deviceName(server)))
  const secret = first.caller.secret ?? `${roleOf(sap)}-password`
  return { role: roleOf(sap), sap, devices: [device, ...more], mechanism: 'lls', secret }
}
