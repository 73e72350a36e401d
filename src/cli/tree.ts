import { hex } from '../codec/value.ts'
import type { Node } from '../codec/tree.ts'
import type { Explained } from '../protocol/explain.ts'
import { safeText } from '../report/safe-text.ts'

const COLUMN = 46

/** Octets as named fields, one a line: place, name, octets, value. What is wrong stands below. */
export function renderExplained({ is, names, tree, failures }: Explained, octets: Uint8Array): string {
  const head = `${is}${names.length === 0 ? '' : `: ${names.join(' › ')}`}`
  const wrong = failures.map(
    ({ layer, at, expected, found }) => `! ${layer}: octet ${at}: expected ${expected}, found ${found}`,
  )
  return [head, ...tree.children.flatMap((child) => lines(child, octets, 1)), ...wrong, ''].map(safeText).join('\n')
}

function lines(node: Node, octets: Uint8Array, depth: number): readonly string[] {
  const name = `${'  '.repeat(depth)}${node.name}`.padEnd(COLUMN)
  const place = `${String(node.start).padStart(4)}..${String(node.end).padEnd(4)}`
  const leaf = node.children.length === 0
  const shown = leaf
    ? `${hex(octets.subarray(node.start, node.end))}${node.value === undefined ? '' : `  ${valueText(node)}`}`
    : ''
  return [`${place} ${name} ${shown}`.trimEnd(), ...node.children.flatMap((child) => lines(child, octets, depth + 1))]
}

const valueText = ({ value }: Node): string => (typeof value === 'string' ? value : JSON.stringify(value))
