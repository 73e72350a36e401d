// For tests: what a client asks of an object of Data protection, so that each defect of it shows in what comes of it.
import { encode } from '../../codec/codec.ts'
import { concat } from '../../codec/operator.ts'
import { hex } from '../../codec/value.ts'
import { data } from '../../protocol/data/data.ts'
import { identifiedKey, staticKey, wrappedKey } from '../../protocol/security/content-key.ts'
import { keyPairOf } from '../../protocol/security/curves.ts'
import {
  headerForms,
  protectedData,
  protectionHeader,
  type CipheringType,
} from '../../protocol/security/protected-data.ts'
import { parametersData, type ProtectionLayer } from '../../protocol/security/protection-parameters.ts'
import { securityControlOf } from '../../protocol/security/security-control.ts'
import type { KeyInfo } from '../../protocol/xdlms/ciphered.ts'
import { octetsOf } from '../dialogue.ts'
import type { Situation } from '../model/classes.ts'
import type { ModelRules } from '../model/rules.ts'
import { CLIENT_TITLE } from '../model/secured-situation.ts'
import { securityOf } from '../model/security-state.ts'
import { invokeMethod, readHex, situationOf, writeValue } from '../model/situation.ts'

const HEADER = protectionHeader(octetsOf('0000000000000001'), octetsOf(CLIENT_TITLE), octetsOf('53494D0000BC614E'))
const UNICAST = identifiedKey('global-unicast-encryption-key')
const WRAPPED = new Uint8Array(16).fill(0x5a)
const NEW_VALUE = '090411223344'
const ANOTHER_VALUE = '060000002A'

const listed = (classId: string, name: string, id: string): string =>
  `0101020512${classId}0906${name}0F${id}12000002021600` + '00'
const SCRATCH = listed('0001', '0000608001FF', '02')
const BOTH_SCRATCHES = `0102${SCRATCH.slice(4)}${listed('0001', '0000608008FF', '02').slice(4)}`

const parametersOf = (...layers: readonly ProtectionLayer[]): string => hex(encode(data, parametersData(layers)))
const parameters = (keyInfo: KeyInfo, ...types: readonly CipheringType[]): string =>
  parametersOf(...types.map((type): ProtectionLayer => ({ is: 'ciphering', type, header: HEADER, keyInfo })))

const SIGNATURE: ProtectionLayer = { is: 'signature', header: HEADER }
const SIGNED = parametersOf(SIGNATURE)
const SIGNED_AND_ENCRYPTED = parametersOf(SIGNATURE, { is: 'ciphering', type: 1, header: HEADER, keyInfo: UNICAST })
const SIGNATURE_OCTETS = 64

/** Requests and responses are encrypted. */
const REQUIRED = '1648'
const AUTHENTICATED = 0x11
const BOTH = 0x31

/** By methods and by the buffer: attributes, one that the client may not read, and what is written with a wrong tag, under a wrong key or with a wrong signature, in one layer and in two; what is required, and two attributes at once. */
export function dataProtectionTold(rules: ModelRules): readonly string[] {
  const gmac = situationOf('suite-1', 'gmac', rules)
  const meter: Situation = { ...gmac, association: { ...gmac.association, clientTitle: octetsOf(CLIENT_TITLE) } }
  const state = securityOf(meter, '0.0.43.0.3.255')
  const {
    'global-unicast-encryption-key': encryption,
    'authentication-key': authentication,
    'master-key': master,
    'agreement-key': agreement,
  } = state?.keys ?? {}
  const other = state?.clientKeys['agreement-key']
  if (!encryption || !authentication || !master || !agreement || !other) return []
  const [header = new Uint8Array(0)] = headerForms(HEADER)
  const sealed = (control: number, invocationCounter: number, plain: Uint8Array): Uint8Array =>
    protectedData(
      {
        control: securityControlOf(control),
        invocationCounter,
        originator: octetsOf(CLIENT_TITLE),
        keys: { encryption, authentication },
        header,
      },
      plain,
    )
  const flipped = (all: Uint8Array): Uint8Array => all.with(-1, (all.at(-1) ?? 0) ^ 1)
  const string = (all: Uint8Array): string => hex(encode(data, { is: 'octet-string', value: all }))
  const { keyInfo: wrapped } = wrappedKey(master, WRAPPED)
  const agreed = staticKey(HEADER, 'P-256', keyPairOf('P-256', agreement), other)
  if (!agreed.ok) return []
  const wrong = flipped(sealed(BOTH, 5, octetsOf(NEW_VALUE)))
  const inner = flipped(sealed(AUTHENTICATED, 6, octetsOf(NEW_VALUE)))
  const signedBy = (octet: number): string =>
    string(concat([octetsOf(NEW_VALUE), new Uint8Array(SIGNATURE_OCTETS).fill(octet)]))
  const two = octetsOf(`0202${NEW_VALUE}${ANOTHER_VALUE}`)
  const told = ([method, said]: readonly [number, string]): string => {
    const { result, returned } = invokeMethod(meter, `30:0.0.43.2.0.255:${method}`, said)
    return `${String(result)} ${returned === undefined ? '' : hex(encode(data, returned))}`
  }
  const methods = [
    [1, `0202${SCRATCH}${SIGNED}`] as const,
    [1, `0202${SCRATCH}${SIGNED_AND_ENCRYPTED}`] as const,
    [2, `0203${SCRATCH}${SIGNED}${signedBy(0)}`] as const,
    [2, `0203${SCRATCH}${SIGNED}${signedBy(1)}`] as const,
    [1, `0202${SCRATCH}${parameters(UNICAST, 2)}`] as const,
    [1, `0202${listed('0008', '0000010000FF', '09')}${parameters(UNICAST, 2)}`] as const,
    [1, `0202${SCRATCH}${parameters(UNICAST, 0, 2)}`] as const,
    [1, `0202${SCRATCH}${parameters(wrapped, 2)}`] as const,
    [1, `0202${SCRATCH}${parameters(agreed.value.keyInfo, 2)}`] as const,
    [2, `0203${SCRATCH}${parameters(UNICAST, 2)}${string(wrong)}`] as const,
    [2, `0203${SCRATCH}${parameters(UNICAST, 0, 2)}${string(sealed(BOTH, 7, inner))}`] as const,
    [2, `0203${SCRATCH}${parameters(wrapped, 2)}${string(sealed(BOTH, 8, octetsOf(NEW_VALUE)))}`] as const,
  ].map(told)
  const buffer = (id: number): string => `30:0.0.43.2.0.255:${id}`
  return [
    ...methods,
    writeValue(meter, buffer(3), SCRATCH),
    writeValue(meter, buffer(4), parameters(UNICAST, 2)),
    readHex(meter, buffer(2)),
    writeValue(meter, buffer(5), parameters(UNICAST, 2)),
    writeValue(meter, buffer(2), string(octetsOf(NEW_VALUE))),
    writeValue(meter, buffer(2), string(sealed(BOTH, 9, octetsOf(NEW_VALUE)))),
    told([2, `0203${BOTH_SCRATCHES}${parameters(UNICAST, 2)}${string(sealed(BOTH, 10, two))}`]),
    readHex(meter, '1:0.0.96.128.8.255:2'),
    writeValue(meter, buffer(6), REQUIRED),
    told([1, `0202${SCRATCH}${parameters(UNICAST, 0)}`]),
    told([2, `0203${SCRATCH}${parameters(UNICAST, 0)}${string(sealed(AUTHENTICATED, 11, octetsOf(NEW_VALUE)))}`]),
  ].map(String)
}
