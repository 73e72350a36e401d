// policy.raised: what a policy of version 1 asks of requests holds from now on, for this run and for those that follow.
import { policyOf } from '../../protocol/security/policy.ts'
import { keepPolicy } from '../raised-policies.ts'
import { numberArg, success, type Word } from './word.ts'

const raised: Word = {
  says: 'sign from now on what the new policy asks to be signed',
  properties: { policy: { type: 'integer', minimum: 0, maximum: 255 } },
  required: ['policy'],
  outcomes: ['success'],
  alive: false,
  run(doing) {
    const { bench, connection, args } = doing
    const { client } = connection
    const policy = numberArg(args, 'policy') ?? 0
    if (client.security?.policyVersion !== 1)
      return Promise.resolve({ refusal: `policies of version 1 are not declared for ${client.name}` })
    const unsafe = keepPolicy(client, policy, bench.setup.policies)
    if (unsafe !== undefined) return Promise.resolve({ refusal: unsafe })
    if (policyOf(1, policy).request.signature) connection.security?.signFromNowOn()
    return Promise.resolve({ outcome: success(doing, 'the policy is noted') })
  },
}

export const policyWords: Readonly<Record<string, Word>> = { 'policy.raised': raised }
