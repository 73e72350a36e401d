// Object identifiers as attributes 4 and 6 of class 15 hold them: the octets of the identifier.
import { encode } from '../../codec/codec.ts'
import { APPLICATION_CONTEXT, MECHANISM } from '../../protocol/acse/names.ts'
import { objectIdentifier } from '../../protocol/acse/object-identifier.ts'
import type { Mechanism } from '../description.ts'

/** `ciphered`: the context of associations in which APDUs may be ciphered. */
export const contextName = (ciphered: boolean): Uint8Array =>
  encode(objectIdentifier(APPLICATION_CONTEXT), ciphered ? 'ln-ciphered' : 'ln')

export const mechanismName = (mechanism: Mechanism): Uint8Array => encode(objectIdentifier(MECHANISM), mechanism)
