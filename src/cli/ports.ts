import { type Declaration, isNoisy } from '../engine/declaration.ts'
import type { Port } from '../engine/declaration.generated.ts'
import { parseUrl } from '../transport/url.ts'
import { nearest } from '../language/suggest.ts'
import { usage } from './usage.ts'

/** A port that a run uses, over the URL that holds for this run. */
export interface ChosenPort {
  readonly name: string
  readonly url: string
  readonly profile: readonly string[]
  readonly declared: Port
}

/** `--connect PORT=URL` runs only the ports named, over these URLs; `--port NAME` only those named; else all. */
export function choosePorts(
  declaration: Declaration,
  connect: readonly string[],
  only: readonly string[],
): readonly ChosenPort[] {
  const declared = Object.entries(declaration.content.ports ?? {})
  const names = declared.map(([name]) => name)
  const urls = new Map(connect.map((text) => assignment(text, names)))
  for (const name of only) known(name, names, '--port')
  const chosen = declared.flatMap(([name, port]): readonly ChosenPort[] => {
    if (urls.size > 0 && !urls.has(name)) return []
    if (only.length > 0 && !only.includes(name)) return []
    const url = urls.get(name) ?? port.url
    if (url === undefined)
      return usage(
        `the port ${name} of ${declaration.meter} has no URL`,
        `Add "url" to the declaration, or --connect ${name}=URL.`,
      )
    return [{ name, url, profile: profileOf(port, url), declared: port }]
  })
  if (chosen.length === 0) usage('no port is left to run', `Ports of ${declaration.meter}: ${names.join(', ')}.`)
  const simulated = chosen.filter(({ url }) => url === 'simulated')
  if (simulated.length > 0 && simulated.length < chosen.length)
    usage(
      'a run is either on simulated ports or on real ones',
      `Simulated: ${simulated.map(({ name }) => name).join(', ')}. Choose with --port.`,
    )
  return chosen
}

/** `PORT=URL` → both, checked. */
export function assignment(text: string, names: readonly string[]): readonly [string, string] {
  const at = text.indexOf('=')
  const [name, url] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1 || url === '')
    usage(
      `expected PORT=URL, found ${text}`,
      'For example hdlc=tcp://192.0.2.1:4059 or hdlc=serial:/dev/ttyUSB0?baud=9600.',
    )
  known(name, names, text)
  if (url !== 'simulated') {
    const parsed = parseUrl(url)
    if (!parsed.ok) usage(`${parsed.failure.where}: ${parsed.failure.detail}`, parsed.failure.hint)
  }
  return [name, url]
}

function known(name: string, names: readonly string[], where: string): void {
  if (names.includes(name)) return
  const near = nearest(name, names)
  usage(
    `${where}: there is no port ${name}`,
    near === undefined ? `Ports: ${names.join(', ')}.` : `did you mean ${near}?`,
  )
}

/** HDLC goes over TCP and UDP as it is: a serial port only where the declaration says that a serial line is behind it, and no port of the TCP-UDP profile. */
function profileOf(port: Port, url: string): readonly string[] {
  const declared: readonly string[] = port.profile ?? []
  const kind = url.startsWith('tcp://') ? 'tcp' : url.startsWith('udp://') ? 'udp' : undefined
  if (kind === undefined) return declared
  if (declared.includes('wrapper')) return [...declared.filter((word) => word !== 'tcp' && word !== 'udp'), kind]
  const serial = port.line === 'serial' || (typeof port.line === 'object' && port.line.kind === 'serial')
  return declared.filter((word) => word !== 'serial' || serial)
}

/** The declaration as this run uses it: with the URLs that were given. */
export function connected(declaration: Declaration, ports: readonly ChosenPort[]): Declaration {
  const over = Object.fromEntries(
    ports.map(({ name, url, profile, declared }) => [name, { ...declared, url, profile: [...profile] }]),
  )
  const content = { ...declaration.content, ports: over } as Declaration['content']
  return { ...declaration, content, value: content as unknown as Declaration['value'] }
}

/** How often what noise can do is repeated: as asked, else 2 where noise is to be expected. */
export const confirmations = (declaration: Declaration, port: string, asked: number | undefined): number =>
  asked ?? (isNoisy(declaration, port) ? 2 : 0)
