// The application layer of the whole meter: associations of all links and connections, kept apart, over one model.
import { encode } from '../codec/codec.ts'
import { hex } from '../codec/value.ts'
import type { Ms } from '../protocol/line.ts'
import { xdlms } from '../protocol/xdlms/xdlms.ts'
import type { Association } from './association/association.ts'
import { createControl, isControl, logFailure } from './association/control.ts'
import { reply, type Replying } from './association/hls.ts'
import type { RandomOctets } from './association/hls-rules.ts'
import { createAssociations } from './association/kept.ts'
import type { Decisions } from './decisions.ts'
import type { MeterDescription } from './description.ts'
import { settle } from './model/automation/settle.ts'
import { dateTime } from './model/clock/clock.ts'
import type { X509 } from './model/security-setup/x509.ts'
import type { Store } from './model/store.ts'
import type { Invoked } from './model/behaviour.ts'
import { answeringTo, guarded, guardOf, withDemands, type Request } from './protection/guard.ts'
import { cipheredOf } from './protection/incoming.ts'
import { outgoing, roomInside, type Answering } from './protection/outgoing.ts'
import { requestBits } from './protection/policy.ts'
import type { Sender } from './sender.ts'
import { eventNotification } from './services/event-notification.ts'
import { blockIn, takeBlock } from './services/general-block-transfer.ts'
import { serve } from './services/serve.ts'
import { wholeError } from './services/short-names/serve.ts'
import { NO_TRANSFER } from './services/transfer.ts'
import type { Path, Upper } from './upper.ts'

export interface Application extends Upper {
  /** What the meter's clock shows: date-time of twelve octets. */
  readonly clock: (now: Ms) => Uint8Array
  /** Power was lost: no association is left. What was written stays. */
  restart(): void
}

/** Who asks, and how. */
type Asker = Pick<Replying, 'path' | 'association' | 'how'>

/** Requests of services: what comes with another tag outside an association gets no answer. */
const SERVICE_TAGS = new Set([0xc0, 0xc1, 0xc3])
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
  const meter = { description, decisions, store }
  const associations = createAssociations(services.blocks, services.gbt)
  const control = createControl(meter, random, associations)
  /** It has fallen over, and is there again from then on. */
  let backAt: Ms = 0

  const out = (octets: Uint8Array): Uint8Array | undefined => sender({ is: 'apdu', octets })[0]

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
    const guard = guardOf(meter, path, association)
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
    const request: Request = { octets, inBlocks, guard: guardOf(meter, path, association) }
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
    const running = kept === undefined ? NO_TRANSFER : associations.transfers(key)
    settle(situation)
    const served = serve({ rules: services, situation, transfers: running, inBlocks, ...room }, taken.octets)
    if (served.effect) settle(situation)
    if (kept !== undefined) associations.goOn(key, served.transfers)
    if (services.endsAssociation(served.response)) associations.end(key)
    if (served.response === undefined || !services.isAnswered(path, served.confirmed)) {
      if (kept !== undefined && served.effect) kept.last = { request: copy, at: now, answer: undefined }
      return undefined
    }
    const plain = encode(xdlms, served.response)
    const answer = out(
      answering === undefined ? plain : outgoing(answersWith(path, association, answering, demanded), plain),
    )
    if (kept !== undefined && served.effect) kept.last = { request: copy, at: now, answer }
    return answer
  }

  /** With the keys that are there once the request was carried out, and as the access rights demand. */
  function answersWith(
    path: Path,
    association: Association,
    answering: Answering,
    demanded: readonly number[],
  ): Answering {
    const after = guardOf(meter, path, association)?.partners ?? answering.partners
    return {
      ...withDemands(answering, model.access.responseProtection(demanded)),
      partners: protection.answersWith(answering.partners, after),
    }
  }

  /** HLS, pass 3 and 4. */
  function authenticate(asker: Asker, proof: Uint8Array, now: Ms): Invoked {
    const { path } = asker
    const replied = reply(
      { rules: rules.hls, counters: protection.counters, signing: protection.signing, place: meter, ...asker },
      proof,
    )
    const kept = associations.get(rules.key(path))
    if (kept !== undefined) kept.association = replied.association
    if (replied.association.pending?.failed) logFailure(meter, path, now)
    return replied.invoked
  }

  function restart(): void {
    associations.clear()
    control.restart()
    store.losePower()
    store.changeCounters(protection.counters.afterPower)
  }

  return {
    apdu(path, octets, now) {
      store.carryOut()
      if (now < backAt) return []
      if (!isControl(octets)) return xdlmsApdu(path, octets, now)
      const answer = control.apdu(path, octets, now)
      return answer === undefined ? [] : oneOf(out(answer))
    },
    ended(path) {
      associations.end(rules.key(path))
    },
    clock: (now) => dateTime({ description, rules: model, store }, now),
    restart,
  }
}

const oneOf = (octets: Uint8Array | undefined): readonly Uint8Array[] => (octets === undefined ? [] : [octets])

const CONFIRMED = 0x40
const isConfirmed = (octets: Uint8Array): boolean => ((octets[2] ?? 0) & CONFIRMED) !== 0
