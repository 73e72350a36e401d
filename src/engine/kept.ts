// A rung that one row left as it found it serves the next: thousands of reads need one association.
import { canonical } from '../language/canonical.ts'
import { resolve } from '../language/references.ts'
import type { Value } from '../codec/value.ts'
import { givenOf } from './given.ts'
import type { Instance } from './instance.ts'
import type { Tester } from './vocabulary.ts'

export class Kept {
  #rung: string | undefined

  /** May this instance begin on what was kept? */
  serves(instance: Instance, roots: Readonly<Record<string, Value>>, tester: Tester): boolean {
    const [connection] = Object.keys(instance.connections)
    return (
      this.#rung !== undefined &&
      connection !== undefined &&
      this.#rung === sharedRung(instance, roots) &&
      tester.stands(connection)
    )
  }

  /** After an instance, given where it passed: true where its rung stays for the next one. */
  keep(instance: Instance | undefined, roots: Readonly<Record<string, Value>>, tester: Tester): boolean {
    const [connection] = Object.keys(instance?.connections ?? {})
    const stays = instance !== undefined && connection !== undefined && tester.stands(connection)
    this.#rung = stays ? sharedRung(instance, roots) : undefined
    return this.#rung !== undefined
  }

  /** Ends what was kept, if anything. */
  async end(tester: Tester): Promise<void> {
    if (this.#rung === undefined) return
    this.#rung = undefined
    await tester.release()
  }
}

/**
 * The rung of a row that only reads, over one association, by words alone; undefined: this instance climbs by itself and leaves nothing behind.
 * Two with the same text may share it.
 */
function sharedRung(instance: Instance, roots: Readonly<Record<string, Value>>): string | undefined {
  const { row, effect, connections, rows, written, blocks } = instance
  const [only, ...more] = Object.entries(connections)
  if (!row || effect !== 'reads' || !only || more.length > 0) return undefined
  const [name, value] = only
  if (Object.values(blocks).some((steps) => steps.some((step) => 'send' in step))) return undefined
  const found = resolve(value, { ...roots, ...rows }, written)
  const given = found.ok ? givenOf(found.value, { data: {}, written: {} }) : undefined
  return given?.rung === 'association' && given.propose === undefined ? canonical({ name, ...given }) : undefined
}
