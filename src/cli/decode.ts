import { Command } from 'commander'
import { unhex } from '../codec/value.ts'
import { explainOctets, isLayerName, LAYER_NAMES } from '../protocol/explain.ts'
import { renderExplained } from './tree.ts'
import { usage } from './usage.ts'

export const decodeCommand = (exit: (code: number) => void): Command =>
  new Command('decode')
    .description('octets → named tree')
    .argument('<hex...>', 'octets in hex; blanks do not matter')
    .option('--layer <name>', `what they are (${LAYER_NAMES.join(', ')}); else it is guessed`)
    .option('--json', 'as JSON')
    .action((digits: readonly string[], options: { readonly layer?: string; readonly json?: true }) => {
      const octets = unhex(digits.join(''))
      if (!octets || octets.length === 0)
        return usage(
          'these are no octets in hex',
          'Write an even number of hex digits, for example 7EA0070321930F017E.',
        )
      const { layer } = options
      if (layer !== undefined && !isLayerName(layer))
        return usage(`there is no layer ${layer}`, `Layers: ${LAYER_NAMES.join(', ')}.`)
      const explained = layer === undefined ? explainOctets(octets) : explainOctets(octets, layer)
      process.stdout.write(
        options.json ? `${JSON.stringify(explained, null, 2)}\n` : renderExplained(explained, octets),
      )
      exit(explained.failures.length > 0 ? 1 : 0)
    })
