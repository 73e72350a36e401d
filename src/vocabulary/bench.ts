// What all words of a tester share: the connections of one port, and how what came over them is told.
import { agreedIn } from '../client/association.ts'
import { CounterWatch } from '../client/counter-watch.ts'
import type { Patience } from '../client/exchange.ts'
import type { SecurityContext } from '../client/security-context.ts'
import { newLedger, type Ledger } from '../client/ledger.ts'
import type { Port } from '../client/port.ts'
import type { Heard } from '../client/receiver.ts'
import { challengeOctets, isHls } from '../client/hls.ts'
import { rlrqFor, type Credentials } from '../client/services.ts'
import type { ListedObject } from '../client/short-names/object-names.ts'
import type { NameBook } from '../client/short-names/services.ts'
import { isUnsolicited } from '../client/unsolicited.ts'
import type { Climb, Given, Outcome, Window } from '../engine/vocabulary.ts'
import { climb } from './climb.ts'
import { ChangedKeys, declaredOctets } from './changed-keys.ts'
import { Connection, type Line, type Who } from './connection.ts'
import { declared, type Declared, type DeclaredClient } from './declared.ts'
import { linkRules } from './implied/exchange.ts'
import { Lines } from './lines.ts'
import { isReply, proofCheckOn } from './handshake.ts'
import { ownApdu, protectedOctets, protectionOf } from './protecting.ts'
import { responsePolicyOf, securityContextOf } from './security.ts'
import { heardOutcome } from './outcomes/heard.ts'
import type { Question } from './outcomes/outcome.ts'
import { surplusOutcome } from './outcomes/surplus.ts'
import type { TesterSetup } from './setup.ts'

export class Bench {
  readonly setup: TesterSetup
  readonly declared: Declared
  readonly lines: Lines
  readonly connections = new Map<string, Connection>()
  /** The last answer on each port. */
  readonly #lastHeard = new WeakMap<Port, Heard>()
  readonly #named = new Map<string, readonly ListedObject[]>()
  readonly #tried = new Set<string>()
  readonly #asked = new Set<string>()
  /** Of the meter, over all associations. */
  readonly watch = new CounterWatch()
  /** What clients have in the place of declared keys. */
  readonly changed = new ChangedKeys()

  constructor(setup: TesterSetup) {
    this.setup = setup
    this.declared = declared(setup.declaration, setup.port)
    this.lines = new Lines(setup, this.declared)
  }

  now(): number {
    return this.setup.world.now()
  }

