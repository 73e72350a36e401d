// A secondary station on one line: deframes, finds the link, puts the frame through its row, and gives the octets of the answer.
import { createDeframer, type Deframed } from '../../protocol/hdlc/deframer.ts'
import { begin, lastEnd, type Burst, type Ms } from '../../protocol/line.ts'
import type { Frame } from '../../protocol/hdlc/examine.ts'
import type { Decisions } from '../decisions.ts'
import type { DeviceDescription, HdlcDescription } from '../description.ts'
import { NOTHING_REMEMBERED } from '../memory.ts'
import type { Path, Upper } from '../upper.ts'
import type { Sender } from '../sender.ts'
import { react } from './table.ts'
import type { Heard, LinkContext, Reaction, Say } from './reaction.ts'
import { DISCONNECTED, type LinkState } from './state.ts'

/** Octets to be laid on the line, not before `at`. */
export interface Spoken {
  readonly at: Ms
  readonly octets: Uint8Array
}

export interface Station {
  receive(burst: Burst): readonly Spoken[]
  deadline(): Ms
  expire(now: Ms): readonly Spoken[]
  /** When the last octet was on the line, heard or said. */
  lastOctet(): Ms
  /** True while a link is up. */
  connected(): boolean
  /** A frame of the station's own accord: only UI may be that. */
  send(frame: Frame, at: Ms): readonly Spoken[]
  /** The line has gone away: all links end. */
  end(): void
}

interface StationSetting {
  readonly hdlc: HdlcDescription
  readonly devices: readonly DeviceDescription[]
  readonly decisions: Decisions
  readonly upper: Upper
  readonly sender: Sender
  readonly port: string
  readonly peer: string
  /** On a serial line, how long an octet takes now; 0 where octets take no time. */
  readonly octetMs: () => Ms
  /** In TCP and UDP pauses say little: what is not whole is dropped only after a long one. */
  readonly pausesCount: boolean
}

interface Link {
  readonly state: LinkState
  /** The frame heard last: it knows the addresses. */
  readonly heard: Heard
}

const LONGEST_APDU = 0x10000
/** Segments: the longest answer in the shortest fields. */
const MOST_WAITING = 2048

const STREAM_GAP_MS = 200

