// What all words of a tester share: the connections of one port, and how what came over them is told.
import { CounterWatch } from '../client/counter-watch.ts'
import type { Patience } from '../client/exchange.ts'
import type { SecurityContext } from '../client/security-context.ts'
import { newLedger, type Ledger } from '../client/ledger.ts'
import type { Port } from '../client/port.ts'
import type { Heard } from '../client/receiver.ts'
import { challengeOctets, isHls } from '../client/hls.ts'
import type { Credentials } from '../client/services.ts'
import { isUnsolicited } from '../client/unsolicited.ts'
import type { Climb, Given, Outcome, Window } from '../engine/vocabulary.ts'
import { climb } from './climb.ts'
import { ChangedKeys, declaredOctets } from './changed-keys.ts'
import type { Connection } from './connection.ts'
import { Connections } from './connections.ts'
import { declared, type Declared, type DeclaredClient } from './declared.ts'
import { linkRules } from './implied/exchange.ts'
import { Learned } from './learned.ts'
import { Lines } from './lines.ts'
import { securityContextOf } from './security.ts'
import { heardOutcome } from './outcomes/heard.ts'
import { questionOn } from './questions.ts'
import { surplusOutcome } from './outcomes/surplus.ts'
import type { TesterSetup } from './setup.ts'

export class Bench {
  readonly setup: TesterSetup
  readonly declared: Declared
  readonly lines: Lines
  readonly connections: Connections
  /** The last answer on each port. */
  readonly #lastHeard = new WeakMap<Port, Heard>()
  readonly learned = new Learned()
  /** Of the meter, over all associations. */
  readonly watch = new CounterWatch()
  /** What clients have in the place of declared keys. */
  readonly changed = new ChangedKeys()

  constructor(setup: TesterSetup) {
    this.setup = setup
    this.declared = declared(setup.declaration, setup.port)
    this.lines = new Lines(setup, this.declared)
    this.connections = new Connections({
      declared: this.declared,
      lines: this.lines,
      noisy: setup.noisy,
      securityOf: (client) => this.#securityOf(client),
    })
  }

  now(): number {
    return this.setup.world.now()
  }

  /** Stays silent, but for the slow senders; what comes is left where it is. */
  async pause(ms: number): Promise<void> {
    const until = this.now() + ms
    const slow = this.connections.values().flatMap((connection) => connection.slow ?? [])
    for (;;) {
      const next = Math.min(until, ...slow.map(({ nextAt }) => nextAt))
      await this.setup.world.next(next, () => undefined)
      if (next >= until) return
      for (const senders of slow) if (senders.nextAt <= next) await senders.drip()
    }
  }

  /** In which one answer is listened for, where no step says otherwise. */
  answerWindow(): Window {
    const { responseMs } = this.declared.timing
    return { leastMs: 0, mostMs: responseMs, lateMs: 2 * responseMs, collect: 'first', layer: 'apdu', asked: [] }
  }

  /** How long an answer is waited for; twice the response time unless said otherwise. */
  patience(lateMs = 2 * this.declared.timing.responseMs): Patience {
    return { responseMs: this.declared.timing.responseMs, lateMs, noisy: this.setup.noisy }
  }

  /** How a connection's client proves who it is, with a challenge of its own each time; undefined: its password is not known. */
  credentials({ client, security }: Connection): Credentials | undefined {
    const { context, ciphered, mechanism } = client
    const [first] = client.users
    const own = {
      context,
      ciphered,
      mechanism,
      ...(first === undefined ? {} : { user: first }),
      ...(security === undefined ? {} : { title: security.material.title }),
      general: client.security?.forms.some((form) => form.startsWith('general-')) ?? false,
    }
    if (mechanism === 'lowest') return own
    if (isHls(mechanism)) return { ...own, value: this.setup.random.octets(challengeOctets(mechanism)) }
    const value = this.secretOf(client)
    return value && { ...own, value }
  }

  /** The password, or the secret of HLS, as it is now. */
  secretOf(client: DeclaredClient): Uint8Array | undefined {
    return this.changed.of(client).get('hls-secret') ?? declaredOctets(client, 'hls-secret', this.setup)
  }

  /** A key of the client's suite that nobody has had before. */
  freshKey({ security }: Connection): Uint8Array | undefined {
    if (security === undefined) return undefined
    const key = this.setup.random.octets(security.material.suite === 2 ? 32 : 16)
    this.setup.keepSecret(key)
    return key
  }

  /** Climbs afresh, on a new connection of this name. `own`: the rung that is the case's own, where a word climbs to another one. */
  climb(name: string, given: Given, own = given): Promise<Climb> {
    return climb(this, name, given, own)
  }

  /** With the keys that are valid now. */
  #securityOf(client: DeclaredClient): SecurityContext | undefined {
    const security = securityContextOf(client, this.setup)
    security?.ring.renew(this.changed.ringOf(client))
    return security
  }

  async close(): Promise<void> {
    await this.connections.release()
    await this.lines.closeSerial()
  }

  // What came

  /** What has come before a step speaks: it belongs to the step before. */
  async drain(connection: Connection, ledger: Ledger): Promise<void> {
    for (const heard of await connection.port.drain()) {
      if (heard.is === 'closed' || heard.is === 'reset' || heard.is === 'fault') continue
      if (heard.is === 'frame') connection.link?.took(heard.frame, heard, ledger)
      if (isUnsolicited(heard, []) || this.goesOnByItself(connection)) ledger.unsolicited.push(heard)
      else ledger.surplus.push(heard)
    }
    ledger.passed.length = 0
  }

  /** In sign-on a meter may speak on: a readout that nobody selected. */
  goesOnByItself({ port }: Connection): boolean {
    return port.language === 'sign-on' || port.language === 'programming'
  }

  /** One thing heard, as an outcome. `asked`: when the question had left. */
  told(connection: Connection, heard: Heard, ledger: Ledger, asked?: number): Outcome {
    return heardOutcome(heard, { ...questionOn(this, connection), ...(asked === undefined ? {} : { asked }) }, ledger)
  }

  /** What came and nobody had asked for (H46), each an outcome that breaks a rule. */
  surplus(connection: Connection, heards: readonly Heard[]): readonly Outcome[] {
    const ledger = newLedger()
    const window = connection.link?.state.parameters['window-size-receive'] ?? 1
    let before: Heard | undefined = this.#lastHeard.get(connection.port)
    return heards.map((heard) => {
      const repeated = connection.port.transport.kind === 'serial' && before !== undefined && sameOctets(before, heard)
      before = heard
      return surplusOutcome(heard, questionOn(this, connection), ledger, { repeated, window })
    })
  }

  /** Remembers the answer of a step: a surplus frame with the same octets repeats it. */
  answered(connection: Connection, heard: Heard): void {
    this.#lastHeard.set(connection.port, heard)
  }

  /** Implied rules that the frames of a step break. */
  rulesBroken(connection: Connection, ledger: Ledger): Outcome['broken'] {
    return linkRules(ledger, connection.link?.addresses)
  }
}

const sameOctets = (a: Heard, b: Heard): boolean =>
  a.octets.length === b.octets.length && a.octets.every((octet, at) => octet === b.octets[at])
