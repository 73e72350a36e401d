// What a client may do (attribute 2 of class 15 lists it): rights belong to a client of a logical device.
import type { Association } from '../association/association.ts'
import type { AccessDescription, MeterDescription, ObjectDescription } from '../description.ts'

const accessOf = (object: ObjectDescription, { clientName }: Association): AccessDescription =>
  object.access[clientName] ?? {}

export const findObject = (objects: readonly ObjectDescription[], name: string): ObjectDescription | undefined =>
  objects.find((object) => object['logical-name'] === name)

export const visibleObjects = ({ objects }: MeterDescription, association: Association): readonly ObjectDescription[] =>
  objects.filter(
    (object) => object.devices.includes(association.device.key) && object.access[association.clientName] !== undefined,
  )

/** Whether a client may do something with an attribute, or a method, of an object. */
export interface AccessRules {
  readonly mayRead: MayAccess
  readonly mayWrite: MayAccess
  readonly mayInvoke: MayAccess
  /** Bits 2 to 7 of access_mode: how a request, and its response, has to be protected. */
  readonly requiredProtection: (object: ObjectDescription, member: Member, association: Association) => number
  /** Whether a request that came with some protection, in bits 2 to 4, may be carried out (rulings C1, C2). */
  readonly isProtected: (required: number, request: number, association: Association) => boolean
  /** How the response to a request is to be protected, of what each thing that it names demands, in bits 5 to 7 (ruling C2). */
  readonly responseProtection: (demanded: readonly number[]) => number
}
type MayAccess = (object: ObjectDescription, id: number, association: Association) => boolean

export interface Member {
  readonly is: 'attribute' | 'method'
  readonly id: number
}

/** Bits of access_mode (class 15 version 3) and of security_policy (class 64 version 1). */
export const AUTHENTICATED_REQUEST = 0x04
export const REQUEST_BITS = 0x1c
export const RESPONSE_BITS = 0xe0

export const conformantAccess: AccessRules = {
  mayRead(object, attribute, association) {
    const { read } = accessOf(object, association)
    return read === 'all' || (read?.includes(attribute) ?? false)
  },
  mayWrite: (object, attribute, association) => accessOf(object, association).write?.includes(attribute) ?? false,
  mayInvoke: (object, method, association) => accessOf(object, association).invoke?.includes(method) ?? false,
  requiredProtection(object, { is, id }, association) {
    const { protection = {} } = accessOf(object, association)
    return (is === 'attribute' ? protection.attributes : protection.methods)?.[id] ?? 0
  },
  // without ciphering no response can be protected
  isProtected: (required, request, { client }) =>
    (required & REQUEST_BITS & ~request) === 0 && ((required & RESPONSE_BITS) === 0 || client.ciphered === true),
  responseProtection: (demanded) => demanded.reduce((all, bits) => all | bits, 0),
}

const FIRST_WITH_BITS = 3
const hasBits = ({ client }: Association): boolean => (client.associationVersion ?? 1) >= FIRST_WITH_BITS

/** access_mode of an attribute: 0 none, 1 read, 2 write, 3 both; before version 3 there is more only for an authenticated request: 3 more. */
export function attributeRight(
  { mayRead, mayWrite, requiredProtection }: AccessRules,
  object: ObjectDescription,
  attribute: number,
  association: Association,
): number {
  const right = (mayRead(object, attribute, association) ? 1 : 0) + (mayWrite(object, attribute, association) ? 2 : 0)
  const bits = requiredProtection(object, { is: 'attribute', id: attribute }, association)
  if (right === 0) return 0
  if (hasBits(association)) return right | bits
  return (bits & AUTHENTICATED_REQUEST) === 0 ? right : right + 3
}

/** access_mode of a method: 0 none, 1 access; before version 3: 2 access with an authenticated request. */
export function methodRight(
  { mayInvoke, requiredProtection }: AccessRules,
  object: ObjectDescription,
  method: number,
  association: Association,
): number {
  if (!mayInvoke(object, method, association)) return 0
  const bits = requiredProtection(object, { is: 'method', id: method }, association)
  if (hasBits(association)) return 1 | bits
  return (bits & AUTHENTICATED_REQUEST) === 0 ? 1 : 2
}
