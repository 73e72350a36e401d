// What the two referencings call by different names, and a case asks for by one (IEC 62056-5-3 clause 7.3.1, conformance; IEC 62056-6-2, classes 12 and 15).
import type { Referencing } from '../client/services.ts'
import type { Value } from '../codec/value.ts'

/** What stands in the place of one another: `$client.referencing`. */
const OF: Readonly<Record<Referencing, Readonly<Record<string, Value>>>> = {
  ln: {
    'association-class': 15,
    'access-rights': { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 2 },
    'vaa-name': 0x0007,
    read: ['get'],
    foreign: ['read', 'unconfirmed-write'],
    other: 'sn',
    ciphered: 'ln-ciphered',
  },
  sn: {
    'association-class': 12,
    'access-rights': { 'class-id': 12, 'instance-id': '0.0.40.0.0.255', 'attribute-id': 3 },
    'vaa-name': 0xfa00,
    read: ['read'],
    foreign: ['get', 'event-notification'],
    other: 'ln',
    ciphered: 'sn-ciphered',
  },
}
export const REFERENCING_FIELDS: readonly string[] = Object.keys(OF.ln)

/** Bits of short names → what they allow, as it is called with logical names. */
const ALLOWS: Readonly<Record<string, readonly string[]>> = {
  read: ['get'],
  write: ['set', 'action'],
  'parameterized-access': ['selective-access'],
  'block-transfer-with-set-or-write': ['block-transfer-with-set-or-write', 'block-transfer-with-action'],
}

/** What conformance bits allow, called the same with either referencing: `$client.services`, `$association.services`. */
export const servicesOf = (context: Referencing, bits: readonly string[]): readonly string[] =>
  context === 'ln' ? bits : bits.flatMap((bit) => ALLOWS[bit] ?? [bit])

/** What references to a client find beside what is declared of it. */
export const referencingOf = (
  context: Referencing,
  conformance: readonly string[] | undefined,
): Readonly<Record<string, Value>> => ({
  referencing: OF[context],
  ...(conformance === undefined ? {} : { services: servicesOf(context, conformance) }),
})
