// Claims of the declaration that proved false (G17): FAILED in the case of the claim, INAPPLICABLE elsewhere.
import type { Instance, InstanceResult } from './instance.ts'

interface FalseClaim {
  /** Paths into the declaration: all of them together are false. */
  readonly paths: readonly string[]
  /** The instance that showed it. */
  readonly shownBy: string
  /** Undefined: on every port. */
  readonly port: string | undefined
}

export class FalseClaims {
  readonly #known: FalseClaim[] = []

  /** What an instance came to, in the end; a failed one says what is to be mended. */
  learn(instance: Instance, result: InstanceResult): InstanceResult {
    const found = falseIn(instance, result)
    const { name: shownBy, port, everywhere } = instance
    for (const paths of found) this.#known.push({ paths, shownBy, port: everywhere ? undefined : port })
    if (found.length === 0 || result.reason === undefined || result.reason.hint !== undefined) return result
    return { ...result, reason: { ...result.reason, hint: `Mend the meter, or ${told(found)} in the declaration.` } }
  }

  /** Why an instance does not apply; undefined: nothing that it rests on is known to be false. */
  against({ name, port, rests }: Instance): string | undefined {
    if (this.#known.length === 0 || rests === undefined) return undefined
    const taken = rests()
    const first = this.#known.find(
      (claim) =>
        claim.shownBy !== name &&
        (claim.port === undefined || claim.port === port) &&
        claim.paths.every((path) => taken.some((each) => restsOn(each, path))),
    )
    return first && `it rests on ${first.paths.join(' at ')} of the declaration, which ${first.shownBy} has found false`
  }
}

/** What is below a claim falls with it; so does whatever takes a whole part of the declaration that holds it (`$devices`). */
const restsOn = (taken: string, path: string): boolean =>
  taken === path || taken.startsWith(`${path}.`) || (!taken.includes('.') && path.startsWith(`${taken}.`))

/** A check says which; else a failure under a clause that the case proves shows its claim, and a rule that was broken on the way shows nothing. */
function falseIn(
  { claim = [], proves }: Instance,
  { verdict, clauses, claims }: InstanceResult,
): readonly (readonly string[])[] {
  if (verdict !== 'FAILED') return []
  if (claims !== undefined) return claims.map((path) => [path])
  return claim.length > 0 && proves.some(({ clause }) => clauses.includes(clause)) ? [claim] : []
}

const told = (found: readonly (readonly string[])[]): string => found.map((paths) => paths.join(' or ')).join(' and ')