export function createStation(setting: StationSetting, startedAt: Ms): Station {
  const { hdlc, devices, decisions, upper, sender } = setting
  const { link: table, reception, addressing, llc } = decisions
  const links = new Map<string, Link>()
  const deframer = createDeframer({
    interOctetMs: reception.interOctetMs(setting.pausesCount ? hdlc.interOctetMs : STREAM_GAP_MS),
  })
  const context: LinkContext = {
    table,
    longestApdu: LONGEST_APDU,
    limits: {
      'max-information-field-length-transmit': hdlc.maxInformationTransmit,
      'max-information-field-length-receive': hdlc.maxInformationReceive,
      'window-size-transmit': hdlc.windowTransmit,
      'window-size-receive': hdlc.windowReceive,
    },
  }
  let lastOctet = startedAt
  let memory = NOTHING_REMEMBERED

  const pathOf = ({ client, device, frame }: Heard): Path => ({
    port: setting.port,
    peer: setting.peer,
    carrier: 'hdlc',
    client,
    device,
    ...(frame.control.is === 'ui' ? { unconfirmed: true } : {}),
  })
  const keyOf = ({ client, device }: Heard): string => `${client}/${device.key}`
  const isUp = ({ state }: Link): boolean => state.mode !== 'ndm'

  function lay(frame: Frame, at: Ms): readonly Spoken[] {
    return sender({ is: 'frame', frame, damage: {} }).map((octets) => {
      lastOctet = Math.max(lastOctet, at) + octets.length * setting.octetMs()
      return { at, octets }
    })
  }

  const spoken = (says: readonly Say[], heard: Heard, at: Ms): readonly Spoken[] =>
    says.flatMap((say) => lay(frameOf(say, heard), at))

  const frameOf = (say: Say, heard: Heard): Frame => ({
    segmentation: say.segmentation ?? false,
    'destination-address': say.destination ?? heard.frame['source-address'],
    'source-address': say.source ?? addressing.answerFrom(heard.frame['destination-address'], hdlc, heard.device),
    control: say.control,
    information: say.information ?? new Uint8Array(0),
  })

  /** Carries a reaction out: the layer above first, then the turn. */
  function carryOut(reaction: Reaction, heard: Heard): { readonly to: LinkState; readonly say: readonly Say[] } {
    if (reaction.ends === true) upper.ended(pathOf(heard))
    let to = reaction.to
    // A primary that asks and never fetches must not fill the memory: its requests are dropped.
    const listens = to.waiting.length < MOST_WAITING
    const apdu = reaction.deliver === undefined || !listens ? undefined : llc.read(reaction.deliver)
    const answers = apdu === undefined ? [] : upper.apdu(pathOf(heard), apdu, heard.end)
    for (const answer of answers)
      to = { ...to, waiting: [...to.waiting, ...table.transmission.segments(to, llc.write(answer))] }
    if (reaction.turn !== true) return { to, say: reaction.say ?? [] }
    const turn = table.transmission.turn(to, table.transmission)
    return { to: turn.to, say: [...(reaction.say ?? []), ...turn.say] }
  }

  function hear(frame: Frame, end: Ms): readonly Spoken[] {
    const client = addressing.client(frame['source-address'])
    const addressee = addressing.addressee(frame['destination-address'], hdlc, devices)
    if (client === undefined || addressee.is === 'nobody') return []
    if (addressee.is === 'all') {
      return devices.slice(0, 1).flatMap((device) => {
        const heard = { frame, client, device, end }
        return spoken(carryOut(table.broadcast(DISCONNECTED, heard, context), heard).say, heard, end + hdlc.reactionMs)
      })
    }
    const heard = { frame, client, device: addressee.device, end }
    const key = keyOf(heard)
    const before = links.get(key)?.state ?? DISCONNECTED
    const { to, say } = carryOut(react(table, before, heard, context), heard)
    if (before.mode === 'ndm' && to.mode === 'nrm') anotherConnects(key)
    links.set(key, { state: to, heard })
    return spoken(say, heard, end + hdlc.reactionMs)
  }

  function anotherConnects(key: string): void {
    for (const [other, link] of links) {
      if (other !== key) links.set(other, { ...link, state: table.whenAnotherConnects(link.state) })
    }
  }

  function take(items: readonly Deframed[]): readonly Spoken[] {
    return items.flatMap((item) => {
      const taken = reception.takes(item, memory)
      memory = taken.memory
      if (taken.frame === undefined) return []
      const answer = hear(taken.frame, item.end)
      return taken.silently === true ? [] : answer
    })
  }

  const inactiveAt = (): Ms => {
    const after = table.inactivityMs(hdlc.inactivityMs)
    if (after <= 0) return Infinity
    let since = Infinity
    for (const link of links.values())
      if (isUp(link)) since = Math.min(since, table.inactiveSince(lastOctet, link.state))
    return since + after
  }

  function becomeInactive(now: Ms): readonly Spoken[] {
    return [...links].flatMap(([key, { state, heard }]) => {
      if (state.mode === 'ndm') return []
      const { to, say } = carryOut(table.inactive(state), heard)
      links.set(key, { state: to, heard })
      return spoken(say, heard, now)
    })
  }

  return {
    receive(burst) {
      const due = inactiveAt() <= begin(burst) ? becomeInactive(inactiveAt()) : []
      const { bursts, memory: after } = reception.hears(burst, memory)
      memory = after
      const answers = bursts.flatMap((each) => take(deframer.push(each)))
      lastOctet = Math.max(lastOctet, lastEnd(burst))
      return [...due, ...answers]
    },
    deadline: () => Math.min(deframer.deadline(), inactiveAt()),
    expire(now) {
      const fragments = deframer.deadline() <= now ? take(deframer.flush(now)) : []
      return inactiveAt() <= now ? [...fragments, ...becomeInactive(now)] : fragments
    },
    lastOctet: () => lastOctet,
    connected: () => [...links.values()].some(isUp),
    send(frame, at) {
      return lay(frame, at)
    },
    end() {
      for (const { heard } of links.values()) upper.ended(pathOf(heard))
      links.clear()
    },
  }
}
