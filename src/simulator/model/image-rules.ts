// What an Image transfer takes, and what it makes of it (IEC 62056-6-2, Image transfer).
import { conformantChecks, type ImageChecks } from './image-content.ts'

/** A block as it came. `blocks`: a character for each block of the image, `1`: it has come. `due`: so many octets it should have. */
export interface ImageBlock {
  readonly blocks: string
  readonly number: number
  readonly length: number
  readonly due: number
}

export interface ImageRules {
  /** Whether an image of so many octets is taken. */
  readonly takesSize: (octets: number) => boolean
  /** The blocks that have come, when a transfer begins. */
  readonly begun: (before: string, count: number) => string
  readonly takes: (block: ImageBlock) => boolean
  /** What is asked of an image, where the maker is known. */
  readonly checks: ImageChecks
  /** image_transfer_status after a verification. */
  readonly verified: (whole: boolean) => number
  /** Whether an image can be activated in this image_transfer_status. */
  readonly mayActivate: (status: number | undefined) => boolean
  /** image_transfer_status after an activation. */
  readonly activated: number
}

/** A larger image is refused: the bits of its blocks would be the only thing that grows. */
const LARGEST_IMAGE = 4_000_000
const VERIFICATION_SUCCESSFUL = 3
const VERIFICATION_FAILED = 4
const ACTIVATION_SUCCESSFUL = 6

export const conformantImage: ImageRules = {
  takesSize: (octets) => octets > 0 && octets <= LARGEST_IMAGE,
  begun: (_before, count) => '0'.repeat(count),
  takes: ({ blocks, number, length, due }) => number < blocks.length && length === due,
  checks: conformantChecks,
  verified: (whole) => (whole ? VERIFICATION_SUCCESSFUL : VERIFICATION_FAILED),
  mayActivate: (status) => status === VERIFICATION_SUCCESSFUL,
  activated: ACTIVATION_SUCCESSFUL,
}
