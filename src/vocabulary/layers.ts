// Which layer a step drives: the lowest one that is named by what it sends, by its fault, or by what it expects.
import { FRAME_NAMES } from '../protocol/hdlc/control.ts'
import { SIGN_ON_NAMES } from '../protocol/sign-on/messages.ts'
import { LAYERS, type LayerName } from '../engine/vocabulary.ts'

/** What the link reports of itself when an APDU is sent and the link refuses: naming it as a possible outcome drives no deeper. */
const REPORTED = ['dm', 'frmr']

const OF_NAME: ReadonlyMap<string, LayerName> = new Map<string, LayerName>([
  ...FRAME_NAMES.filter((name) => !REPORTED.includes(name)).map((name) => [name, 'hdlc'] as const),
  ...SIGN_ON_NAMES.map((name) => [name, 'sign-on'] as const),
  ['hdlc', 'hdlc'],
  ['llc', 'hdlc'],
  ['wrapper', 'wrapper'],
  ['wpdu', 'wrapper'],
  ['sign-on', 'sign-on'],
  ['at:line', 'line'],
  ['at:hdlc', 'hdlc'],
  ['at:apdu', 'apdu'],
])

export function layerOf(names: readonly string[], context: { readonly profile: readonly string[] }): LayerName {
  const layers = names.flatMap((name) => layerOfName(name, context.profile) ?? [])
  return LAYERS.find((layer) => layers.includes(layer)) ?? 'apdu'
}

function layerOfName(name: string, profile: readonly string[]): LayerName | undefined {
  const bare = name.replace(/\[.*\]$/, '')
  if (bare === 'frame') return profile.includes('wrapper') ? 'wrapper' : 'hdlc'
  return OF_NAME.get(bare)
}
