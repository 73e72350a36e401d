import { expect } from 'chai'
import { parseUrl } from './url.ts'

const good: readonly (readonly [string, object])[] = [
  ['tcp://192.0.2.1:4059', { is: 'tcp', endpoint: { host: '192.0.2.1', port: 4059 } }],
  ['tcp://[2001:db8::1]:4059', { is: 'tcp', endpoint: { host: '2001:db8::1', port: 4059 } }],
  ['udp://meter-7.lab:0', { is: 'udp', endpoint: { host: 'meter-7.lab', port: 0 } }],
  ['serial:/dev/ttyUSB0', { is: 'serial', path: '/dev/ttyUSB0', settings: { baud: 9600, format: '8N1' } }],
  ['serial:COM3?format=7e1&baud=300', { is: 'serial', path: 'COM3', settings: { baud: 300, format: '7E1' } }],
  [
    'rfc2217://gateway:2001?baud=2400',
    { is: 'rfc2217', endpoint: { host: 'gateway', port: 2001 }, settings: { baud: 2400, format: '8N1' } },
  ],
]

const bad: readonly (readonly [string, string])[] = [
  ['', 'this is no URL of a port'],
  ['/dev/ttyUSB0', 'this is no URL of a port'],
  ['http://meter:80', '"http:" is unknown'],
  ['simulated:', '"simulated:" is unknown'],
  ['tcp://meter', 'expected //HOST:PORT with a port from 0 to 65535'],
  ['tcp:meter:4059', 'expected //HOST:PORT with a port from 0 to 65535'],
  ['tcp://meter:65536', 'expected //HOST:PORT with a port from 0 to 65535'],
  ['tcp://meter:4059?baud=9600', '"?baud=9600" says nothing here'],
  ['serial:', 'the path of the port is missing'],
  ['serial:/dev/ttyS0?baud=fast', '"baud=fast": expected a rate such as 300 or 9600'],
  ['serial:/dev/ttyS0?format=8E1', '"format=8E1": expected 7E1 or 8N1'],
  ['serial:/dev/ttyS0?rate=9600', '"rate" is unknown: expected baud or format'],
  ['rfc2217://gateway?baud=9600', 'expected //HOST:PORT with a port from 0 to 65535'],
]

describe('URL of a port', () => {
  for (const [url, expected] of good) {
    it(`reads ${url}`, () => expect(parseUrl(url)).to.deep.equal({ ok: true, value: { ...expected, url } }))
  }
  for (const [url, detail] of bad) {
    it(`refuses "${url}"`, () => {
      const parsed = parseUrl(url)
      expect(!parsed.ok && parsed.failure).to.include({ code: 'bad-url', where: url, detail })
      expect(!parsed.ok && parsed.failure.hint).to.not.equal('')
    })
  }
})
