// The application layer of the whole meter: associations of all links and connections, kept apart, over one model.
import { choice, decode, encode } from '../codec/codec.ts'
import { hex } from '../codec/value.ts'
import { acseApdus, type Aare, type Rlrq } from '../protocol/acse/acse.ts'
import type { Transfer } from '../protocol/gbt/transfer.ts'
import type { Ms } from '../protocol/line.ts'
import { xdlms } from '../protocol/xdlms/xdlms.ts'
import { associationOf, type Association } from './association/association.ts'
import { open } from './association/open.ts'
import type { Decisions } from './decisions.ts'
import type { MeterDescription } from './description.ts'
import { settle } from './model/automation/settle.ts'
import { dateTime } from './model/clock/clock.ts'
import { attributeOf } from './model/attribute.ts'
import { EVENT, logEvent } from './model/events.ts'
import type { Store } from './model/store.ts'
import type { Sender } from './sender.ts'
import { eventNotification } from './services/event-notification.ts'
import { blockIn, takeBlock } from './services/general-block-transfer.ts'
import { serve } from './services/serve.ts'
import { wholeError } from './services/short-names/serve.ts'
import { NO_TRANSFER, type Transfers } from './services/transfer.ts'
import type { Path, Upper } from './upper.ts'

export interface Application extends Upper {
  /** What the meter's clock shows: date-time of twelve octets. */
  readonly clock: (now: Ms) => Uint8Array
  /** Power was lost: no association is left. What was written stays. */
  restart(): void
}

interface Kept {
  readonly association: Association
  /** The general block transfer that is under way. */
  gbt: Transfer | undefined
  /** The request with effect that was answered last, and the answer. */
  last?: { readonly request: string; readonly at: Ms; readonly answer: Uint8Array | undefined }
}

const acse = choice(acseApdus)
const ACSE_TAGS = new Set([0x60, 0x61, 0x62, 0x63])
/** Requests of services: what comes with another tag outside an association gets no answer. */
const SERVICE_TAGS = new Set([0xc0, 0xc1, 0xc3])
/** Datagrams may come from anywhere. */
const MOST_ASSOCIATIONS = 64
/** A datagram is a repetition only within the time in which a network may deliver it twice. */
const REPETITION_MS = 5000

