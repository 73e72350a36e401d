// A serial port with HDLC on it from the beginning, and its pushes.
import type { Ms, Party, PartyOutput } from '../../protocol/line.ts'
import type { Spoken, Station } from '../link/station.ts'
import { encode, fromJson } from '../../codec/codec.ts'
import { data } from '../../protocol/data/data.ts'
import { xdlms } from '../../protocol/xdlms/xdlms.ts'
import type { Application } from '../application.ts'
import type { Decisions } from '../decisions.ts'
import { DEFAULT_HDLC, type MeterDescription, type SerialPortDescription } from '../description.ts'
import type { PushedFrame } from '../push.ts'

/** What is pushed, and after how long an idleness; nothing where the port has no push. */
interface Pushing {
  readonly afterIdleMs: Ms
  readonly frames: (now: Ms) => readonly PushedFrame[]
}

export function createSerialParty(station: Station, pushing: Pushing | undefined, startedAt: Ms): Party {
  /** Since when nothing has happened: no octet, no link. */
  let idleSince = startedAt

  const onLine = (spoken: readonly Spoken[]): readonly PartyOutput[] =>
    spoken.map(({ at, octets }) => ({ is: 'octets', peer: 'line', at, octets }))

  const pushAt = (): Ms =>
    pushing === undefined || station.connected()
      ? Infinity
      : Math.max(idleSince, station.lastOctet()) + pushing.afterIdleMs

  function push(now: Ms): readonly PartyOutput[] {
    idleSince = now
    let at = now
    return (pushing?.frames(now) ?? []).flatMap(({ frame, pauseMs }) => {
      at = Math.max(at, station.lastOctet()) + pauseMs
      return onLine(station.send(frame, at))
    })
  }

  return {
    receive: (input) => (input.is === 'octets' ? onLine(station.receive(input.burst)) : []),
    deadline: () => Math.min(station.deadline(), pushAt()),
    expire(now) {
      const wasConnected = station.connected()
      const pushed = pushAt() <= now ? push(now) : []
      const spoken = onLine(station.expire(now))
      if (wasConnected && !station.connected()) idleSince = now
      return [...pushed, ...spoken]
    },
  }
}

/** The data-notification that a port pushes, with the time of the push. */
export function pushingOf(
  { push, hdlc = DEFAULT_HDLC }: SerialPortDescription,
  description: MeterDescription,
  decisions: Decisions,
  clock: Application['clock'],
): Pushing | undefined {
  const client = push && description.clients[push.client]
  const device = push && description.devices[push.device]
  const body = push && fromJson(data, push.body)
  if (push === undefined || client === undefined || device === undefined || body?.ok !== true) return undefined
  let pushed = 0
  return {
    afterIdleMs: push.afterIdleMs,
    frames(now) {
      pushed = (pushed + 1) & 0xffffff
      const apdu = encode(xdlms, {
        is: 'data-notification',
        value: {
          'long-invoke-id-and-priority': {
            priority: false,
            'service-class': false,
            'processing-option': false,
            'self-descriptive': false,
            reserved: 0,
            'long-invoke-id': pushed,
          },
          'date-time': clock(now),
          'notification-body': body.value,
        },
      })
      return decisions.push.frames(decisions.llc.write(apdu), { client, device, hdlc })
    },
  }
}
