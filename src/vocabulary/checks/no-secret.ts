// Attribute 0 of Association LN, all its attributes in one structure: is the secret among them?
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList, isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

/** Object identifiers of mechanisms begin so: joint-iso-ccitt, country, country-name, identified-organization, DLMS-UA. */
const MECHANISM = /^608574/

/**
 * What may not be read can be left out, so that positions do not count. association_status is the only enum, the secret
 * stands in front of it and behind the mechanism; without the secret the mechanism itself stands there.
 */
export function noSecret(value: Value): Checked {
  const attributes = isRecord(value) ? value['structure'] : undefined
  if (attributes === undefined || !isList(attributes)) return fails('all attributes in a structure', told(value))
  const status = attributes.findIndex((attribute) => isRecord(attribute) && 'enum' in attribute)
  const before = attributes[status - 1]
  const octets = before !== undefined && isRecord(before) ? before['octet-string'] : undefined
  if (typeof octets !== 'string' || octets === '' || MECHANISM.test(octets)) return PASS
  return fails('no secret in front of association_status', `${octets.length / 2} octets`)
}

const told = (value: Value): string => JSON.stringify(value).slice(0, 80)
