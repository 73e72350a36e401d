// The APDUs of the ACSE: how associations begin and end (IEC 62056-5-3, Use of the ACSE; rulings A25 to A34).
import { choice, decode, encode } from '../../codec/codec.ts'
import { acseApdus, type Aare, type Aarq, type Rlrq } from '../../protocol/acse/acse.ts'
import type { Ms } from '../../protocol/line.ts'
import type { InstalledMeter } from '../installed-meter.ts'
import { attributeOf } from '../model/attribute.ts'
import { EVENT, logEvent } from '../model/events.ts'
import { guardOf, releasedBy } from '../protection/guard.ts'
import type { Path } from '../upper.ts'
import { associationOf } from './association.ts'
import type { RandomOctets } from './hls-rules.ts'
import type { Associations } from './kept.ts'
import { open } from './open.ts'

export interface Control {
  /** Its answer, if there is one. */
  apdu(path: Path, octets: Uint8Array, now: Ms): Uint8Array | undefined
  /** Power was lost. */
  restart(): void
}

const acse = choice(acseApdus)
const TAGS: readonly (number | undefined)[] = [0x60, 0x61, 0x62, 0x63]

export const isControl = ([tag]: Uint8Array): boolean => TAGS.includes(tag)

export function createControl(meter: InstalledMeter, random: RandomOctets, associations: Associations): Control {
  const { description, store } = meter
  const { association: rules, services, protection } = meter.decisions
  /** How many associations were asked for since the power came. */
  let asked = 0
  /** The challenge in the last AARQ. */
  let challenge: Uint8Array | undefined

  function associate(path: Path, aarq: Aarq, now: Ms): Aare | undefined {
    asked++
    const key = rules.key(path)
    const before = associations.get(key)?.association
    associations.end(key) // ruling A25: a new association takes the place of the old one
    const outstanding = associations.all().flatMap(([, { pending }]) => (pending === undefined ? [] : [pending.stoc]))
    const { aare, association } = open(rules, {
      aarq,
      path,
      description,
      store,
      protection,
      random,
      outstanding,
      number: asked,
      before,
      formerChallenge: challenge,
      former: associations.formerKey(key),
    })
    challenge = aarq['calling-authentication-value']
    associations.goOn(key, services.blocks.inherited(associations.transfers(key)))
    if (association !== undefined) associations.open(key, association)
    else if (aare !== undefined && isAuthenticationFailure(aare)) logFailure(meter, path, now)
    return aare
  }

  function release(path: Path, rlrq: Rlrq): Uint8Array | undefined {
    const key = rules.key(path)
    const association = associations.get(key)?.association
    const guard = association && guardOf(meter, path, association)
    // rulings A32 to A34
    if (guard !== undefined && !protection.releases(releasedBy(guard, rlrq)))
      return encode(acse, { is: 'rlre', value: { reason: 'not-finished' } })
    const { rlre, ends } = rules.release(rlrq, association !== undefined)
    if (ends) for (const [other] of associations.all()) if (rules.endsWith(key, other)) associations.end(other)
    return rlre === undefined ? undefined : encode(acse, { is: 'rlre', value: rlre })
  }

  return {
    apdu(path, octets, now) {
      const read = decode(acse, octets)
      if (!read.ok) return undefined // ruling A27
      if (read.value.is === 'rlrq') return release(path, read.value.value)
      if (read.value.is !== 'aarq') return undefined
      const aare = associate(path, read.value.value, now)
      return aare === undefined ? undefined : encode(acse, { is: 'aare', value: aare })
    },
    restart() {
      asked = 0
    },
  }
}

/** A client that is known, and has not proved that it is the one. */
export function logFailure({ description, decisions, store }: InstalledMeter, path: Path, now: Ms): void {
  const { association: rules, model } = decisions
  const known = rules.client(path, description)
  if (known === undefined) return
  const association = associationOf(known, path.device, [], 0)
  logEvent({ description, rules: model, association, store, now }, attributeOf, EVENT.authenticationFailed)
}

const isAuthenticationFailure = ({ 'result-source-diagnostic': { value } }: Aare): boolean =>
  value === 'authentication-failure'
