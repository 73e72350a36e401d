// Class 40, Push setup: `push` triggers a push; what delivers it is not part of the model.
import type { Invocation, Invoked } from './behaviour.ts'

const PUSH = 1

export function invokePush({ object, method, situation }: Invocation): Invoked | undefined {
  if (method !== PUSH) return undefined
  situation.store.trigger(object)
  return { result: 'success' }
}
