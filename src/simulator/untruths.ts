// For tests: a meter that lies in the answers of its services, whatever carries them, with logical names and with short names.
import { concat } from '../codec/operator.ts'
import { unhex } from '../codec/value.ts'
import type { Upper } from './upper.ts'

/** What came before an answer in the same meter. */
interface Before {
  /** Answers since a question that is none for a next block. */
  readonly asked: number
  /** The answer of the service before; empty: there is none. */
  readonly answer: Uint8Array
}

/** An answer of a service → what is sent in its place. */
export type Untruth = (answer: Uint8Array, before: Before) => Uint8Array

const octetsOf = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const SERVICE_ANSWERS: ReadonlySet<number> = new Set([0xc4, 0xc5, 0xc7, 0xd8, 0x0c, 0x0d, 0x0e])
const isShort = ([tag = 0]: Uint8Array): boolean => tag < 0x10
const INVOKE_ID_AT = 2
const idOf = (answer: Uint8Array): Uint8Array => answer.subarray(INVOKE_ID_AT, INVOKE_ID_AT + 1)

/** The value of an attribute in place of the right one. */
const data =
  (...parts: readonly Uint8Array[]): Untruth =>
  (answer) =>
    isShort(answer)
      ? concat([octetsOf('0C0100'), ...parts])
      : concat([octetsOf('C401'), idOf(answer), octetsOf('00'), ...parts])

/** A block of a long answer that is never the last one. `raw`: its length and its octets. */
const block =
  (number: (asked: number) => number, raw: (asked: number) => Uint8Array): Untruth =>
  (answer, { asked }) => {
    const numbered = new Uint8Array(4)
    new DataView(numbered.buffer).setUint32(0, number(asked))
    return isShort(answer)
      ? concat([octetsOf('0C010200'), numbered.subarray(2), raw(asked)])
      : concat([octetsOf('C402'), idOf(answer), octetsOf('00'), numbered, octetsOf('00'), raw(asked)])
  }

const replaced = (answer: Uint8Array, at: number, octet: number): Uint8Array =>
  answer.map((each, index) => (index === at ? octet : each))

const rising = (asked: number): number => asked + 1
const SHORT_BLOCK = octetsOf('0411220304')
const LONG_BLOCK = concat([octetsOf('8203E8'), new Uint8Array(1000).fill(0x11)])
/** class_id, version, logical_name, and access_rights without any: for short names a structure too, of another kind. */
const LIST_ELEMENT = octetsOf('0204120001110009060000600100FF020201000100')
const LIST_BEGIN = octetsOf('0184FFFFFFFF')
const ELEMENTS = concat(Array.from({ length: 40 }, () => LIST_ELEMENT))
const withLength = (octets: Uint8Array): Uint8Array =>
  concat([Uint8Array.of(0x82, octets.length >> 8, octets.length & 0xff), octets])

export const UNTRUTHS: Readonly<Record<string, Untruth>> = {
  'the tag of another service': (answer) => replaced(answer, 0, isShort(answer) ? 0x0d : 0xc6),
  'a tag that there is not': (answer) => replaced(answer, 0, 0xff),
  'a form of the service that there is not': (answer) => replaced(answer, isShort(answer) ? 2 : 1, 0x7f),
  'an APDU of no octets': () => new Uint8Array(0),
  'half an answer': (answer) => answer.subarray(0, answer.length >> 1),
  'a count of 4 G results': (answer) =>
    isShort(answer) ? octetsOf('0C84FFFFFFFF00') : concat([octetsOf('C403'), idOf(answer), octetsOf('84FFFFFFFF00')]),
  'an octet-string of 4 GB': data(octetsOf('0984FFFFFFFF00')),
  'an array of 4 G elements': data(octetsOf('0184FFFFFFFF00')),
  'arrays in each other, 700 times': data(octetsOf('0101'.repeat(700))),
  'block numbers that go back': block(
    (asked) => (asked < 3 ? asked + 1 : 6 - asked),
    () => SHORT_BLOCK,
  ),
  'the same block for ever': block(
    () => 1,
    () => SHORT_BLOCK,
  ),
  'blocks of nothing, without an end': block(rising, () => octetsOf('00')),
  'blocks without an end': block(rising, () => LONG_BLOCK),
  'a block that says it has 4 GB': block(rising, () => octetsOf('84FFFFFFFF11')),
  'a list of objects that never ends': block(rising, (asked) =>
    withLength(asked === 0 ? concat([LIST_BEGIN, ELEMENTS]) : ELEMENTS),
  ),
  'another invoke-id': (answer) =>
    isShort(answer) ? octetsOf('D80102') : replaced(answer, INVOKE_ID_AT, (answer[INVOKE_ID_AT] ?? 0) ^ 0x05),
  'the answer to the question before': (_, before) => before.answer,
}

/** The application of a meter behind somebody who changes what it answers. */
export function untrue<U extends Upper>(upper: U, untruth: Untruth): U {
  let before: Before = { asked: 0, answer: new Uint8Array(0) }
  return {
    ...upper,
    apdu: (path, octets, now) => {
      if (!asksForNext(octets)) before = { ...before, asked: 0 }
      return upper.apdu(path, octets, now).map((answer) => {
        if (!SERVICE_ANSWERS.has(answer[0] ?? 0)) return answer
        const told = untruth(answer, before)
        before = { asked: before.asked + 1, answer }
        return told
      })
    },
  }
}

/** GET-request-next, and a read of a block by its number. */
const asksForNext = ([tag, second, third]: Uint8Array): boolean =>
  (tag === 0xc0 && second === 2) || (tag === 0x05 && third === 5)
