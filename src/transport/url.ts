import { fail, ok, type Result } from '../codec/value.ts'
import type { CharacterFormat, LineSettings } from '../protocol/line.ts'
import type { Endpoint } from './address.ts'

/** The URL of a real port, taken apart. */
export type PortUrl =
  | { readonly is: 'tcp' | 'udp'; readonly url: string; readonly endpoint: Endpoint }
  | { readonly is: 'serial'; readonly url: string; readonly path: string; readonly settings: LineSettings }
  | { readonly is: 'rfc2217'; readonly url: string; readonly endpoint: Endpoint; readonly settings: LineSettings }

/** A mistake of the one who wrote the URL: not a fault of any line. */
export interface UrlFailure {
  readonly code: 'bad-url'
  readonly where: string
  readonly detail: string
  readonly hint: string
}

const FORMS =
  'tcp://HOST:PORT, udp://HOST:PORT, serial:PATH?baud=9600&format=8N1 or rfc2217://HOST:PORT?baud=9600&format=8N1'
const USUAL: LineSettings = { baud: 9600, format: '8N1' }
const FORMATS: readonly CharacterFormat[] = ['7E1', '8N1']

export function parseUrl(url: string): Result<PortUrl, UrlFailure> {
  const bad = (detail: string, hint = `write ${FORMS}`) => fail({ code: 'bad-url', where: url, detail, hint } as const)
  const parts = /^([a-z0-9]+):([^?]*)(?:\?(.*))?$/.exec(url)
  const [is, place, query] = [parts?.[1], parts?.[2] ?? '', parts?.[3]]
  switch (is) {
    case 'tcp':
    case 'udp': {
      const endpoint = endpointOf(place)
      if (endpoint === undefined) return bad('expected //HOST:PORT with a port from 0 to 65535')
      if (query !== undefined)
        return bad(`"?${query}" says nothing here`, 'leave it out: rate and format are for serial lines')
      return ok({ is, url, endpoint })
    }
    case 'serial':
    case 'rfc2217': {
      const settings = settingsOf(query ?? '')
      if (typeof settings === 'string') return bad(settings)
      if (is === 'serial')
        return place === '' ? bad('the path of the port is missing') : ok({ is, url, path: place, settings })
      const endpoint = endpointOf(place)
      return endpoint === undefined
        ? bad('expected //HOST:PORT with a port from 0 to 65535')
        : ok({ is, url, endpoint, settings })
    }
    default:
      return bad(is === undefined ? 'this is no URL of a port' : `"${is}:" is unknown`)
  }
}

/** `//HOST:PORT`; an IPv6 address stands in brackets. */
function endpointOf(place: string): Endpoint | undefined {
  const parts = /^\/\/(?:\[([0-9A-Fa-f:.]+)\]|([^:/@[\]]+)):(\d{1,5})\/?$/.exec(place)
  const host = parts?.[1] ?? parts?.[2]
  const port = Number(parts?.[3])
  return host === undefined || port > 65535 ? undefined : { host, port }
}

/** `baud=9600&format=8N1`, both with a usual value; or what is wrong with it. */
function settingsOf(query: string): LineSettings | string {
  let settings = USUAL
  for (const [name, value] of new URLSearchParams(query)) {
    const format = FORMATS.find((known) => known === value.toUpperCase())
    if (name === 'baud') {
      if (!/^[1-9]\d{1,6}$/.test(value)) return `"baud=${value}": expected a rate such as 300 or 9600`
      settings = { ...settings, baud: Number(value) }
    } else if (name === 'format') {
      if (format === undefined) return `"format=${value}": expected ${FORMATS.join(' or ')}`
      settings = { ...settings, format }
    } else return `"${name}" is unknown: expected baud or format`
  }
  return settings
}
