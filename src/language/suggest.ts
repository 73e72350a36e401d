/** The word that was probably meant: the nearest by Damerau-Levenshtein distance, if it is near enough (a third of its letters, at least one, at most four). */
export function nearest(found: string, words: Iterable<string>): string | undefined {
  let best: { readonly word: string; readonly far: number } | undefined
  for (const word of words) {
    if (word === found) continue
    const far = distance(found.toLowerCase(), word.toLowerCase())
    if (far <= reach(word) && far < word.length && (!best || far < best.far)) best = { word, far }
  }
  return best?.word
}

const reach = (word: string): number => Math.min(4, Math.max(1, Math.floor(word.length / 3)))

/** "did you mean …?", or nothing. */
export function didYouMean(found: string, words: Iterable<string>): { readonly hint?: string } {
  const word = nearest(found, words)
  return word === undefined ? {} : { hint: `did you mean ${word}?` }
}

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const edited = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      row.push(swapped ? Math.min(edited, (before[j - 2] ?? 0) + 1) : edited)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
