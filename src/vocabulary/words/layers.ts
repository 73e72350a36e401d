// Layers and their paths, for `wrong`, `damage` and `save`.
import type { Field, Shape } from '../../codec/shape.ts'
import type { Words } from '../../language/words.ts'
import { FRAME_NAMES } from '../../protocol/hdlc/control.ts'
import { llc } from '../../protocol/hdlc/llc.ts'
import { messageOf } from '../../protocol/messages.ts'
import { PROTECTION_FIELDS } from '../../protocol/security/protection-layer.ts'
import { SIGNING_FIELDS } from '../../protocol/security/signing-layer.ts'
import { SIGN_ON_NAMES } from '../../protocol/sign-on/messages.ts'

/** Paths below a shape, each level; groups and contents may be left out. */
function pathsIn(shape: Shape, depth = 5): readonly string[] {
  if (depth === 0) return []
  const inner = (field: Field): readonly string[] => {
    const deeper = pathsIn(field.shape, depth - 1)
    return [field.name, ...deeper.map((path) => `${field.name}.${path}`), ...(field.kind === 'field' ? [] : deeper)]
  }
  switch (shape.is) {
    case 'sequence':
      return shape.fields.flatMap(inner)
    case 'choice':
      return shape.arms.flatMap(inner)
    case 'bits':
      return shape.fields.map(({ name }) => name)
    default:
      return []
  }
}

const pathsOf = (...names: readonly string[]): readonly string[] => [
  ...new Set(names.flatMap((name) => pathsIn(messageOf(name)?.codec.shape ?? { is: 'octets' }))),
]

const FRAME_PATHS = [
  ...pathsOf(...FRAME_NAMES),
  'octets',
  'at',
  'n-s',
  'n-r',
  'poll',
  'final',
  'segmentation',
  'information.*',
]
const WPDU_PATHS = [...pathsOf('wpdu'), 'octets', 'at']

export const LAYERS: Words['layers'] = [
  { name: 'line', fields: ['octets', 'at'] },
  { name: 'sign-on', fields: [...pathsOf(...SIGN_ON_NAMES), 'octets', 'at'] },
  { name: 'hdlc', fields: FRAME_PATHS },
  { name: 'llc', fields: [...pathsIn(llc.shape), 'octets', 'at'] },
  { name: 'wrapper', fields: WPDU_PATHS },
  { name: 'frame', fields: [...FRAME_PATHS, ...WPDU_PATHS] },
  { name: 'apdu', fields: 'any' },
  {
    name: 'protection',
    fields: [
      'by',
      'form',
      'within',
      ...PROTECTION_FIELDS,
      ...PROTECTION_FIELDS.map((field) => `${field}.*`),
      'octets',
      'at',
    ],
  },
  {
    name: 'signing',
    fields: [...SIGNING_FIELDS, ...SIGNING_FIELDS.map((field) => `${field}.*`), 'octets', 'at'],
  },
  { name: 'initiate-request', fields: 'any' },
]
