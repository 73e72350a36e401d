// What an answer on a connection is judged against.
import { agreedIn } from '../client/association.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { isReply, proofCheckOn } from './handshake.ts'
import type { Question } from './outcomes/outcome.ts'
import { ownApdu, protectionOf } from './protecting.ts'
import { responsePolicyOf } from './security.ts'

/** Before anything is asked. */
export function questionOn(bench: Pick<Bench, 'watch'>, connection: Connection): Question {
  const { client, link, port, wports, association } = connection
  const { opening } = port
  const protection = protectionOn(bench, connection)
  // Whom it pushes to is not in what an older push setup says, and nobody has agreed on anything.
  if (connection.listens) return { context: client.context, ...protection }
  const agreed = agreedIn(association)
  return {
    context: client.context,
    ...protection,
    ...(agreed === undefined ? {} : { limit: agreed.clientMaxReceivePduSize }),
    ...(link ? { addresses: link.addresses } : { wports }),
    ...(opening?.is === 'open' && port.transport.kind === 'datagram' ? { remote: opening.remote } : {}),
  }
}

function protectionOn({ watch }: Pick<Bench, 'watch'>, { client, security }: Connection): Pick<Question, 'protection'> {
  if (security === undefined) return {}
  const newKeyFrom = client.security?.newKeyFrom ?? 'next-apdu'
  return { protection: { security, watch, policy: responsePolicyOf(client), newKeyFrom } }
}

/** The question as it is judged by: an APDU that was right, and how it was protected. */
export function askedOn(bench: Bench, connection: Connection, plain: Uint8Array, sent: Uint8Array): Question {
  const question = questionOn(bench, connection)
  const { protection } = question
  if (protection === undefined && connection.association?.pending === undefined) return { ...question, apdu: plain }
  const asked = ownApdu(connection, sent)
  const proof = asked !== undefined && isReply(asked) ? proofCheckOn(bench, connection) : undefined
  return {
    ...question,
    apdu: plain,
    ...(protection && { protection: { ...protection, asked: protectionOf(protection.security, sent) } }),
    ...(proof ? { proof } : {}),
  }
}
