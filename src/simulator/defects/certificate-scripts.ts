// For tests: what a client does to the certificates of a Security setup, so that each defect of these shows in what comes of it.
import { hex } from '../../codec/value.ts'
import { readRequest } from '../../protocol/security/certificates/request.ts'
import { keyPairOf } from '../../protocol/security/curves.ts'
import { octetsOf } from '../dialogue.ts'
import type { Situation } from '../model/classes.ts'
import type { ModelRules } from '../model/rules.ts'
import {
  bySerial,
  certificate,
  certifiedSituation,
  EXPORT,
  GENERATE,
  invoked,
  listed,
  OWN,
  pairOf,
  REMOVE,
  REQUEST,
  returned,
  SERIAL,
  SETUP,
  taken,
} from '../model/security-setup/certified-situation.ts'
import { securityOf } from '../model/security-state.ts'
import { withDefects } from './index.ts'

/** What comes of certificates that are wrong, of a store that is full, and of a new key pair. Signatures are others each time: they are not told. */
function told(rules: ModelRules): readonly string[] {
  const fresh = (): Situation => certifiedSituation('suite-1', rules)
  const key = (situation: Situation, name: 'signing-key' | 'agreement-key'): string =>
    hex(securityOf(situation, SETUP)?.keys[name] ?? new Uint8Array(0))
  const state = (situation: Situation): string => [...listed(situation), key(situation, 'signing-key')].join(' ')
  const one = fresh()
  const another = pairOf(one, 9)
  const { publicKey } = keyPairOf('P-384', new Uint8Array(48).fill(7))
  const wrong = [
    certificate(one, {}, { name: 'ANOTHER-CA', pair: another }),
    certificate(one, {}, { pair: another }),
    certificate(one, { notAfter: Date.UTC(2025, 0, 1) }),
    certificate(one, { subject: 'METER' }),
    certificate(one, { keyUsage: 0x20 }),
    certificate(one, { curve: 'P-384', publicKey }),
    certificate(one, { subject: OWN }),
    certificate(one, { subject: 'ROOT', purpose: 'authority' }, { name: 'ROOT', pair: another }),
    octetsOf('3005020101'),
  ].map((octets) => {
    const situation = fresh()
    return `${taken(situation, octets)} ${state(situation)}`
  })
  const same = [certificate(one), certificate(one)].map((octets) => taken(one, octets))
  const full = fresh()
  const filled = Array.from({ length: 10 }, (_, at) =>
    taken(full, certificate(full, { serialNumber: Uint8Array.of(2, at) })),
  )
  const kept = certificate(one)
  taken(one, kept)
  const isKept = hex(returned(invoked(one, EXPORT, bySerial(SERIAL, one)))) === hex(kept)
  const pair = fresh()
  const made = invoked(pair, GENERATE, { is: 'enum', value: 0 }).result
  const before = state(pair)
  const asked = readRequest(returned(invoked(pair, REQUEST, { is: 'enum', value: 0 })))
  if (!asked.ok) return [asked.failure]
  const imported = taken(pair, certificate(pair, { subject: OWN, publicKey: asked.value.publicKey }))
  const waiting = fresh()
  const pairs = [0, 0].map((value) => {
    invoked(waiting, GENERATE, { is: 'enum', value })
    return hex(securityOf(waiting, SETUP)?.generated?.['signing-key'] ?? new Uint8Array(0))
  })
  const agreement = fresh()
  invoked(agreement, GENERATE, { is: 'enum', value: 1 })
  const agreementBefore = key(agreement, 'agreement-key')
  const wanted = readRequest(returned(invoked(agreement, REQUEST, { is: 'enum', value: 1 })))
  if (!wanted.ok) return [wanted.failure]
  const { publicKey: fresher } = wanted.value
  const agreed = taken(
    agreement,
    certificate(agreement, { subject: OWN, publicKey: fresher, purpose: 'key-agreement' }),
  )
  const powerless = fresh()
  taken(powerless, certificate(one))
  powerless.store.losePower()
  const own = invoked(fresh(), REMOVE, bySerial('0101', one)).result
  return [
    String(own),
    ...pairs,
    state(powerless),
    ...wrong,
    ...[...same, ...filled, made, imported, isKept].map(String),
    state(one),
    state(full),
    before,
    asked.value.subject.commonName ?? '',
    state(pair),
    agreementBefore,
    String(agreed),
    key(agreement, 'agreement-key'),
  ]
}

/** All that comes of it, a line each. */
export const certificateTranscript = (defects: readonly string[] = []): string =>
  told(withDefects(defects).model).join('\n')
