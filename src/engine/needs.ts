/** Why a case does not apply: what it needs of the bench, and is not there. */
export function lackOf(needs: readonly string[], bench: ReadonlySet<string>): string | undefined {
  const missing = needs.filter((need) => !bench.has(need))
  return missing.length === 0 ? undefined : `the bench lacks: ${missing.join(', ')}`
}
