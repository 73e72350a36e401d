// Image transfers that lose count (IEC 62056-6-2, Image transfer).
import type { Decisions } from '../../decisions.ts'
import type { ImageRules } from '../../model/image-rules.ts'
import type { ImageChecks } from '../../model/image-content.ts'
import { changeModel, type Defect } from '../defect.ts'

const INITIATED = 1
const VERIFICATION_SUCCESSFUL = 3

const changeImage = (d: Decisions, change: (before: ImageRules) => Partial<ImageRules>): Decisions =>
  changeModel(d, ({ image }) => ({ image: { ...image, ...change(image) } }))

const unchecked = (d: Decisions, check: keyof ImageChecks): Decisions =>
  changeImage(d, ({ checks }) => ({ checks: { ...checks, [check]: () => true } }))

export const imageDefects: readonly Defect[] = [
  {
    id: 'image.status-stuck',
    breaks: ['cosem.image.status'],
    needs: 'any',
    says: 'When the image has been verified, image_transfer_status stays at initiated.',
    apply: (d) => changeImage(d, () => ({ verified: () => INITIATED })),
  },
  {
    id: 'image.in-order-only',
    breaks: ['cosem.image.blocks'],
    needs: 'any',
    says: 'A block is taken only behind all that are before it.',
    apply: (d) =>
      changeImage(d, ({ takes }) => ({
        takes: (block) => !block.blocks.slice(0, block.number).includes('0') && takes(block),
      })),
  },
  {
    id: 'image.block.out-of-bounds',
    breaks: ['cosem.image.bounds'],
    needs: 'any',
    says: 'A block is taken whatever its number and its length.',
    apply: (d) => changeImage(d, () => ({ takes: () => true })),
  },
  {
    id: 'image.of-any-size',
    breaks: ['cosem.image.bounds'],
    needs: 'any',
    says: 'An image of no octets is taken.',
    apply: (d) => changeImage(d, ({ takesSize }) => ({ takesSize: (octets) => octets === 0 || takesSize(octets) })),
  },
  {
    id: 'image.progress-of-another',
    breaks: ['cosem.image.blocks'],
    needs: 'any',
    says: 'The blocks of an image that was begun count for the one that is begun after it.',
    apply: (d) =>
      changeImage(d, ({ begun }) => ({
        begun: (before, count) => (before.length === count ? before : begun(before, count)),
      })),
  },
  {
    id: 'image.activate-unverified',
    aliases: ['image_activate_unverified'],
    breaks: ['cosem.image.activation'],
    needs: 'any',
    says: 'An image is activated without having been verified.',
    apply: (d) => changeImage(d, () => ({ mayActivate: () => true })),
  },
  {
    id: 'image.activation-untold',
    breaks: ['cosem.image.activation'],
    needs: 'any',
    says: 'When the image has been activated, image_transfer_status stays at verification successful.',
    apply: (d) => changeImage(d, () => ({ activated: VERIFICATION_SUCCESSFUL })),
  },
  {
    id: 'image.signature-unchecked',
    breaks: ['cosem.image.authentic'],
    needs: 'any',
    says: 'An image is verified whatever its signature.',
    apply: (d) => unchecked(d, 'signature'),
  },
  {
    id: 'image.unsigned-taken',
    breaks: ['cosem.image.authentic'],
    needs: 'any',
    says: 'An image without a signature is verified.',
    apply: (d) => unchecked(d, 'signed'),
  },
  {
    id: 'image.older-taken',
    breaks: ['cosem.image.authentic'],
    needs: 'any',
    says: 'An image of an older version is verified and activated.',
    apply: (d) => unchecked(d, 'version'),
  },
  {
    id: 'image.foreign-taken',
    breaks: ['cosem.image.authentic'],
    needs: 'any',
    says: 'An image for another type of meter is verified and activated.',
    apply: (d) => unchecked(d, 'type'),
  },
]
