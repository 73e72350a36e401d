import { Command } from 'commander'
import { unhex } from '../codec/value.ts'
import { explainOctets, isLayerName, LAYER_NAMES, type Explained } from '../protocol/explain.ts'
import { findField } from '../protocol/tree.ts'
import { decipher, type Unprotected } from './decipher.ts'
import { renderExplained } from './tree.ts'
import { usage } from './usage.ts'

interface DecodeOptions {
  readonly layer?: string
  readonly json?: true
  readonly meter?: string
  readonly client?: string
}

export const decodeCommand = (exit: (code: number) => void): Command =>
  new Command('decode')
    .description('octets → named tree')
    .argument('<hex...>', 'octets in hex; blanks do not matter')
    .option('--layer <name>', `what they are (${LAYER_NAMES.join(', ')}); else it is guessed`)
    .option('--meter <file>', 'declaration with the keys that open what is protected')
    .option('--client <name>', 'whose keys; else those of the first client that ciphers')
    .option('--json', 'as JSON')
    .action((digits: readonly string[], options: DecodeOptions) => {
      const octets = unhex(digits.join(''))
      if (!octets || octets.length === 0)
        return usage(
          'these are no octets in hex',
          'Write an even number of hex digits, for example 7EA0070321930F017E.',
        )
      const { layer, meter, client } = options
      if (layer !== undefined && !isLayerName(layer))
        return usage(`there is no layer ${layer}`, `Layers: ${LAYER_NAMES.join(', ')}.`)
      if (client !== undefined && meter === undefined)
        return usage('a client has its keys from a declaration', 'Add --meter FILE.')
      const explained = layer === undefined ? explainOctets(octets) : explainOctets(octets, layer)
      const opened = meter === undefined ? undefined : decipher(apduIn(explained, octets), meter, client)
      const hidden = opened?.hidden ?? ((text: string) => text)
      process.stdout.write(hidden(options.json ? json(explained, opened) : text(explained, octets, opened)))
      exit(explained.failures.length > 0 || opened?.isWrong ? 1 : 0)
    })

/** A whole APDU, where there is one. */
function apduIn({ tree }: Explained, octets: Uint8Array): Uint8Array {
  const { start, end } = tree.name === 'apdu' ? tree : (findField(tree, 'apdu') ?? { start: 0, end: 0 })
  return octets.subarray(start, end)
}

const json = (explained: Explained, opened: Unprotected | undefined): string => {
  const { protection, beneath } = opened ?? {}
  return `${JSON.stringify({ ...explained, ...(protection && { protection }), ...(beneath && { beneath }) }, null, 2)}\n`
}

const text = (explained: Explained, octets: Uint8Array, opened: Unprotected | undefined): string =>
  [
    renderExplained(explained, octets),
    ...(opened?.says ?? []).map((line) => `${line}\n`),
    ...(opened?.beneath && opened.within ? [renderExplained(opened.beneath, opened.within)] : []),
  ].join('')
