// The connections of one port by name: over lines of their own, the one serial line, or that of another connection.
import { newLedger } from '../client/ledger.ts'
import { rlrqFor } from '../client/services.ts'
import type { SecurityContext } from '../client/security-context.ts'
import { Connection, type Line, type Who } from './connection.ts'
import type { Declared, DeclaredClient } from './declared.ts'
import type { Lines } from './lines.ts'
import { protectedOctets } from './protecting.ts'

/** What connections are made of. */
export interface Making {
  readonly declared: Declared
  readonly lines: Lines
  /** The line loses frames. */
  readonly noisy: boolean
  /** With the keys that are valid now. */
  readonly securityOf: (client: DeclaredClient) => SecurityContext | undefined
}

export class Connections {
  readonly #making: Making
  readonly #all = new Map<string, Connection>()

  constructor(making: Making) {
    this.#making = making
  }

  get(name: string): Connection | undefined {
    return this.#all.get(name)
  }

  values(): readonly Connection[] {
    return [...this.#all.values()]
  }

  /** A new connection of this name: over the line of another one, the one serial line, or one of its own. */
  async connect(name: string, who: Who, over: string | undefined): Promise<Connection> {
    const { lines } = this.#making
    const shared = over === undefined ? undefined : this.get(over)?.line
    return this.#made(name, shared ?? lines.serial ?? (await this.#ownLine(name)), who)
  }

  /** A new connection of this name, on which the meter's calls are heard. */
  async hearCalls(name: string, who: Who, address: string): Promise<Connection> {
    const old = this.get(name)
    if (old) await this.drop(old)
    return this.#made(name, this.#making.lines.listening(name, address), who)
  }

  #made(name: string, line: Line, who: Who): Connection {
    const { declared, securityOf } = this.#making
    const connection = new Connection(name, line, declared, who, securityOf(who.client))
    this.#all.set(name, connection)
    return connection
  }

  /** A line that others are still on stays theirs and its own: many meters take one connection at a time. */
  async #ownLine(name: string): Promise<Line> {
    const old = this.get(name)
    if (old) await this.drop(old)
    return old && old.line.port.isOpen && this.#isShared(old.line) ? old.line : this.#making.lines.add(name)
  }

  #isShared(line: Line): boolean {
    return this.values().some((connection) => connection.line === line)
  }

  /** Ends a connection; its line too if nobody else is on it. */
  async drop(connection: Connection): Promise<void> {
    this.#all.delete(connection.name)
    await this.#takeLeave(connection)
    await connection.slow?.end()
    const { line } = connection
    if (!this.#isShared(line)) await this.#making.lines.end(line)
  }

  /** Datagrams have no end: an association that is left open keeps others out until its time-out. */
  async #takeLeave(connection: Connection): Promise<void> {
    const { association, carrier, port } = connection
    if (association === undefined || port.transport.kind !== 'datagram' || !port.isOpen) return
    const rlrq = protectedOctets(connection, { is: 'rlrq', value: rlrqFor(connection.client) })
    const { declared, noisy } = this.#making
    const { responseMs } = declared.timing
    if (rlrq.ok) await carrier.exchange(rlrq.value, { responseMs, lateMs: responseMs, noisy }, newLedger())
  }

  /** Ends all connections of an instance; a serial line stays open, in NDM where a link was up. */
  async release(): Promise<void> {
    const { declared, lines } = this.#making
    for (const connection of this.values()) {
      const { link, port } = connection
      if (link && (link.mayBeOpen || link.state.mode === 'nrm') && port.isOpen && port.language === 'hdlc')
        await link.setMode(link.disc(), 2 * declared.timing.responseMs, newLedger(), 1)
      await this.drop(connection)
    }
    lines.sweep()
  }
}
