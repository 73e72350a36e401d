// What all words of a tester share: the lines and connections of one port, how they are climbed, and how what came is told.
import { associationIn, openAssociation, readApdu, releaseAssociation } from '../client/association.ts'
import type { Patience } from '../client/exchange.ts'
import { climbToLink, climbToNdm, climbToPort, climbToSignOn, type Climbed } from '../client/ladder.ts'
import { newLedger, type Ledger } from '../client/ledger.ts'
import { isUnsolicited } from '../client/unsolicited.ts'
import { Port } from '../client/port.ts'
import type { Heard } from '../client/receiver.ts'
import { SignOn } from '../client/sign-on.ts'
import type { Credentials } from '../client/services.ts'
import type { Traffic } from '../client/traffic.ts'
import type { Climb, Fault, Given, Outcome } from '../engine/vocabulary.ts'
import type { LinkParameter } from '../protocol/hdlc/negotiate.ts'
import { LINK_PARAMETERS } from '../protocol/hdlc/negotiate.ts'
import type { LineFault } from '../transport/transport.ts'
import { Connection, type Line } from './connection.ts'
import { clientBy, declared, deviceBy, type Declared } from './declared.ts'
import { linkRules } from './implied/exchange.ts'
import { carriedOutcome } from './outcomes/carried.ts'
import { heardOutcome } from './outcomes/heard.ts'
import type { Question } from './outcomes/outcome.ts'
import { surplusOutcome } from './outcomes/surplus.ts'
import type { TesterSetup } from './setup.ts'
import { heardText } from './outcomes/texts.ts'

const UP: Climb = { is: 'up' }
/** ta of IEC 62056-21: characters of one message follow one another faster. */
const CHARACTER_GAP_MS = 1500
/** Adapters and drivers hold octets back: on a real line a frame that is not whole yet is waited for a little longer. */
const LENIENT_MS = 100
/** Waits of the tester last the declared value, 10 % and 20 ms at least (G13). */
const waited = (ms: number): number => ms * 1.1 + 20

export class Bench {
  readonly setup: TesterSetup
  readonly declared: Declared
  readonly connections = new Map<string, Connection>()
  /** A serial line is one, whoever speaks over it. */
  #serial: Line | undefined
  readonly #lines = new Set<Line>()
  #heard = 0

  constructor(setup: TesterSetup) {
    this.setup = setup
    this.declared = declared(setup.declaration, setup.port)
  }

  get lines(): ReadonlySet<Line> {
    return this.#lines
  }

