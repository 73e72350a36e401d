// Object identifiers as attributes 4 and 6 of class 15 hold them: the octets of the identifier.
import { encode } from '../../codec/codec.ts'
import { APPLICATION_CONTEXT, MECHANISM } from '../../protocol/acse/names.ts'
import { objectIdentifier } from '../../protocol/acse/object-identifier.ts'

export const contextName = encode(objectIdentifier(APPLICATION_CONTEXT), 'ln')

export const mechanismName = (mechanism: 'lowest' | 'lls'): Uint8Array => encode(objectIdentifier(MECHANISM), mechanism)
