// For tests: secrets in what a run has written, in every way to write octets down.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { hex } from '../codec/value.ts'

/** Every way to write octets down that a reader of an output might take for them. */
function spellings(octets: Uint8Array): readonly string[] {
  const pairs = hex(octets).match(/../g) ?? []
  const characters = Buffer.from(octets).toString('latin1')
  const each = (write: (pair: string) => string, between = ''): string => pairs.map(write).join(between)
  const hexes = ['', ' ', ':', '-', ', '].flatMap((between) => [each((pair) => pair, between), each(lower, between)])
  return [
    characters,
    JSON.stringify(characters).slice(1, -1),
    encodeURIComponent(characters),
    ...hexes,
    each((pair) => `0x${lower(pair)}`, ', '),
    each((pair) => `%${pair}`),
    each((pair) => `\\x${lower(pair)}`),
    each((pair) => `\\u00${lower(pair)}`),
    each((pair) => `&#x${pair};`),
    each((pair) => `&#${parseInt(pair, 16)};`),
    ...[', ', ',', ' '].map((between) => [...octets].join(between)),
    ...[0, 1, 2].map((before) => inBase64(octets, before)).flatMap((base64) => [base64, inUrl(base64)]),
  ]
}
const lower = (text: string): string => text.toLowerCase()

/** What base64 shows of octets behind so many others: the characters that depend on nothing else. */
function inBase64(octets: Uint8Array, before: number): string {
  const all = Buffer.concat([Buffer.alloc(before), octets]).toString('base64')
  return all.slice(Math.ceil((before * 8) / 6), Math.floor(((before + octets.length) * 8) / 6))
}

/** The alphabet of URLs and JSON Web Keys. */
const inUrl = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_')

/** The report as its reader sees it: what is packed, unpacked. */
const unpacked = (html: string): string =>
  html.replace(
    /(<script type="text\/plain"[^>]*>)([^<]*)/g,
    (_, tag: string, data: string) => `${tag}${inflateSync(Buffer.from(data.trim(), 'base64')).toString('latin1')}`,
  )

/** Where secrets stand in what a run has left: `file: spelling`. */
export function leaks(folder: string, console: readonly string[], secrets: readonly Uint8Array[]): readonly string[] {
  const files = readdirSync(folder).map((name) => {
    const text = readFileSync(join(folder, name)).toString('latin1')
    return [name, name === 'report.html' ? unpacked(text) : text] as const
  })
  const outputs = [...files, ...console.map((text, i) => [i === 0 ? 'stdout' : 'stderr', text] as const)]
  return outputs.flatMap(([name, text]) =>
    secrets.flatMap(spellings).flatMap((spelling) => (text.includes(spelling) ? [`${name}: ${spelling}`] : [])),
  )
}
