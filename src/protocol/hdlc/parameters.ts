// Parameter block of SNRM and UA (IEC 62056-46 6.4.4.4.3.2): 81 80 LL, then identifier, length, value of each parameter.
import { lengthPrefixed, named, rest, sequence, constant, type Codec, type Shape } from '../../codec/codec.ts'
import { hex } from '../../codec/value.ts'
import { LINK_PARAMETERS, type LinkParameter, type LinkParameters } from './negotiate.ts'

/** As sent: in any order, values of any length, identifiers known or not. */
export interface Parameter {
  readonly identifier: number
  readonly value: Uint8Array
}

const IDENTIFIER: Readonly<Record<LinkParameter, number>> = {
  'max-information-field-length-transmit': 0x05,
  'max-information-field-length-receive': 0x06,
  'window-size-transmit': 0x07,
  'window-size-receive': 0x08,
}

const NAME_OF = new Map(LINK_PARAMETERS.map((name) => [IDENTIFIER[name], name]))

/** `max-information-field-length-transmit`, or `parameter-0A` for an identifier without a name. */
export const parameterName = (identifier: number): string =>
  NAME_OF.get(identifier) ?? `parameter-${hex(Uint8Array.of(identifier))}`

/** The reverse of `parameterName`. */
export function parameterIdentifier(name: string): number | undefined {
  const known = LINK_PARAMETERS.find((known) => known === name)
  if (known !== undefined) return IDENTIFIER[known]
  const [, digits] = /^parameter-([0-9A-Fa-f]{2})$/.exec(name) ?? []
  return digits === undefined ? undefined : Number.parseInt(digits, 16)
}

/** A number as the standard's examples write it: windows in four octets, lengths in one or, above 255, two. */
export function parameterOctets(identifier: number, value: number): Uint8Array {
  const window = identifier === IDENTIFIER['window-size-transmit'] || identifier === IDENTIFIER['window-size-receive']
  if (window || value > 0xffff) return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
  return value > 0xff ? Uint8Array.of(value >>> 8, value) : Uint8Array.of(value)
}

/** The number in a value of one to four octets. */
export const parameterNumber = (value: Uint8Array): number | undefined =>
  value.length >= 1 && value.length <= 4 ? value.reduce((number, octet) => number * 256 + octet, 0) : undefined

/** What is said becomes the list that is sent, in the order of the identifiers. */
export const toParameters = (said: Partial<LinkParameters>): readonly Parameter[] =>
  LINK_PARAMETERS.flatMap((name) => {
    const number = said[name]
    const identifier = IDENTIFIER[name]
    return number === undefined ? [] : [{ identifier, value: parameterOctets(identifier, number) }]
  })

/** What was said in a list: unknown identifiers and values of no readable size are skipped. */
export function fromParameters(parameters: readonly Parameter[]): Partial<LinkParameters> {
  const said: Partial<Record<LinkParameter, number>> = {}
  for (const { identifier, value } of parameters) {
    const name = NAME_OF.get(identifier)
    const number = parameterNumber(value)
    if (name !== undefined && number !== undefined) said[name] = number
  }
  return said
}

const value = lengthPrefixed(named('value', rest))
const parameterShape: Shape = {
  is: 'sequence',
  fields: [
    { name: 'identifier', kind: 'field', shape: { is: 'integer', size: 1 } },
    ...(value.shape.is === 'sequence' ? value.shape.fields : []),
  ],
}

/** Each parameter is a field of its own name. */
const list: Codec<readonly Parameter[]> = {
  shape: {
    is: 'sequence',
    fields: LINK_PARAMETERS.map((name) => ({ name, kind: 'field', optional: true, shape: parameterShape })),
  },
  write(to, parameters) {
    for (const parameter of parameters) {
      to.recorder?.open(parameterName(parameter.identifier), to.length)
      to.recorder?.open('identifier', to.length)
      to.u8(parameter.identifier)
      to.recorder?.close(to.length, parameter.identifier)
      value.write(to, parameter.value)
      to.recorder?.close(to.length, parameterNumber(parameter.value))
    }
  },
  read(from) {
    const parameters: Parameter[] = []
    while (from.left > 0) {
      from.recorder?.open(parameterName(from.peek() ?? 0), from.at)
      from.recorder?.open('identifier', from.at)
      const identifier = from.u8()
      from.recorder?.close(from.at, identifier)
      const octets = value.read(from)
      from.recorder?.close(from.at, parameterNumber(octets))
      parameters.push({ identifier, value: octets })
    }
    return parameters
  },
}

const block = sequence({
  'format-identifier': constant('81'),
  'group-identifier': constant('80'),
  parameters: lengthPrefixed(list),
})

/** Information field of SNRM and UA. */
export const parameterBlock: Codec<readonly Parameter[]> = {
  shape: block.shape,
  write: (to, parameters) => block.write(to, { parameters }),
  read: (from) => block.read(from).parameters,
}