export function createApplication(
  description: MeterDescription,
  decisions: Decisions,
  sender: Sender,
  store: Store,
): Application {
  const { association: rules, services, model } = decisions
  const associations = new Map<string, Kept>()
  /** The block transfers that are under way, or were when an association ended. */
  const transfers = new Map<string, Transfers>()
  /** The general block transfers of associations that are no more. */
  const leftOver = new Map<string, Transfer | undefined>()
  const transfersOf = (key: string): Transfers => transfers.get(services.blocks.place(key)) ?? NO_TRANSFER
  const goOn = (key: string, next: Transfers): void => put(transfers, services.blocks.place(key), next)

  function end(key: string): void {
    const ended = associations.get(key)
    if (ended !== undefined) put(leftOver, key, ended.gbt)
    associations.delete(key)
  }

  const out = (octets: Uint8Array): Uint8Array | undefined => sender({ is: 'apdu', octets })[0]

  function control(path: Path, octets: Uint8Array, now: Ms): Uint8Array | undefined {
    const asked = decode(acse, octets)
    if (!asked.ok) return undefined // ruling A27
    if (asked.value.is === 'rlrq') return release(path, asked.value.value)
    if (asked.value.is !== 'aarq') return undefined
    const key = rules.key(path)
    const before = associations.get(key)
    end(key) // ruling A25: a new association takes the place of the old one
    const opening = { aarq: asked.value.value, path, description, before: before?.association }
    const { aare, association } = open(rules, opening)
    goOn(key, services.blocks.inherited(transfersOf(key)))
    if (association !== undefined)
      put(associations, key, { association, gbt: services.gbt.inherited(leftOver.get(key)) })
    else if (aare !== undefined && isAuthenticationFailure(aare)) logFailure(path, now)
    return aare === undefined ? undefined : out(encode(acse, { is: 'aare', value: aare }))
  }

  /** A client that is known, and has not proved that it is the one. */
  function logFailure(path: Path, now: Ms): void {
    const known = rules.client(path, description)
    if (known === undefined) return
    const association = associationOf(known, path.device, [], 0)
    logEvent({ description, rules: model, association, store, now }, attributeOf, EVENT.authenticationFailed)
  }

  function release(path: Path, rlrq: Rlrq): Uint8Array | undefined {
    const key = rules.key(path)
    const { rlre, ends } = rules.release(rlrq, associations.has(key))
    if (ends) for (const other of [...associations.keys()]) if (rules.endsWith(key, other)) end(other)
    return rlre === undefined ? undefined : out(encode(acse, { is: 'rlre', value: rlre }))
  }

  /** No association: rulings X1 and X2. */
  function idle(path: Path, octets: Uint8Array): Uint8Array | undefined {
    const withShortNames = rules.client(path, description)?.client.context === 'sn'
    const error = withShortNames ? wholeError(services.shortNames, octets, 'idle') : undefined
    if (error !== undefined) return out(encode(xdlms, error))
    return services.isAnswered(path, isConfirmed(octets)) && SERVICE_TAGS.has(octets[0] ?? 0)
      ? out(encode(xdlms, { is: 'exception-response', value: services.idle }))
      : undefined
  }

  /** An APDU of an xDLMS service: by itself, or as a block of one. */
  function xdlmsApdu(path: Path, octets: Uint8Array, now: Ms): readonly Uint8Array[] {
    const kept = associations.get(rules.key(path))
    const block = octets.length > description.maxReceivePduSize ? undefined : blockIn(octets)
    if (block === undefined || !kept?.association.conformance.includes('general-block-transfer'))
      return services.gbt.admitsOthers(kept?.gbt) ? [...oneOf(service(path, octets, now)), ...events(path, now)] : []
    const taken = takeBlock(services.gbt, kept.gbt, block, kept.association.clientMaxPdu, (apdu) =>
      service(path, apdu, now, true),
    )
    kept.gbt = taken.transfer
    return taken.blocks.flatMap((value) => oneOf(out(encode(xdlms, { is: 'general-block-transfer', value }))))
  }

  /** What is told unasked, behind the answer: where it was negotiated. */
  function events(path: Path, now: Ms): readonly Uint8Array[] {
    const raised = store.takeRaised()
    const association = associations.get(rules.key(path))?.association
    if (!association?.conformance.includes('event-notification') || !services.events.isTold(path)) return []
    const situation = { description, rules: model, association, store, now }
    return raised.flatMap((object) => oneOf(out(eventNotification(services.events, object, situation))))
  }

  function service(path: Path, octets: Uint8Array, now: Ms, inBlocks = false): Uint8Array | undefined {
    const key = rules.key(path)
    const kept = associations.get(key)
    const association = kept?.association ?? rules.preEstablished(path, description)
    if (association === undefined) return idle(path, octets)
    const request = hex(octets)
    const last = kept?.last
    if (last?.request === request && now - last.at < REPETITION_MS && services.isRepetition(path)) return last.answer
    const situation = { description, rules: model, association, store, now }
    const running = kept === undefined ? NO_TRANSFER : transfersOf(key)
    settle(situation)
    const served = serve({ rules: services, situation, transfers: running, inBlocks }, octets)
    if (served.effect) settle(situation)
    if (kept !== undefined) goOn(key, served.transfers)
    if (services.endsAssociation(served.response)) end(key)
    const answer =
      served.response !== undefined && services.isAnswered(path, served.confirmed)
        ? out(encode(xdlms, served.response))
        : undefined
    if (kept !== undefined && served.effect) kept.last = { request, at: now, answer }
    return answer
  }

  return {
    apdu: (path, octets, now) =>
      ACSE_TAGS.has(octets[0] ?? 0) ? oneOf(control(path, octets, now)) : xdlmsApdu(path, octets, now),
    ended(path) {
      end(rules.key(path))
    },
    clock: (now) => dateTime({ description, rules: model, store }, now),
    restart() {
      associations.clear()
      transfers.clear()
      leftOver.clear()
    },
  }
}

const isAuthenticationFailure = ({ 'result-source-diagnostic': { value } }: Aare): boolean =>
  value === 'authentication-failure'

/** The one that was not used for longest makes room. */
function put<T>(all: Map<string, T>, key: string, value: T): void {
  all.delete(key)
  all.set(key, value)
  const [oldest] = all.keys()
  if (all.size > MOST_ASSOCIATIONS && oldest !== undefined) all.delete(oldest)
}

const oneOf = (octets: Uint8Array | undefined): readonly Uint8Array[] => (octets === undefined ? [] : [octets])

const CONFIRMED = 0x40
const isConfirmed = (octets: Uint8Array): boolean => ((octets[2] ?? 0) & CONFIRMED) !== 0
