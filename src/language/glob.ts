/**
 * Does a glob of `--case` choose this instance (`HDLC_FRAME_N8/2[frame=rr]@hdlc`)? It matches the whole name; `@port`, `[…]` and `/n` may each be left out.
 * Only `*` (any characters) and `?` (any one) are special: brackets are written as the report prints them.
 */
export function chooses(glob: string, instance: string): boolean {
  const pattern = new RegExp(`^${[...glob].map(piece).join('')}$`, 's')
  return shortNames(instance).some((name) => pattern.test(name))
}

const piece = (character: string): string =>
  character === '*' ? '.*' : character === '?' ? '.' : character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

function shortNames(instance: string): readonly string[] {
  const [, id = instance, subtest = '', row = '', port = ''] =
    /^([^/[@]*)(\/[^[@]*)?(\[.*\])?(@[^\]]*)?$/s.exec(instance) ?? []
  return [subtest, ''].flatMap((s) => [row, ''].flatMap((r) => [port, ''].map((p) => id + s + r + p)))
}
