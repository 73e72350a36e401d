// server_system_title of Security setup against the title in the AARE and the name of the logical device (ruling C15).
import { unhex, type Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isRecord } from '../../protocol/json.ts'
import { fails, PASS } from './exchange.ts'

const MANUFACTURER = 3

const octetsIn = (value: Value | undefined): string =>
  value !== undefined && isRecord(value) && typeof value['octet-string'] === 'string' ? value['octet-string'] : ''

const lettersOf = (octets: string): string =>
  String.fromCharCode(...(unhex(octets) ?? new Uint8Array(0)).subarray(0, MANUFACTURER))

/** `responding`: responding-AP-title of the AARE in hex, empty where there was none; `name`: the logical device name. */
export function serverTitle(value: Value, argument: Value | undefined): Checked {
  const { responding, name } = argument !== undefined && isRecord(argument) ? argument : {}
  const title = octetsIn(value)
  if (typeof responding === 'string' && responding !== '' && responding.toUpperCase() !== title.toUpperCase())
    return fails(`the responding-AP-title of the AARE, ${responding}`, title)
  const [maker, ofDevice] = [lettersOf(title), lettersOf(octetsIn(name))]
  if (maker === ofDevice || ofDevice === '') return PASS
  const text = `the title is of the manufacturer ${JSON.stringify(maker)}, the logical device name of ${JSON.stringify(ofDevice)}`
  return { is: 'remark', text, clause: 'cosem.security-setup' }
}
