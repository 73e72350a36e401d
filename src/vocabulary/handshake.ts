// HLS on a connection: what proves the client (pass 3), and what is to prove the server (pass 4).
import {
  checkServerProof,
  clientProof,
  isHls,
  type Handshake,
  type HlsSecrets,
  type ProofFault,
  type ServerProof,
} from '../client/hls.ts'
import { invokeIdAndPriority } from '../client/services.ts'
import { fail, type Result } from '../codec/value.ts'
import type { Apdu } from '../protocol/apdu.ts'
import type { Data } from '../protocol/data/data.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { serverKeyOf } from './server-keys.ts'

/** reply_to_HLS_authentication of the current association. */
const REPLY_METHOD = { 'class-id': 15, 'instance-id': '0.0.40.0.0.255', 'method-id': 1 } as const

/** The same with short names: FA58, read with the selector 1 (ruling C20). */
const REPLY_NAME = 0xfa58

/** Undefined: there is no challenge to answer. */
function handshakeOf(
  bench: Bench,
  connection: Connection,
): (HlsSecrets & { readonly handshake: Handshake }) | undefined {
  const { client, challenge, association, security } = connection
  const { mechanism } = client
  if (!isHls(mechanism) || challenge === undefined || association?.pending === undefined) return undefined
  return {
    handshake: { mechanism, clientChallenge: challenge, serverChallenge: association.pending },
    secret: bench.secretOf(client),
    security,
    serverSigningKey: serverKeyOf(client, 'signing-key', bench.setup),
  }
}

/** f(StoC); a failure says what is missing. */
export function proofOn(bench: Bench, connection: Connection, fault: ProofFault = {}): Result<Uint8Array, string> {
  const known = handshakeOf(bench, connection)
  return known === undefined
    ? fail('no challenge of the meter is there to be answered')
    : clientProof(known.handshake, known, fault)
}

/** Pass 3 with this proof. */
export function replyToHls(connection: Connection, proof: Uint8Array): Apdu {
  const parameter: Data = { is: 'octet-string', value: proof }
  return connection.client.context === 'sn'
    ? {
        is: 'read-request',
        value: {
          'variable-access-specification': [
            { is: 'parameterized-access', value: { 'variable-name': REPLY_NAME, selector: 1, parameter } },
          ],
        },
      }
    : {
        is: 'action-request-normal',
        value: {
          'invoke-id-and-priority': invokeIdAndPriority(connection.nextInvokeId()),
          'cosem-method-descriptor': REPLY_METHOD,
          'method-invocation-parameters': parameter,
        },
      }
}

/** Whether an APDU, opened, is pass 3. */
export function isReply(asked: Apdu): boolean {
  if (asked.is === 'action-request-normal') {
    const { 'class-id': classId, 'method-id': method } = asked.value['cosem-method-descriptor']
    return classId === REPLY_METHOD['class-id'] && method === REPLY_METHOD['method-id']
  }
  if (asked.is !== 'read-request') return false
  const [only] = asked.value['variable-access-specification']
  return only?.is === 'parameterized-access' && only.value['variable-name'] === REPLY_NAME
}

/** What the answer to pass 3 gives as f(CtoS); undefined: nothing. */
export function returnedProof(answer: Apdu): Uint8Array | undefined {
  const data = returned(answer)
  return data?.is === 'octet-string' ? data.value : undefined
}

function returned(answer: Apdu): Data | undefined {
  if (answer.is === 'action-response-normal') {
    const parameters = answer.value['return-parameters']
    return parameters?.is === 'data' ? parameters.value : undefined
  }
  if (answer.is !== 'read-response') return undefined
  const [only] = answer.value.result
  return only?.is === 'data' ? only.value : undefined
}

/** Whether an APDU is of the service that answers pass 3. */
export const isPassFour = (answer: Apdu): boolean =>
  answer.is === 'action-response-normal' || answer.is === 'read-response'

/** Whether pass 3 was taken. */
export const isTaken = (answer: Apdu): boolean =>
  answer.is === 'action-response-normal' ? answer.value.result === 'success' : returned(answer) !== undefined

/** How pass 4 is checked; undefined: nothing is pending on this connection. */
export function proofCheckOn(bench: Bench, connection: Connection): ((proof: Uint8Array) => ServerProof) | undefined {
  const known = handshakeOf(bench, connection)
  return known && ((proof) => checkServerProof(known.handshake, known, proof))
}
