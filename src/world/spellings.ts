// What a secret looks like in a text.
import { hex } from '../codec/value.ts'

/** What a secret looks like in text, as regular expressions. */
export function spellingsOf(secret: Uint8Array): readonly string[] {
  const forms = [hexForm(secret), ...base64Forms(secret), ...decimalForms(secret)]
  if (!isPrintable(secret)) return forms
  const characters = Buffer.from(secret).toString('latin1')
  const quoted = JSON.stringify(characters).slice(1, -1)
  return [
    ...forms,
    ...new Set(
      [literal(characters), literal(quoted)].map((form) => (HEX_DIGITS.test(characters) ? alone(form) : form)),
    ),
  ]
}

export const isPrintable = (secret: Uint8Array): boolean => secret.every((octet) => octet >= 0x20 && octet <= 0x7e)

const HEX_DIGITS = /^[0-9A-Fa-f]+$/
/** A password of digits alone is found between other characters, not inside longer hex: octets like `00 00 00 01` are no password. */
const alone = (form: string): string => `(?<![0-9A-Fa-f])${form}(?![0-9A-Fa-f])`

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Digits of either case; blanks, dashes, colons or commas may stand between octets, also `0x`. */
const hexForm = (secret: Uint8Array) =>
  [...hex(secret).matchAll(/../g)]
    .map(([pair]) => [...pair].map((digit) => `[${digit}${digit.toLowerCase()}]`).join(''))
    .join('(?:[\\s:,-]*(?:0x)?)')

/** Fewer numbers in a row turn up by chance. */
const SHORTEST_IN_DECIMAL = 8

/** Octets as a list of numbers. */
const decimalForms = (secret: Uint8Array): readonly string[] =>
  secret.length < SHORTEST_IN_DECIMAL ? [] : [`(?<!\\d)${[...secret].join('[\\s,]+')}(?!\\d)`]

/** Base64 as it is, and as it stands in URLs and JSON Web Keys. */
const eitherAlphabet = (base64: string): string => base64.replaceAll('+', '[+-]').replaceAll('/', '[/_]')

function base64Forms(secret: Uint8Array): readonly string[] {
  const whole = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  const long = withinBase64(secret).filter((form) => form.length >= SHORTEST_IN_BASE64)
  return [`${eitherAlphabet(whole)}={0,2}`, ...long.map(eitherAlphabet)]
}

/** Fewer characters turn up by chance. */
const SHORTEST_IN_BASE64 = 4

/** Within the base64 of something longer a secret looks one of three ways; of each the characters that hold nothing but the secret. */
export const withinBase64 = (secret: Uint8Array): readonly string[] =>
  [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), secret]).toString('base64')
    return all.slice(Math.ceil((before * 8) / 6), Math.floor(((before + secret.length) * 8) / 6))
  })
