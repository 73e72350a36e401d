// What a `given` or a word proposes when a rung is climbed: parameters of the link, and fields of the initiation.
import type { Proposed } from './associating.ts'
import { fail, ok, type Result, type Value } from '../codec/value.ts'
import type { Given } from '../engine/vocabulary.ts'
import { LINK_PARAMETERS, type LinkParameter } from '../protocol/hdlc/negotiate.ts'
import { isList, type JsonRecord } from '../protocol/json.ts'
import { CONFORMANCE, type ConformanceBit } from '../protocol/xdlms/conformance.ts'

/** HDLC parameters among what is proposed. */
export function proposalOf({ propose = {} }: Pick<Given, 'propose'>): Partial<Record<LinkParameter, number>> {
  const proposal: Partial<Record<LinkParameter, number>> = {}
  for (const name of LINK_PARAMETERS) {
    const value = propose[name]
    if (typeof value === 'number') proposal[name] = value
  }
  return proposal
}

const SIZE = 'client-max-receive-pdu-size'

const DEDICATED = 'dedicated-key'

const PROPOSED: readonly string[] = [...LINK_PARAMETERS, 'conformance', SIZE, DEDICATED]

/** `conformance`, `client-max-receive-pdu-size` and `dedicated-key` among what is proposed, or why they cannot be. */
export function initiationOf({ propose = {} }: Pick<Given, 'propose'>): Result<Proposed, string> {
  const { conformance, [SIZE]: size, [DEDICATED]: dedicated } = propose
  const unknown = Object.keys(propose).find((name) => !PROPOSED.includes(name))
  if (unknown !== undefined) return fail(`expected one of ${PROPOSED.join(', ')}, found ${unknown}`)
  const bits = conformance === undefined ? undefined : bitsOf(conformance)
  if (conformance !== undefined && bits === undefined)
    return fail(`conformance: expected a list of its bits by their names, found ${JSON.stringify(conformance)}`)
  if (size !== undefined && !isSize(size))
    return fail(`${SIZE}: expected an integer from 0 to 65535, found ${JSON.stringify(size)}`)
  if (dedicated !== undefined && typeof dedicated !== 'boolean')
    return fail(`${DEDICATED}: expected true for a new one, found ${JSON.stringify(dedicated)}`)
  return ok({
    initiate: {
      ...(bits === undefined ? {} : { conformance: bits }),
      ...(size === undefined ? {} : { [SIZE]: size }),
    },
    dedicated: dedicated === true,
  })
}

/** Undefined: something in it is no bit. */
export function bitsOf(value: Value): readonly ConformanceBit[] | undefined {
  if (!isList(value)) return undefined
  const bits = CONFORMANCE.filter((bit) => value.includes(bit))
  return value.every((each) => bits.some((bit) => bit === each)) ? bits : undefined
}

const isSize = (value: Value): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff

/** What a word is told to propose, laid over what its rung proposes. */
export const proposedBy = (args: JsonRecord): JsonRecord => {
  const { propose } = args
  return typeof propose === 'object' && propose !== null && !isList(propose) ? propose : {}
}
