// Services with a list answer each of its elements, in order (ruling X17).
import { broken, type ServiceOutcome } from './service-outcome.ts'

export function oneResultEach<T>(asked: number, outcome: ServiceOutcome<readonly T[]>): ServiceOutcome<readonly T[]> {
  if (outcome.is !== 'done' || outcome.value.length === asked) return outcome
  return broken(
    { rule: 'one-result-each', expected: `${asked} results, one for each element`, found: `${outcome.value.length}` },
    outcome.transfer,
  )
}
