// The application layer of the whole meter: associations of all links and connections, kept apart, over one model.
import { choice, decode, encode } from '../codec/codec.ts'
import { hex } from '../codec/value.ts'
import { acseApdus, type Aare, type Rlrq } from '../protocol/acse/acse.ts'
import type { Transfer } from '../protocol/gbt/transfer.ts'
import type { Ms } from '../protocol/line.ts'
import { xdlms } from '../protocol/xdlms/xdlms.ts'
import { associationOf, type Association } from './association/association.ts'
import { reply, type Replying } from './association/hls.ts'
import type { RandomOctets } from './association/hls-rules.ts'
import { open } from './association/open.ts'
import type { Decisions } from './decisions.ts'
import type { MeterDescription } from './description.ts'
import { settle } from './model/automation/settle.ts'
import { dateTime } from './model/clock/clock.ts'
import { attributeOf } from './model/attribute.ts'
import { EVENT, logEvent } from './model/events.ts'
import type { X509 } from './model/security-setup/x509.ts'
import type { Store } from './model/store.ts'
import type { Invoked } from './model/behaviour.ts'
import { answeringTo, guarded, releasedBy, withDemands, type Guard, type Request } from './protection/guard.ts'
import { cipheredOf } from './protection/incoming.ts'
import { outgoing, roomInside } from './protection/outgoing.ts'
import { partnersOf } from './protection/partners.ts'
import { requestBits } from './protection/policy.ts'
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
  association: Association
  /** The general block transfer that is under way. */
  gbt: Transfer | undefined
  /** The request with effect that was answered last, and the answer. */
  last?: { readonly request: string; readonly at: Ms; readonly answer: Uint8Array | undefined }
}

