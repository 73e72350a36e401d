// What was read from a meter, as plain values. Whatever is not as its class says gives nothing.
import type { Data } from '../protocol/data/data.ts'

/** Printable ASCII of an octet-string or a visible-string, at most so long. */
export function textIn(value: Data | undefined, most = 64): string | undefined {
  const octets =
    value?.is === 'octet-string'
      ? String.fromCharCode(...value.value.subarray(0, most + 1))
      : value?.is === 'visible-string'
        ? value.value
        : undefined
  return octets !== undefined && octets.length > 0 && octets.length <= most && /^[\x20-\x7e]+$/.test(octets)
    ? octets
    : undefined
}

export function numberIn(value: Data | undefined): number | undefined {
  switch (value?.is) {
    case 'unsigned':
    case 'long-unsigned':
    case 'double-long-unsigned':
    case 'enum':
      return value.value
    default:
      return undefined
  }
}

export interface AssignedSap {
  readonly sap: number
  readonly name: string | undefined
}

/** SAP_assignment_list: structures of SAP and logical device name. */
export function sapsIn(value: Data | undefined): readonly AssignedSap[] {
  if (value?.is !== 'array') return []
  return value.value.flatMap((element) => {
    const [sap, name] = element.is === 'structure' ? element.value : []
    const number = numberIn(sap)
    return number === undefined || number < 1 || number > 0x3fff ? [] : [{ sap: number, name: textIn(name) }]
  })
}

/** Undefined where it is beyond what a declaration may say. */
export const within = (value: number | undefined, least: number, most: number): number | undefined =>
  value !== undefined && value >= least && value <= most ? value : undefined

/** `{name: value}`, or nothing where there is no value. A computed key is any key to the compiler: the type says which. */
export const some = <N extends string, T>(name: N, value: T | undefined): { readonly [K in N]?: T } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [K in N]: T })
