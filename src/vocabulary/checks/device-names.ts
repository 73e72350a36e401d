// Names of logical devices: their own, and the list of all (IEC 62056-6-2, COSEM logical device name and SAP assignment).
import { fromJson } from '../../codec/codec.ts'
import type { Value } from '../../codec/value.ts'
import { tellValue } from '../../cosem/tell.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { data, type Data } from '../../protocol/data/data.ts'
import { isRecord } from '../../protocol/json.ts'
import { asDeclared, record } from './as-declared.ts'
import { fails, PASS } from './exchange.ts'

const MOST_OCTETS = 16
/** The manufacturer as the FLAG association names it. */
const MANUFACTURER = /^[A-Z]{3}/

/** The text of a name, each octet a character; undefined: not a text. */
function textOf(value: Data | undefined): string | undefined {
  if (value?.is === 'octet-string') return String.fromCharCode(...value.value.subarray(0, MOST_OCTETS + 1))
  return value?.is === 'visible-string' ? value.value : undefined
}

export function logicalDeviceName(value: Value): Checked {
  const read = fromJson(data, value)
  if (!read.ok) return fails('a value of COSEM', JSON.stringify(value).slice(0, 80))
  const text = textOf(read.value)
  if (text === undefined) return fails('an octet-string or a visible-string', tellValue(read.value))
  if (text.length > MOST_OCTETS) return fails(`at most ${MOST_OCTETS} octets`, tellValue(read.value))
  return MANUFACTURER.test(text) ? PASS : fails('the three letters of the manufacturer in front', JSON.stringify(text))
}

interface Assigned {
  readonly sap: number
  readonly name: string
}

/** The list, or what is wrong with it. */
function listIn(value: Value): readonly Assigned[] | Checked {
  const read = fromJson(data, value)
  if (!read.ok || read.value.is !== 'array') return fails('an array', JSON.stringify(value).slice(0, 80))
  const list: Assigned[] = []
  for (const [at, element] of read.value.value.entries()) {
    const assigned = assignedIn(element)
    if (assigned === undefined) return fails(`[${at + 1}]: a SAP and a logical device name`, tellValue(element))
    list.push(assigned)
  }
  return list
}

/** `devices`: those that are declared, each with its `sap` or `upper` address. */
export function sapAssignment(value: Value, devices: Value | undefined): Checked {
  const list = listIn(value)
  if ('is' in list) return list
  const twice = list.find(({ sap, name }, at) => list.slice(0, at).some((one) => one.sap === sap || one.name === name))
  if (twice)
    return fails('each SAP and each logical device name once', `SAP ${twice.sap}, ${JSON.stringify(twice.name)} again`)
  const missing = sapsOf(devices).find((wanted) => !list.some(({ sap }) => sap === wanted))
  return missing === undefined
    ? PASS
    : fails(`SAP ${missing} of a declared logical device`, list.map(({ sap }) => sap).join(', '))
}

function assignedIn(element: Data): Assigned | undefined {
  const [sap, name] = element.is === 'structure' ? element.value : []
  const text = textOf(name)
  return sap?.is === 'long-unsigned' && text !== undefined ? { sap: sap.value, name: text } : undefined
}

interface DeclaredSap {
  readonly claim: string
  readonly sap: number
}

const declaredSaps = (devices: Value | undefined): readonly DeclaredSap[] =>
  Object.entries(record(devices)).flatMap(([name, device]) => {
    const { upper, sap = upper } = isRecord(device) ? device : {}
    return typeof sap === 'number' ? [{ claim: `devices.${name}`, sap }] : []
  })

const sapsOf = (devices: Value | undefined): readonly number[] => declaredSaps(devices).map(({ sap }) => sap)

/** SAP_assignment_list against the logical devices that are declared. */
export function devicesAsDeclared(value: Value, devices: Value | undefined): Checked {
  const list = listIn(value)
  if ('is' in list) return list
  const declared = declaredSaps(devices)
  const listed = list.map(({ sap }) => sap)
  return asDeclared(
    declared
      .filter(({ sap }) => !listed.includes(sap))
      .map(({ claim, sap }) => ({ claim, expected: `SAP ${sap}`, found: `SAPs ${listed.join(', ') || 'none'}` })),
    list
      .filter(({ sap }) => !declared.some((each) => each.sap === sap))
      .map(({ sap, name }) => `SAP ${sap}, ${JSON.stringify(name)}, is listed, and not declared in devices`),
  )
}

/** A logical device name against the `device` as its axis has it, and the `nameplate`: the identification that is declared. */
export function nameAsDeclared(value: Value, argument: Value | undefined): Checked {
  const read = fromJson(data, value)
  const text = read.ok ? textOf(read.value) : undefined
  if (text === undefined) return fails('a text', JSON.stringify(value).slice(0, 80))
  const { device, nameplate } = record(argument)
  const { name, logicalDeviceName } = record(device)
  const { manufacturer } = record(nameplate)
  const found = JSON.stringify(text)
  if (typeof logicalDeviceName === 'string' && logicalDeviceName !== text)
    return asDeclared([
      {
        claim: `devices.${typeof name === 'string' ? name : '?'}.logicalDeviceName`,
        expected: logicalDeviceName,
        found,
      },
    ])
  return typeof manufacturer === 'string' && MANUFACTURER.test(manufacturer) && manufacturer.length === 3
    ? asDeclared(
        text.startsWith(manufacturer)
          ? []
          : [{ claim: 'identification.manufacturer', expected: `${manufacturer} in front`, found }],
      )
    : PASS
}
