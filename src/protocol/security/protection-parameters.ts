// protection_parameters of Data protection (class 30): each layer of protection, and its key (IEC 62056-6-2, Data protection).
import type { Data } from '../data/data.ts'
import type { GeneralHeader, KeyInfo } from '../xdlms/ciphered.ts'
import { identifiedKey } from './content-key.ts'
import { isAuthenticated, isEncrypted, protectionHeader, type CipheringType } from './protected-data.ts'
import type { Demand } from './policy.ts'

const CIPHERING_TYPES: readonly CipheringType[] = [0, 1, 2]
const SIGNATURE = 3

export interface CipheringLayer {
  readonly is: 'ciphering'
  readonly type: CipheringType
  readonly header: GeneralHeader
  readonly keyInfo: KeyInfo
}

/** Who signs, the originator's title says. */
export interface SignatureLayer {
  readonly is: 'signature'
  readonly header: GeneralHeader
}

export type ProtectionLayer = CipheringLayer | SignatureLayer

/** Whether two layers protect in the same way, by whatever keys. */
export const isAlike = (one: ProtectionLayer, other: ProtectionLayer): boolean => typeOf(one) === typeOf(other)

const typeOf = (layer: ProtectionLayer): number => (layer.is === 'ciphering' ? layer.type : SIGNATURE)

/** What layers give together. */
export const givenBy = (layers: readonly ProtectionLayer[]): Demand => ({
  authentication: layers.some((layer) => layer.is === 'ciphering' && isAuthenticated(layer.type)),
  encryption: layers.some((layer) => layer.is === 'ciphering' && isEncrypted(layer.type)),
  signature: layers.some(({ is }) => is === 'signature'),
})

const NOTHING = new Uint8Array(0)

/** key_info_type. */
const KEY_INFO_TYPE = { 'identified-key': 0, 'wrapped-key': 1, 'agreed-key': 2 } as const satisfies Record<
  KeyInfo['is'],
  number
>
const KEY_IDS = ['global-unicast-encryption-key', 'global-broadcast-encryption-key'] as const
const MASTER_KEY = 0

const structure = (...value: readonly Data[]): Data => ({ is: 'structure', value })
const enumerated = (value: number): Data => ({ is: 'enum', value })
const octets = (value: Uint8Array): Data => ({ is: 'octet-string', value })

/** As they stand in attributes and in the parameters of methods: the first layer is the innermost. */
export const parametersData = (layers: readonly ProtectionLayer[]): Data => ({
  is: 'array',
  value: layers.map(layerData),
})

/** A signature has no key_info to tell; the structure has one all the same. */
function layerData(layer: ProtectionLayer): Data {
  const { header } = layer
  const keyInfo = layer.is === 'ciphering' ? layer.keyInfo : identifiedKey('global-unicast-encryption-key')
  return structure(
    enumerated(typeOf(layer)),
    structure(
      octets(header['transaction-id']),
      octets(header['originator-system-title']),
      octets(header['recipient-system-title']),
      octets(header['other-information']),
      structure(enumerated(KEY_INFO_TYPE[keyInfo.is]), keyOptions(keyInfo)),
    ),
  )
}

function keyOptions(info: KeyInfo): Data {
  switch (info.is) {
    case 'identified-key':
      return structure(enumerated(numberOf(info.value['key-id'], KEY_IDS)))
    case 'wrapped-key':
      return structure(
        enumerated(numberOf(info.value['kek-id'], ['master-key'])),
        octets(info.value['key-ciphered-data']),
      )
    case 'agreed-key':
      return structure(octets(info.value['key-parameters']), octets(info.value['key-ciphered-data']))
    default:
      return info satisfies never
  }
}

const numberOf = (id: string | number, names: readonly string[]): number =>
  typeof id === 'number' ? id : names.indexOf(id)

/** Undefined: there is no layer, or one that is not known, or whose key is not. */
export function parametersIn(value: Data | undefined): readonly ProtectionLayer[] | undefined {
  const elements = value?.is === 'array' ? value.value : []
  const layers = elements.flatMap((each) => layerIn(each) ?? [])
  return layers.length > 0 && layers.length === elements.length ? layers : undefined
}

function layerIn(element: Data): ProtectionLayer | undefined {
  const [type, options] = fieldsOf(element)
  const [transaction, originator, recipient, other, key] = fieldsOf(options)
  const titled = protectionHeader(octetsIn(transaction), octetsIn(originator), octetsIn(recipient))
  const header = { ...titled, 'other-information': octetsIn(other) }
  if (numberIn(type) === SIGNATURE) return { is: 'signature', header }
  const known = CIPHERING_TYPES.find((each) => each === numberIn(type))
  const keyInfo = keyInfoIn(key)
  if (known === undefined || keyInfo === undefined) return undefined
  return { is: 'ciphering', type: known, header, keyInfo }
}

function keyInfoIn(value: Data | undefined): KeyInfo | undefined {
  const [type, options] = fieldsOf(value)
  const [first, second] = fieldsOf(options)
  switch (numberIn(type)) {
    case KEY_INFO_TYPE['identified-key']: {
      const id = KEY_IDS[numberIn(first) ?? -1]
      return id && { is: 'identified-key', value: { 'key-id': id } }
    }
    case KEY_INFO_TYPE['wrapped-key']:
      return numberIn(first) === MASTER_KEY
        ? { is: 'wrapped-key', value: { 'kek-id': 'master-key', 'key-ciphered-data': octetsIn(second) } }
        : undefined
    case KEY_INFO_TYPE['agreed-key']:
      return { is: 'agreed-key', value: { 'key-parameters': octetsIn(first), 'key-ciphered-data': octetsIn(second) } }
    default:
      return undefined
  }
}

const fieldsOf = (value: Data | undefined): readonly Data[] => (value?.is === 'structure' ? value.value : [])
const numberIn = (value: Data | undefined): number | undefined => (value?.is === 'enum' ? value.value : undefined)
const octetsIn = (value: Data | undefined): Uint8Array => (value?.is === 'octet-string' ? value.value : NOTHING)
