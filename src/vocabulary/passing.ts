// What an APDU that passes changes above the link, and what the record is told of its protection.
import { associationIn, proposalIn } from '../client/association.ts'
import type { Apdu } from '../protocol/apdu.ts'
import type { Ms } from '../protocol/line.ts'
import type { Bench } from './bench.ts'
import type { Connection } from './connection.ts'
import { isReply, isTaken } from './handshake.ts'
import { openApdu, openOwn, protectionEvents, type OpenedApdu } from './opened.ts'

/** An APDU leaves: what an AARQ proposes is what an AARE agrees to, and its challenge is what the meter answers. */
export function leaves(connection: Connection, octets: Uint8Array): void {
  const { security } = connection
  const { inner, seen } = openOwn(octets, security)
  if (seen !== undefined) security?.passCounter(seen)
  const asked = apduIn(inner)
  connection.replying = asked !== undefined && isReply(asked)
  if (asked?.is !== 'aarq') return
  connection.proposed = proposalIn(asked)
  connection.challenge = asked.value['calling-authentication-value']
  const brought = connection.proposed?.['dedicated-key']
  if (brought !== undefined) security?.ring.brings(brought)
}

/** For the record: how what was sent is protected. `at`: when its last octet had left. */
export function hasLeft(bench: Bench, connection: Connection, octets: Uint8Array, at: Ms): void {
  tell(bench, connection, 'sent', openOwn(octets, connection.security), at)
}

/** What came is told for the record, and what it changes above the link. `at`: when its last octet had come. */
export function hasCome(bench: Bench, connection: Connection, octets: Uint8Array, at: Ms): void {
  const opened = openApdu(octets, connection.security)
  tell(bench, connection, 'received', opened, at)
  const answer = apduIn(opened.inner)
  if (answer === undefined) return
  const { association, security, replying } = connection
  if (replying && association?.pending !== undefined && isTaken(answer)) {
    connection.association = { ...association, pending: undefined }
    if (security) security.proving = false
  }
  if (isReleased(answer) || (answer.is === 'aare' && answer.value.result !== 'accepted')) {
    connection.association = undefined
    security?.dedicate(undefined)
    security?.ring.renew(bench.changed.ringOf(connection.client))
  }
  const agreed = associationIn(answer, connection.proposed)
  if (agreed === undefined) return
  connection.association = agreed
  if (security === undefined) return
  security.dedicate(connection.proposed?.['dedicated-key'])
  security.proving = agreed.pending !== undefined
  if (agreed.respondingTitle) security.serverTitle = agreed.respondingTitle
}

function tell(
  { setup, declared }: Bench,
  connection: Connection,
  direction: 'sent' | 'received',
  opened: OpenedApdu,
  at: Ms,
): void {
  if (!connection.security?.material.ciphers) return
  const passed = { connection, direction, at, port: declared.port, instance: setup.instance() }
  for (const event of protectionEvents(opened, passed)) setup.emit(event)
}

const apduIn = (inner: OpenedApdu['inner']): Apdu | undefined =>
  inner !== undefined && 'apdu' in inner ? inner.apdu : undefined

/** The server says that the association has ended; not so where it has not finished. */
const isReleased = (answer: Apdu): boolean => answer.is === 'rlre' && answer.value.reason !== 'not-finished'
