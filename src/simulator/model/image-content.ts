// What an image of this maker holds, and whether it may be activated. The form is the maker's own: no standard knows one.
import { createHmac, timingSafeEqual } from 'node:crypto'

const MAGIC = 'SIMI'
const SIGNED = 1
/** Magic, whether it is signed, type and version. */
const HEADER_OCTETS = 11
const SIGNATURE_OCTETS = 16

/** What the meter knows of images that are for it. `version`: that it runs; an older one is not taken. */
export interface ImageMaker {
  readonly type: string
  readonly version: number
  readonly key: Uint8Array
}

export interface ImageContent {
  readonly magic: string
  readonly signed: boolean
  readonly type: string
  readonly version: number
  readonly body: Uint8Array
  readonly signature: Uint8Array
}

/** Undefined: it is too short for a header. */
export function imageContent(octets: Uint8Array): ImageContent | undefined {
  if (octets.length < HEADER_OCTETS) return undefined
  const text = (from: number, to: number): string => String.fromCharCode(...octets.subarray(from, to))
  const signed = octets[4] === SIGNED
  const end = signed ? Math.max(HEADER_OCTETS, octets.length - SIGNATURE_OCTETS) : octets.length
  return {
    magic: text(0, 4),
    signed,
    type: text(5, 9),
    version: ((octets[9] ?? 0) << 8) | (octets[10] ?? 0),
    body: octets.subarray(0, end),
    signature: octets.subarray(end),
  }
}

const signatureOf = (body: Uint8Array, key: Uint8Array): Uint8Array =>
  createHmac('sha256', key).update(body).digest().subarray(0, SIGNATURE_OCTETS)

/** Each has to hold of an image that is verified. */
export interface ImageChecks {
  readonly form: (image: ImageContent) => boolean
  readonly signed: (image: ImageContent) => boolean
  readonly signature: (image: ImageContent, maker: ImageMaker) => boolean
  readonly type: (image: ImageContent, maker: ImageMaker) => boolean
  readonly version: (image: ImageContent, maker: ImageMaker) => boolean
}

export const conformantChecks: ImageChecks = {
  form: ({ magic }) => magic === MAGIC,
  signed: ({ signed }) => signed,
  signature: ({ signed, body, signature }, { key }) =>
    !signed || (signature.length === SIGNATURE_OCTETS && timingSafeEqual(signature, signatureOf(body, key))),
  type: ({ type }, maker) => type === maker.type,
  version: ({ version }, maker) => version >= maker.version,
}

export function isAuthentic(checks: ImageChecks, octets: Uint8Array, maker: ImageMaker): boolean {
  const image = imageContent(octets)
  return image !== undefined && Object.values(checks).every((holds: ImageChecks['type']) => holds(image, maker))
}