  /** Stays silent, but for the slow senders; what comes is left where it is. */
  async pause(ms: number): Promise<void> {
    const until = this.now() + ms
    const slow = [...this.connections.values()].flatMap((connection) => connection.slow ?? [])
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

  /** The short names of the objects of a connection's association: read once in a run. */
  namesOf(who: Pick<Connection, 'client' | 'device'>): NameBook {
    const key = keyOf(who)
    return {
      known: () => this.#named.get(key),
      learn: (listed) => void this.#named.set(key, listed),
    }
  }

  /** Whether the names are to be read: they are not known, and this is the first time that anybody asks. */
  triesToLearn(who: Pick<Connection, 'client' | 'device'>): boolean {
    const key = keyOf(who)
    if (this.#named.has(key) || this.#tried.has(key)) return false
    this.#tried.add(key)
    return true
  }

  /** Whether the meter is to be asked for the invocation counter of a client: this is the first time that anybody needs it. */
  triesToLearnCounter({ name }: DeclaredClient): boolean {
    if (this.#asked.has(name)) return false
    this.#asked.add(name)
    return true
  }

  // Connections

  /** Climbs afresh, on a new connection of this name. `own`: the rung that is the case's own, where a word climbs to another one. */
  climb(name: string, given: Given, own = given): Promise<Climb> {
    return climb(this, name, given, own)
  }

  /** A new connection of this name: over the line of another one, the one serial line, or one of its own. */
  async connect(name: string, who: Who, over: string | undefined): Promise<Connection> {
    const shared = over === undefined ? undefined : this.connections.get(over)?.line
    const line = shared ?? this.lines.serial ?? (await this.#ownLine(name))
    const connection = new Connection(name, line, this.declared, who, this.#securityOf(who.client))
    this.connections.set(name, connection)
    return connection
  }

  /** A new connection of this name, on which the meter's calls are heard. */
  async hearCalls(name: string, who: Who, address: string): Promise<Connection> {
    const old = this.connections.get(name)
    if (old) await this.drop(old)
    const line = this.lines.listening(name, address)
    const connection = new Connection(name, line, this.declared, who, this.#securityOf(who.client))
    this.connections.set(name, connection)
    return connection
  }

  /** With the keys that are valid now. */
  #securityOf(client: DeclaredClient): SecurityContext | undefined {
    const security = securityContextOf(client, this.setup)
    security?.ring.renew(this.changed.ringOf(client))
    return security
  }

  /** A line that others are still on stays theirs and its own: many meters take one connection at a time. */
  async #ownLine(name: string): Promise<Line> {
    const old = this.connections.get(name)
    if (old) await this.drop(old)
    return old && old.line.port.isOpen && this.#isShared(old.line) ? old.line : this.lines.add(name)
  }

  #isShared(line: Line): boolean {
    return [...this.connections.values()].some((connection) => connection.line === line)
  }

  /** Ends a connection; its line too if nobody else is on it. */
  async drop(connection: Connection): Promise<void> {
    this.connections.delete(connection.name)
    await this.#takeLeave(connection)
    await connection.slow?.end()
    const { line } = connection
    if (!this.#isShared(line)) await this.lines.end(line)
  }

  /** Datagrams have no end: an association that is left open keeps others out until its time-out. */
  async #takeLeave(connection: Connection): Promise<void> {
    const { association, carrier, port } = connection
    if (association === undefined || port.transport.kind !== 'datagram' || !port.isOpen) return
    const rlrq = protectedOctets(connection, { is: 'rlrq', value: rlrqFor(connection.client) })
    if (rlrq.ok) await carrier.exchange(rlrq.value, this.patience(this.declared.timing.responseMs), newLedger())
  }

  /** Ends all connections of an instance; a serial line stays open, in NDM where a link was up. */
  async release(): Promise<void> {
    for (const connection of [...this.connections.values()]) {
      const { link, port } = connection
      if (link && (link.mayBeOpen || link.state.mode === 'nrm') && port.isOpen && port.language === 'hdlc')
        await link.setMode(link.disc(), 2 * this.declared.timing.responseMs, newLedger(), 1)
      await this.drop(connection)
    }
    this.lines.sweep()
  }

  async close(): Promise<void> {
    await this.release()
    await this.lines.closeSerial()
  }

  // What came

  /** What an answer on this connection is judged against, before anything is asked. */
  question(connection: Connection): Question {
    const { link, port, wports, association } = connection
    const opening = port.opening
    // Whom it pushes to is not in what an older push setup says, and nobody has agreed on anything.
    const protection = this.#protection(connection)
    if (connection.listens) return { context: connection.client.context, ...protection }
    const agreed = agreedIn(association)
    return {
      context: connection.client.context,
      ...protection,
      ...(agreed === undefined ? {} : { limit: agreed.clientMaxReceivePduSize }),
      ...(link ? { addresses: link.addresses } : { wports }),
      ...(opening?.is === 'open' && port.transport.kind === 'datagram' ? { remote: opening.remote } : {}),
    }
  }

  #protection({ client, security }: Connection): Pick<Question, 'protection'> {
    if (security === undefined) return {}
    const newKeyFrom = client.security?.newKeyFrom ?? 'next-apdu'
    return { protection: { security, watch: this.watch, policy: responsePolicyOf(client), newKeyFrom } }
  }

  /** The question as it is judged by: an APDU that was right, and how it was protected. */
  asking(connection: Connection, plain: Uint8Array, sent: Uint8Array): Question {
    const question = this.question(connection)
    const { protection } = question
    if (protection === undefined && connection.association?.pending === undefined) return { ...question, apdu: plain }
    const asked = ownApdu(connection, sent)
    const proof = asked !== undefined && isReply(asked) ? proofCheckOn(this, connection) : undefined
    return {
      ...question,
      apdu: plain,
      ...(protection && { protection: { ...protection, asked: protectionOf(protection.security, sent) } }),
      ...(proof ? { proof } : {}),
    }
  }

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
    return heardOutcome(heard, { ...this.question(connection), ...(asked === undefined ? {} : { asked }) }, ledger)
  }

  /** What came and nobody had asked for (H46), each an outcome that breaks a rule. */
  surplus(connection: Connection, heards: readonly Heard[]): readonly Outcome[] {
    const ledger = newLedger()
    const window = connection.link?.state.parameters['window-size-receive'] ?? 1
    let before: Heard | undefined = this.#lastHeard.get(connection.port)
    return heards.map((heard) => {
      const repeated = connection.port.transport.kind === 'serial' && before !== undefined && sameOctets(before, heard)
      before = heard
      return surplusOutcome(heard, this.question(connection), ledger, { repeated, window })
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

const keyOf = ({ client, device }: Pick<Connection, 'client' | 'device'>): string => `${client.name}/${device.name}`

const sameOctets = (a: Heard, b: Heard): boolean =>
  a.octets.length === b.octets.length && a.octets.every((octet, at) => octet === b.octets[at])