/** Who asks, and how. */
type Asker = Pick<Replying, 'path' | 'association' | 'how'>

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
  random: RandomOctets,
  x509?: X509,
): Application {
  const { association: rules, services, model, protection } = decisions
  const associations = new Map<string, Kept>()
  /** The block transfers that are under way, or were when an association ended. */
  const transfers = new Map<string, Transfers>()
  /** The general block transfers of associations that are no more. */
  const leftOver = new Map<string, Transfer | undefined>()
  /** The dedicated keys of associations that are no more. */
  const formerKeys = new Map<string, Uint8Array | undefined>()
  const place = { description, store }
  /** How many associations were asked for since the power came. */
  let asked = 0
  /** The challenge in the last AARQ. */
  let challenge: Uint8Array | undefined
  /** It has fallen over, and is there again from then on. */
  let backAt: Ms = 0
  const transfersOf = (key: string): Transfers => transfers.get(services.blocks.place(key)) ?? NO_TRANSFER
  const goOn = (key: string, next: Transfers): void => put(transfers, services.blocks.place(key), next)

  function end(key: string): void {
    const ended = associations.get(key)
    if (ended !== undefined) {
      put(leftOver, key, ended.gbt)
      put(formerKeys, key, ended.association.session?.dedicatedKey)
    }
    associations.delete(key)
  }

  const out = (octets: Uint8Array): Uint8Array | undefined => sender({ is: 'apdu', octets })[0]

  function control(path: Path, octets: Uint8Array, now: Ms): Uint8Array | undefined {
    const read = decode(acse, octets)
    if (!read.ok) return undefined // ruling A27
    if (read.value.is === 'rlrq') return release(path, read.value.value)
    if (read.value.is !== 'aarq') return undefined
    asked++
    const key = rules.key(path)
    const before = associations.get(key)
    end(key) // ruling A25: a new association takes the place of the old one
    const outstanding = [...associations.values()].flatMap(({ association: { pending } }) =>
      pending === undefined ? [] : [pending.stoc],
    )
    const opening = {
      aarq: read.value.value,
      path,
      description,
      store,
      protection,
      random,
      outstanding,
      number: asked,
      before: before?.association,
      formerChallenge: challenge,
      former: formerKeys.get(key),
    }
    challenge = read.value.value['calling-authentication-value']
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
    const association = associations.get(key)?.association
    const guard = association && guardOf(path, association)
    // rulings A32 to A34
    if (guard !== undefined && !protection.releases(releasedBy(guard, rlrq)))
      return out(encode(acse, { is: 'rlre', value: { reason: 'not-finished' } }))
    const { rlre, ends } = rules.release(rlrq, association !== undefined)
    if (ends) for (const other of [...associations.keys()]) if (rules.endsWith(key, other)) end(other)
    return rlre === undefined ? undefined : out(encode(acse, { is: 'rlre', value: rlre }))
  }

  /** What guards an association: undefined where its context is one without ciphering. */
  function guardOf(path: Path, { client, session }: Association): Guard | undefined {
    const partners = client.ciphered && session ? partnersOf(place, path, client, session) : undefined
    return partners && { rules: protection, partners }
  }

  /** No association: rulings X1 and X2. */
  function idle(path: Path, octets: Uint8Array, now: Ms): Uint8Array | undefined {
    const isCiphered = cipheredOf(octets) !== undefined
    if (isCiphered && protection.withoutAssociation === 'restarts') {
      restart()
      backAt = now + description.bootMs
      return undefined
    }
    const withShortNames = rules.client(path, description)?.client.context === 'sn'
    const error = withShortNames ? wholeError(services.shortNames, octets, 'idle') : undefined
    if (error !== undefined) return out(encode(xdlms, error))
    return isCiphered || (services.isAnswered(path, isConfirmed(octets)) && SERVICE_TAGS.has(octets[0] ?? 0))
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
    if (association?.pending !== undefined) return []
    if (!association?.conformance.includes('event-notification') || !services.events.isTold(path)) return []
    const guard = guardOf(path, association)
    const situation = { description, rules: model, association, store, now }
    return raised.flatMap((object) => {
      const told = eventNotification(services.events, object, situation)
      return oneOf(out(guard === undefined ? told : outgoing(answeringTo(guard), told)))
    })
  }

  function service(path: Path, octets: Uint8Array, now: Ms, inBlocks = false): Uint8Array | undefined {
    const key = rules.key(path)
    const kept = associations.get(key)
    const association = kept?.association ?? rules.preEstablished(path, description)
    if (association === undefined) return idle(path, octets, now)
    const request: Request = { octets, inBlocks, guard: guardOf(path, association) }
    const base = { description, rules: model, association, store, now, ...(x509 ? { x509 } : {}) }
    const taken = guarded(decisions, request, base)
    if (taken.is === 'refused') return out(encode(xdlms, { is: 'exception-response', value: taken.why }))
    const copy = hex(octets)
    const last = kept?.last
    const isCopy = last?.request === copy && now - last.at < REPETITION_MS && services.isRepetition(path)
    // an APDU that is ciphered never comes twice
    if (isCopy && taken.how === undefined && taken.signed === undefined) return last.answer
    const demanded: number[] = []
    const situation = {
      ...base,
      protection: requestBits(taken.how?.control, taken.signed !== undefined),
      demands: (bits: number) => void demanded.push(bits),
      authenticate: (proof: Uint8Array): Invoked => authenticate({ path, association, how: taken.how }, proof, now),
    }
    const answering = request.guard && answeringTo(request.guard, taken, inBlocks)
    const room = answering === undefined ? {} : { room: roomInside(answering, association.clientMaxPdu) }
    const running = kept === undefined ? NO_TRANSFER : transfersOf(key)
    settle(situation)
    const served = serve({ rules: services, situation, transfers: running, inBlocks, ...room }, taken.octets)
    if (served.effect) settle(situation)
    if (kept !== undefined) goOn(key, served.transfers)
    if (services.endsAssociation(served.response)) end(key)
    if (served.response === undefined || !services.isAnswered(path, served.confirmed)) {
      if (kept !== undefined && served.effect) kept.last = { request: copy, at: now, answer: undefined }
      return undefined
    }
    const plain = encode(xdlms, served.response)
    const answer = out(
      answering === undefined
        ? plain
        : outgoing(
            {
              ...withDemands(answering, model.access.responseProtection(demanded)),
              partners: protection.answersWith(
                answering.partners,
                guardOf(path, association)?.partners ?? answering.partners,
              ),
            },
            plain,
          ),
    )
    if (kept !== undefined && served.effect) kept.last = { request: copy, at: now, answer }
    return answer
  }

  /** HLS, pass 3 and 4. */
  function authenticate(asker: Asker, proof: Uint8Array, now: Ms): Invoked {
    const { path } = asker
    const replied = reply(
      { rules: rules.hls, counters: protection.counters, signing: protection.signing, place, ...asker },
      proof,
    )
    const kept = associations.get(rules.key(path))
    if (kept !== undefined) kept.association = replied.association
    if (replied.association.pending?.failed) logFailure(path, now)
    return replied.invoked
  }

  function restart(): void {
    associations.clear()
    transfers.clear()
    leftOver.clear()
    formerKeys.clear()
    store.losePower()
    store.changeCounters(protection.counters.afterPower)
    asked = 0
  }

  return {
    apdu(path, octets, now) {
      store.carryOut()
      if (now < backAt) return []
      return ACSE_TAGS.has(octets[0] ?? 0) ? oneOf(control(path, octets, now)) : xdlmsApdu(path, octets, now)
    },
    ended(path) {
      end(rules.key(path))
    },
    clock: (now) => dateTime({ description, rules: model, store }, now),
    restart,
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