  /** Valid units heard, of lines that are gone as well. */
  get heard(): number {
    let count = this.#heard
    for (const { port } of this.#lines) count += port.heard
    return count
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

  /** Answers have come later than declared: then silence is waited for so much longer too (G14). */
  get tardyMs(): number {
    const { responseMs } = this.declared.timing
    const late = [...this.#lines].some(({ port }) => port.slowestMs > responseMs && port.slowestMs <= 2 * responseMs)
    return late ? responseMs : 0
  }

  patience(lateMs = 2 * this.declared.timing.responseMs): Patience {
    return { responseMs: this.declared.timing.responseMs, lateMs, noisy: this.setup.noisy }
  }

  /** Every session has ended by then, with the tolerance of waits. */
  get sessionMs(): number {
    const { inactivityMs, signOffMs } = this.declared.timing
    return Math.max(inactivityMs, 2 * signOffMs) * 1.1 + 1000
  }

  // Lines and connections

  #newLine(name: string): Line {
    const { world } = this.setup
    const transport = this.setup.transport()
    const { timing, carrier, signOn, opening } = this.declared
    const octetsMs = world.virtual ? waited(timing.interOctetMs) : Math.max(LENIENT_MS, waited(timing.interOctetMs))
    const gapMs = transport.kind === 'serial' ? octetsMs : timing.responseMs
    const record = (traffic: Traffic): void => this.#record(name, traffic)
    const port = new Port(
      { world, transport, gapMs, characterGapMs: CHARACTER_GAP_MS, reactionMs: timing.signOnReactionMs[0], record },
      signOn ? 'sign-on' : carrier,
    )
    const line: Line = {
      port,
      signOn:
        signOn &&
        new SignOn(port, {
          opening,
          modes: signOn.modes,
          address: undefined,
          reactionMs: timing.signOnReactionMs[1],
          sessionMs: this.sessionMs,
        }),
    }
    this.#lines.add(line)
    return line
  }

  /** A connection beside those of the case; whoever takes it closes it. */
  spare(): Port {
    return this.#newLine('spare').port
  }

  #record(connection: string, traffic: Traffic): void {
    const instance = this.setup.instance()
    this.setup.emit({
      event: 'traffic',
      ...(instance === undefined ? {} : { instance }),
      connection,
      port: this.declared.port,
      ...traffic,
    })
  }

  /** The line of a connection: that of another one it goes over, the one serial line, or one of its own, new. */
  async #lineFor(name: string, over: string | undefined): Promise<Line> {
    const shared = over === undefined ? undefined : this.connections.get(over)?.line
    if (shared) return shared
    if (this.#serial) return this.#serial
    const old = this.connections.get(name)
    if (old) await this.drop(old)
    const line = this.#newLine(name)
    if (line.port.transport.kind === 'serial') this.#serial = line
    return line
  }

  /** Ends a connection; its line too if nobody else is on it. */
  async drop(connection: Connection): Promise<void> {
    this.connections.delete(connection.name)
    await this.#takeLeave(connection)
    await connection.slow?.end()
    const { line } = connection
    const shared = [...this.connections.values()].some((other) => other.line === line)
    if (shared || line === this.#serial) return
    this.#forget(line)
    await line.port.close('close')
  }

  /** Datagrams have no end: an association that is left open keeps others out until its time-out. */
  async #takeLeave({ association, carrier, port }: Connection): Promise<void> {
    if (association === undefined || port.transport.kind !== 'datagram' || !port.isOpen) return
    await releaseAssociation(carrier, this.patience(this.declared.timing.responseMs), newLedger())
  }

  /** Ends all connections of an instance; a serial line stays open, in NDM where a link was up. */
  async release(): Promise<void> {
    for (const connection of [...this.connections.values()]) {
      const { link, port } = connection
      if (link && (link.mayBeOpen || link.state.mode === 'nrm') && port.isOpen && port.language === 'hdlc')
        await link.setMode(link.disc(), this.declared.timing.responseMs, newLedger(), 1)
      await this.drop(connection)
    }
    for (const line of this.#lines) if (line !== this.#serial && !line.port.isOpen) this.#forget(line)
  }

  #forget(line: Line): void {
    this.#lines.delete(line)
    this.#heard += line.port.heard
  }

  async close(): Promise<void> {
    await this.release()
    await this.#serial?.port.close('close')
  }

  /** Closes the serial line, so that the next climb opens it again. */
  async reopen(): Promise<void> {
    await this.#serial?.port.close('close')
  }

  // Climbing

  /** `own`: the rung that is the case's own, where a word climbs to another one. */
  async climb(name: string, given: Given, own = given): Promise<Climb> {
    const client = clientBy(this.declared, given.client)
    const device = client && deviceBy(this.declared, client, given.device)
    if (client === undefined) return { is: 'inapplicable', why: `no client ${given.client ?? ''} is declared` }
    if (device === undefined)
      return {
        is: 'inapplicable',
        why: `no logical device ${given.device ?? ''} is declared for the client ${client.name}`,
      }
    if (given.rung === 'listen' || given.rung === 'pending')
      return { is: 'inapplicable', why: `${given.rung} is not there for plain associations` }
    const unreachable = this.#unreachable(given)
    if (unreachable !== undefined) return { is: 'inapplicable', why: unreachable }
    const line = await this.#lineFor(name, given.over)
    const connection = new Connection(name, line, this.declared, { client, device, given: own })
    this.connections.set(name, connection)
    if (given.rung === 'closed') return UP
    return this.#climbed(await this.#climbLine(connection, given), connection) ?? this.#associate(connection, given)
  }

  #unreachable({ rung }: Given): string | undefined {
    const { signOn, port } = this.declared
    if (rung === 'sign-on' && !signOn) return `the port ${port} has no sign-on`
    if (rung === 'sign-on' && signOn?.modes.every((mode) => mode === 'D')) return 'a meter of mode D takes no request'
    const aboveSignOn = rung !== 'port' && rung !== 'closed' && rung !== 'sign-on'
    if (aboveSignOn && signOn && !signOn.modes.includes('E'))
      return 'mode E is not declared: there is no HDLC behind the sign-on'
    return undefined
  }

