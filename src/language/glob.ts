/**
 * Does a glob of `--case` choose this instance (`HDLC_FRAME_N8/2[frame=rr]@hdlc`)? It matches the whole name; `@port`, `[…]` and `/n` may each be left out.
 * Only `*` (any characters) and `?` (any one) are special: brackets are written as the report prints them. `…` stands for rows that were not known when
 * it was printed.
 */
export function chooses(glob: string, instance: string): boolean {
  const pattern = new RegExp(`^${[...glob].map(piece).join('')}$`, 's')
  return shortNames(instance).some((name) => pattern.test(name))
}

/** May a glob choose some instance that comes of this one, once its `…` is known? */
export const mayChoose = (glob: string, instance: string): boolean =>
  shortNames(instance).some((name) => meet([...glob], [...name]))

const isUnknown = (character: string | undefined): boolean => character === '…'
const isAny = (character: string | undefined): boolean => character === '*' || isUnknown(character)

/** What no name of a row holds. */
const OUTSIDE: ReadonlySet<string | undefined> = new Set('[],=@/')

const piece = (character: string): string =>
  isAny(character) ? '.*' : character === '?' ? '.' : character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

/** Is there a text that both match? Row i, column j: there is one for the first i characters of the glob and the first j of the name. */
function meet(glob: readonly string[], name: readonly string[]): boolean {
  let row: readonly boolean[] = []
  for (let i = 0; i <= glob.length; i++) {
    const above = row
    const next: boolean[] = []
    for (let j = 0; j <= name.length; j++) {
      const [g, n] = [glob[i - 1], name[j - 1]]
      const [up, left] = [above[j] === true, next[j - 1] === true]
      const met = isAny(g)
        ? up || left
        : isUnknown(n)
          ? left || (up && !OUTSIDE.has(g))
          : above[j - 1] === true && (g === '?' || g === n)
      next.push(met || i + j === 0)
    }
    row = next
  }
  return row.at(-1) === true
}

function shortNames(instance: string): readonly string[] {
  const [, id = instance, subtest = '', row = '', port = ''] =
    /^([^/[@]*)(\/[^[@]*)?(\[.*\])?(@[^\]]*)?$/s.exec(instance) ?? []
  return [subtest, ''].flatMap((s) => [row, ''].flatMap((r) => [port, ''].map((p) => id + s + r + p)))
}
