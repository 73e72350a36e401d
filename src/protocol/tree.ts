// Trees of fields put together: what was not read, and a layer inside a field of another.
import type { Node } from '../codec/codec.ts'
import { hex } from '../codec/value.ts'

/** Octets `[start, end)` as one field. */
export const leaf = (name: string, octets: Uint8Array, start: number, end: number): Node => ({
  name,
  kind: 'field',
  start,
  end,
  children: [],
  value: hex(octets.subarray(start, end)),
})

/** The tree with a leaf for what follows the last field that was read. */
export function complete(tree: Node, octets: Uint8Array): Node {
  const read = Math.max(0, ...tree.children.map(({ end }) => end))
  return read >= octets.length
    ? tree
    : { ...tree, children: [...tree.children, leaf('unread', octets, read, octets.length)] }
}

/** The same tree, so many octets further on. */
const shifted = (node: Node, by: number): Node => ({
  ...node,
  start: node.start + by,
  end: node.end + by,
  children: node.children.map((child) => shifted(child, by)),
})

/** The first field of this name, at any depth. */
export function findField(node: Node, name: string): Node | undefined {
  for (const child of node.children) {
    const found = child.name === name ? child : findField(child, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** The tree with a layer inside one of its fields, where that begins. */
export const withInside = (node: Node, field: Node, layer: Node): Node =>
  replaced(node, field, { ...field, children: [shifted(layer, field.start)] })

/** Only the way to what changes is made anew. */
function replaced(node: Node, field: Node, by: Node): Node {
  if (node === field) return by
  const holds = node.children.some(({ start, end }) => start <= field.start && field.end <= end)
  return holds ? { ...node, children: node.children.map((child) => replaced(child, field, by)) } : node
}
