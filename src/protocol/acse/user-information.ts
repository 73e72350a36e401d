import { choice, named, rest, tagged, type Codec, type Field, type Of } from '../../codec/codec.ts'
import { cipheredApdus } from '../xdlms/ciphered.ts'
import { initiateApdus } from '../xdlms/xdlms.ts'

const apdu = choice({
  ...initiateApdus,
  'glo-initiate-request': cipheredApdus['glo-initiate-request'],
  'glo-initiate-response': cipheredApdus['glo-initiate-response'],
  'glo-confirmed-service-error': cipheredApdus['glo-confirmed-service-error'],
  'ded-initiate-request': cipheredApdus['ded-initiate-request'],
  'ded-initiate-response': cipheredApdus['ded-initiate-response'],
  'ded-confirmed-service-error': cipheredApdus['ded-confirmed-service-error'],
  'general-glo-ciphering': cipheredApdus['general-glo-ciphering'],
  'general-ded-ciphering': cipheredApdus['general-ded-ciphering'],
  'general-ciphering': cipheredApdus['general-ciphering'],
})

/** The xDLMS APDU that an association or its end brings along; with a tag that has no place there, octets. */
type UserInformation = Of<typeof apdu> | { readonly is: 'octets'; readonly value: Uint8Array }

const tags = new Set(Object.values(apdu.tags).map(([first]) => first))
const octets: Field = { name: 'octets', kind: 'through', shape: rest.shape }

const apduOrOctets: Codec<UserInformation> = {
  shape: { is: 'choice', arms: [...(apdu.shape.is === 'choice' ? apdu.shape.arms : []), octets] },
  write: (to, value) => (value.is === 'octets' ? to.put(value.value) : apdu.write(to, value)),
  read(from) {
    const tag = from.peek()
    return tag !== undefined && tags.has(tag) ? apdu.read(from) : { is: 'octets', value: rest.read(from) }
  },
}

/** `04 L` and the APDU, inside BE. */
export const userInformation: Codec<UserInformation> = named('octet-string', tagged(0x04, apduOrOctets))
