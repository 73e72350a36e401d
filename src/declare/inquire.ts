// One port of a live meter, asked all that a declaration tells. Nothing is changed: sign-on, SNRM and DISC, AARQ and RLRQ, GET and Read.
import { hdlcCarrier, wrapperCarrier, type Carrier } from '../client/carrier.ts'
import type { Patience } from '../client/exchange.ts'
import { climbToPort, climbToSignOn } from '../client/ladder.ts'
import { newLedger } from '../client/ledger.ts'
import type { Link } from '../client/link.ts'
import { Port } from '../client/port.ts'
import type { Credentials } from '../client/services.ts'
import { SignOn } from '../client/sign-on.ts'
import type { LinkParameters } from '../protocol/hdlc/negotiate.ts'
import { offersHdlc } from '../protocol/sign-on/messages.ts'
import type { Transport } from '../transport/transport.ts'
import type { World } from '../world/world.ts'
import { ask } from './association.ts'
import type { AssociationFindings, Opened, PortFindings, Refused } from './findings.ts'
import { connected, disconnected, findAddress, linkTo, type Address } from './hdlc.ts'
import type { Caller, Inquiry, Target } from './target.ts'

export interface Means {
  readonly world: World
  readonly transport: Transport
  /** Told as it goes on. */
  readonly tell: (text: string) => void
}

/** Characters of a sign-on message follow one another faster. */
const CHARACTER_GAP_MS = 1500
/** Adapters hold octets back. */
const OCTET_GAP_MS = 100
/** tr of IEC 62056-21: the tester's own, and the latest of the meter's. */
const REACTION_MS = [200, 1500] as const

export async function inquire(target: Target, inquiry: Inquiry, means: Means): Promise<PortFindings> {
  const asking = new Asking(target, inquiry, means)
  try {
    return await asking.all()
  } finally {
    await asking.end()
  }
}

class Asking {
  readonly #target: Target
  readonly #inquiry: Inquiry
  readonly #tell: Means['tell']
  readonly #port: Port
  readonly #signOn: SignOn | undefined
  readonly #notes: string[] = []
  #link: Link | undefined
  #parameters: LinkParameters | undefined