  async #climbLine(connection: Connection, given: Given): Promise<Climbed> {
    const { line, link } = connection
    const { responseMs } = this.declared.timing
    const opened = await climbToPort(line.port, responseMs * 2)
    if (opened.is !== 'up') return opened
    const { opening } = line.port
    if (opening?.is === 'open') connection.lastLocal = opening.local
    const ledger = newLedger()
    if (given.rung === 'port') {
      if (given.over === undefined) await line.signOn?.toBeginning(ledger)
      return opened
    }
    if (given.rung === 'sign-on' && line.signOn) return climbToSignOn(line.signOn, ledger)
    if (!link) return opened
    const ndm = await climbToNdm(link, line.signOn, responseMs, ledger)
    if (ndm.is !== 'up' || given.rung === 'ndm') return ndm
    return climbToLink(
      link,
      given.rung === 'link' || given.rung === 'association' ? proposalOf(given) : {},
      responseMs,
      ledger,
    )
  }

  #climbed(climbed: Climbed, connection: Connection): Climb | undefined {
    switch (climbed.is) {
      case 'up':
        return undefined
      case 'fault':
        return { is: 'fault', fault: faultOf(climbed.fault) }
      case 'down': {
        const { rung, expected, heard, refused } = climbed
        const found =
          refused === undefined
            ? heardText(heard)
            : refused === 'refused'
              ? 'the connection was refused'
              : 'no answer to the connection'
        const outcome =
          heard === undefined ? {} : { outcome: heardOutcome(heard, this.question(connection), newLedger()) }
        return { is: 'down', rung, expected, found, ...outcome }
      }
      default:
        return climbed satisfies never
    }
  }

  async #associate(connection: Connection, given: Given): Promise<Climb> {
    if (given.rung !== 'association') return UP
    const credentials = this.credentials(connection)
    if (credentials === undefined)
      return {
        is: 'inapplicable',
        why: `the secret ${connection.client.secret ?? ''} of the client ${connection.client.name} is not known`,
      }
    const ledger = newLedger()
    const opened = await openAssociation(connection.carrier, credentials, this.patience(), ledger)
    if (opened.is === 'open') {
      connection.association = opened.association
      return UP
    }
    const outcome = carriedOutcome(opened.carried, this.question(connection), ledger, this.declared.timing.responseMs)
    const fault =
      opened.carried.is === 'other' && opened.carried.heard.is === 'fault' ? opened.carried.heard.fault : undefined
    if (fault) return { is: 'fault', fault: faultOf(fault) }
    return { is: 'down', rung: 'association', expected: 'an AARE that accepts', found: outcome.text, outcome }
  }

  /** How a connection's client proves who it is; undefined: its secret is not known. */
  credentials({ client }: Connection): Credentials | undefined {
    if (client.mechanism === 'lowest') return { context: 'ln', mechanism: 'lowest' }
    const secret = client.secret === undefined ? undefined : this.setup.secret(client.secret)
    return secret && { context: 'ln', mechanism: 'lls', secret }
  }

  // What came

  question(connection: Connection): Question {
    const { link, port, wports } = connection
    const opening = port.opening
    return {
      ...(link ? { addresses: link.addresses } : { wports }),
      ...(opening?.is === 'open' && port.transport.kind === 'datagram' ? { remote: opening.remote } : {}),
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

  told(connection: Connection, heard: Heard, ledger: Ledger, asked?: number): Outcome {
    return heardOutcome(heard, { ...this.question(connection), ...(asked === undefined ? {} : { asked }) }, ledger)
  }

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

  readonly #lastHeard = new WeakMap<Port, Heard>()

  /** Remembers the answer of a step: a surplus frame with the same octets repeats it. */
  answered(connection: Connection, heard: Heard): void {
    this.#lastHeard.set(connection.port, heard)
  }

  /** What an answer changes above the link. */
  note(connection: Connection, apdu: Uint8Array): void {
    const answer = readApdu(apdu)
    const association = associationIn(answer)
    if (association) connection.association = association
    if (answer?.is === 'rlre' || (answer?.is === 'aare' && answer.value.result !== 'accepted'))
      connection.association = undefined
  }

  rulesBroken(connection: Connection, ledger: Ledger): Outcome['broken'] {
    return linkRules(ledger, connection.link?.addresses)
  }
}

const sameOctets = (a: Heard, b: Heard): boolean =>
  a.octets.length === b.octets.length && a.octets.every((octet, at) => octet === b.octets[at])

/** HDLC parameters among what a `given` proposes. */
export function proposalOf({ propose = {} }: Given): Partial<Record<LinkParameter, number>> {
  const proposal: Partial<Record<LinkParameter, number>> = {}
  for (const name of LINK_PARAMETERS) {
    const value = propose[name]
    if (typeof value === 'number') proposal[name] = value
  }
  return proposal
}

export const faultOf = ({ code, where, detail, hint }: LineFault): Fault => ({
  code,
  text: `${where}: ${detail}`,
  hint,
})