  constructor(target: Target, inquiry: Inquiry, { world, transport, tell }: Means) {
    this.#target = target
    this.#inquiry = inquiry
    this.#tell = tell
    const signsOn = target.profile.includes('sign-on')
    const gapMs = transport.kind === 'serial' ? OCTET_GAP_MS : 2 * inquiry.responseMs
    const options = { world, transport, gapMs, characterGapMs: CHARACTER_GAP_MS, reactionMs: REACTION_MS[0] }
    const carried = target.profile.includes('wrapper') ? 'wrapper' : 'hdlc'
    this.#port = new Port({ ...options, record: () => undefined }, signsOn ? 'sign-on' : carried)
    this.#signOn = signsOn
      ? new SignOn(this.#port, {
          opening: target.opening,
          modes: ['E', 'C', 'B', 'A'],
          address: undefined,
          reactionMs: REACTION_MS[1],
          sessionMs: 2 * REACTION_MS[1],
        })
      : undefined
  }

  async all(): Promise<PortFindings> {
    const found = await this.#found()
    const { identification } = this.#signOn ?? {}
    return {
      target: this.#target,
      ...found,
      answered: this.#port.heard > 0,
      ...(identification === undefined ? {} : { identification }),
      notes: this.#notes,
    }
  }

  /** Ends what is open, whatever became of the rest. */
  async end(): Promise<void> {
    if (this.#link?.mayBeOpen && this.#port.isOpen)
      await disconnected(this.#link, this.#inquiry.responseMs).catch(() => false)
    await this.#port.close('close')
  }

  async #found(): Promise<Pick<PortFindings, 'hdlc' | 'associations'>> {
    if (!(await this.#opened())) return { associations: [] }
    if (this.#target.profile.includes('wrapper'))
      return { associations: await this.#associations((caller, server) => this.#overWrapper(caller, server)) }
    if (this.#signOn && !(await this.#toHdlc(this.#signOn))) return { associations: [] }
    const { callers, servers, lowers, responseMs } = this.#inquiry
    const [client = 16, server = 1] = [callers[0]?.sap, servers[0]]
    this.#tell('looking for the HDLC address')
    const found = await findAddress(this.#port, { client, server, lowers }, responseMs)
    if (found === undefined) {
      this.#notes.push(
        `no HDLC address answers: upper ${server}, lower ${lowers.join(', ')} in 4 and 2 octets, or 1 octet`,
      )
      return { associations: [] }
    }
    const { anyLower, ...address } = found
    if (anyLower)
      this.#notes.push(
        'addresses of several octets are answered whatever their lower address is: check supports.hdlc.addressing and lower',
      )
    const associations = await this.#associations((caller, upper) => this.#overHdlc(address, caller, upper))
    return { hdlc: { ...address, ...(this.#parameters ? { parameters: this.#parameters } : {}) }, associations }
  }

  async #opened(): Promise<boolean> {
    const opened = await climbToPort(this.#port, 2 * this.#inquiry.responseMs)
    if (opened.is === 'fault') this.#notes.push(`${opened.fault.where}: ${opened.fault.detail}`)
    if (opened.is === 'down')
      this.#notes.push(opened.refused === 'refused' ? 'the connection was refused' : 'no connection')
    return opened.is === 'up'
  }

  /** Sign-on, and option select of mode E. */
  async #toHdlc(signOn: SignOn): Promise<boolean> {
    this.#tell('signing on')
    if ((await climbToSignOn(signOn)).is !== 'up') {
      this.#notes.push('no identification: a meter that is still in HDLC from before listens there for some minutes')
      return false
    }
    if (signOn.identification === undefined || !offersHdlc(signOn.identification)) return false
    if ((await signOn.toHdlc(newLedger())) === undefined) return true
    this.#notes.push('the identification offers HDLC (mode E), and selecting it led elsewhere')
    return false
  }

  async #associations(
    over: (caller: Caller, server: number) => Promise<Carrier | string>,
  ): Promise<readonly AssociationFindings[]> {
    const all: AssociationFindings[] = []
    for (const server of this.#inquiry.servers)
      for (const caller of this.#inquiry.callers) {
        this.#tell(`client ${caller.sap} at server ${server}`)
        all.push(await this.#associated(over, caller, server))
      }
    return all
  }

  /** With logical names; where these are refused for no reason of identity, with short names. */
  async #associated(
    over: (caller: Caller, server: number) => Promise<Carrier | string>,
    caller: Caller,
    server: number,
  ): Promise<AssociationFindings> {
    const first = await this.#as('ln', over, caller, server)
    if (first.is === 'open' || !/application-context-name-not-supported|no-reason-given/.test(first.why))
      return { caller, server, context: 'ln', came: first }
    const second = await this.#as('sn', over, caller, server)
    return second.is === 'open'
      ? { caller, server, context: 'sn', came: second }
      : { caller, server, context: 'ln', came: first }
  }

  async #as(
    context: Credentials['context'],
    over: (caller: Caller, server: number) => Promise<Carrier | string>,
    caller: Caller,
    server: number,
  ): Promise<Opened | Refused> {
    const carrier = await over(caller, server)
    if (typeof carrier === 'string') return { is: 'refused', why: carrier, mechanism: undefined }
    const { responseMs } = this.#inquiry
    const noisy = this.#port.transport.kind !== 'stream'
    const patience: Patience = { responseMs, lateMs: 2 * responseMs, noisy }
    const { came, notes } = await ask(carrier, this.#credentials(context, caller), patience)
    this.#notes.push(...notes.map((note) => `client ${caller.sap} at server ${server}: ${note}`))
    await this.#leave()
    return came
  }

  #credentials(context: Credentials['context'], { secret: name }: Caller): Credentials {
    const value = name === undefined ? undefined : this.#inquiry.secret(name)
    return value === undefined ? { context, mechanism: 'lowest' } : { context, mechanism: 'lls', value }
  }

  async #overWrapper({ sap }: Caller, server: number): Promise<Carrier | string> {
    if (!(await this.#opened())) return 'no connection'
    return wrapperCarrier(this.#port, { client: sap, server })
  }

  async #overHdlc(address: Address, { sap }: Caller, server: number): Promise<Carrier | string> {
    if (!(await this.#opened())) return 'no connection'
    const link = linkTo(this.#port, address, sap, server)
    this.#link = link
    let parameters = await connected(link, this.#inquiry.responseMs)
    // The end of the last link may have ended the sign-on as well.
    if (parameters === undefined && this.#signOn && (await this.#again(this.#signOn)))
      parameters = await connected(link, this.#inquiry.responseMs)
    if (parameters === undefined) return 'no UA to SNRM'
    this.#parameters ??= parameters
    return hdlcCarrier(link)
  }

  async #again(signOn: SignOn): Promise<boolean> {
    signOn.place = 'beginning'
    return this.#toHdlc(signOn)
  }

  /** A link ends by DISC, an association over the wrapper with its connection. */
  async #leave(): Promise<void> {
    if (this.#target.profile.includes('wrapper')) await this.#port.close('close')
    else if (this.#link && this.#port.isOpen) await disconnected(this.#link, this.#inquiry.responseMs)
  }
}
