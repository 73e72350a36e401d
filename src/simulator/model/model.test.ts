import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { check } from '../../cosem/check.ts'
import { obisRule } from '../../cosem/obis.ts'
import { invokeMethod, readHex, situationOf, writeValue } from './situation.ts'
import { visibleObjects } from './access.ts'
import { attributeOf } from './attribute.ts'
import { classOf, type Situation } from './classes.ts'
import { logicalName } from './data.ts'

const management = (): Situation => situationOf('reference', 'management')
const at = (situation: Situation, seconds: number): Situation => ({ ...situation, now: seconds * 1000 })

describe('clock', () => {
  const TIME = '8:0.0.1.0.0.255:2'
  const method = (id: number): string => `8:0.0.1.0.0.255:${id}`
  const LOG = '7:0.0.99.98.0.255:2'

  it('can be set, goes on from there, and the log says so', () => {
    const meter = management()
    expect(writeValue(meter, TIME, '090C07EA0203020C000000FFC400')).to.equal('success')
    expect(readHex(at(meter, 61), TIME)).to.equal('00090C07EA0203020C010100FFC400')
    expect(readHex(meter, LOG)).to.match(
      /^00010502.*0202090C07EA01010401000000FFC40011040202090C07EA0203020C000000FFC4001105$/,
    )
  })
  it('takes a time without deviation as its own, and any deviation', () => {
    const meter = management()
    expect(writeValue(meter, TIME, '090C07EA0203FF0C0000FF8000FF')).to.equal('success')
    expect(readHex(meter, TIME)).to.equal('00090C07EA0203020C000000FFC400')
    expect(writeValue(meter, TIME, '090C07EA0203FF0C000000000000')).to.equal('success')
    expect(readHex(meter, TIME)).to.equal('00090C07EA0203020D000000FFC400')
  })
  const refusals: readonly (readonly [string, string, string])[] = [
    ['another type', '0600000000', 'type-unmatched'],
    ['eleven octets', '090B07EA0203020C000000FFC4', 'type-unmatched'],
    ['a month 13', '090C07EA0D03020C000000FFC400', 'other-reason'],
    ['no day', '090C07EA02FFFF0C000000FFC400', 'other-reason'],
  ]
  for (const [what, value, result] of refusals) {
    it(`does not take ${what}`, () => {
      const meter = management()
      expect(writeValue(meter, TIME, value)).to.equal(result)
      expect(readHex(meter, TIME)).to.equal('00090C07EA01010401000000FFC400')
    })
  }
  it('is adjusted to the nearest quarter and minute', () => {
    for (const [seconds, id, time] of [
      [449, 1, '01000000'],
      [451, 1, '010F0000'],
      [449, 2, '01000000'],
      [449, 3, '01070000'],
      [451, 3, '01080000'],
    ] as const) {
      const meter = at(management(), seconds)
      expect(invokeMethod(meter, method(id)).result).to.equal('success')
      expect(readHex(meter, TIME)).to.equal(`00090C07EA010104${time}FFC400`)
    }
  })
  it('is shifted by 900 s at most', () => {
    const meter = management()
    expect(invokeMethod(meter, method(6), '100384').result).to.equal('success')
    expect(readHex(meter, TIME)).to.equal('00090C07EA010104010F0000FFC400')
    expect(invokeMethod(meter, method(6), '10FC7C').result).to.equal('success')
    expect(invokeMethod(meter, method(6), '100385').result).to.equal('other-reason')
    expect(invokeMethod(meter, method(6), '1105').result).to.equal('type-unmatched')
    expect(readHex(meter, TIME)).to.equal('00090C07EA01010401000000FFC400')
  })
  it('is adjusted to a preset time within its interval only', () => {
    const preset = (start: string, end: string): string =>
      `0203090C07EA010104020000` + `00FFC400090C07EA010104${start}FFC400090C07EA010104${end}FFC400`
    const meter = management()
    expect(invokeMethod(meter, method(4)).result).to.equal('other-reason')
    expect(invokeMethod(meter, method(5), preset('01050000', '010A0000')).result).to.equal('success')
    expect(invokeMethod(meter, method(4)).result).to.equal('other-reason')
    expect(invokeMethod(at(meter, 360), method(4)).result).to.equal('success')
    expect(readHex(at(meter, 360), TIME)).to.equal('00090C07EA01010402000000FFC400')
    expect(invokeMethod(meter, method(5), '0F00').result).to.equal('type-unmatched')
  })
  it('daylight saving: the last Sundays of March and October, once it is enabled', () => {
    const around: readonly (readonly [string, string, string])[] = [
      ['090C07EA031D0701' + '3B3B00FFC400', '090C07EA031D0703000000FF8880', '80'],
      ['090C07EA0A190702' + '3B3B00FF8880', '090C07EA0A190702000000FFC400', '00'],
    ]
    for (const [before, after, status] of around) {
      const meter = management()
      expect(writeValue(meter, '8:0.0.1.0.0.255:8', '0301')).to.equal('success')
      expect(writeValue(meter, TIME, before)).to.equal('success')
      expect(readHex(meter, TIME)).to.equal(`00${before}`)
      expect(readHex(at(meter, 1), TIME)).to.equal(`00${after}`)
      expect(readHex(at(meter, 1), '8:0.0.1.0.0.255:4')).to.equal(`0011${status}`)
    }
    const disabled = management()
    expect(writeValue(disabled, TIME, '090C07EA031D0701' + '3B3B00FFC400')).to.equal('success')
    expect(readHex(at(disabled, 1), TIME)).to.equal('00090C07EA031D0702000000FFC400')
  })
  it('time_zone moves the face, not the instant', () => {
    const meter = management()
    expect(writeValue(meter, '8:0.0.1.0.0.255:3', '100000')).to.equal('success')
    expect(readHex(meter, TIME)).to.equal('00090C07EA01010400000000000000')
  })
  it('a period in which it was set is marked, the next one is not', () => {
    const statuses = (situation: Situation, name: string, column: string): string =>
      readHex(situation, name, 2, `0204060000000106000000001200${column}1200${column}`).slice(-24)
    const meter = management()
    expect(writeValue(at(meter, 1000), TIME, '090C07EA01010401' + '150000FFC400')).to.equal('success')
    expect(readHex(at(meter, 1000), '1:0.0.96.10.1.255:2')).to.equal('001120')
    const later = at(meter, 90_000)
    expect(statuses(at(meter, 3000), '7:1.0.99.1.0.255:2', '02')).to.equal('020111000201112002011100')
    expect(statuses(later, '7:1.0.99.2.0.255:2', '01')).to.equal('020111000201110002011120')
  })
  it('rows of the time before stay as they are', () => {
    const PROFILE = '7:1.0.99.1.0.255:2'
    const lastTimes = (situation: Situation): readonly string[] =>
      readHex(situation, PROFILE, 2, '0204060000' + '07CE' + '0600000000120001120001').match(/(?<=0201090C)\w{16}/g) ??
      []
    const meter = management()
    expect(writeValue(at(meter, 1000), TIME, '090C07EA01010400' + '320000FFC400')).to.equal('success')
    expect(lastTimes(at(meter, 1000))).to.deep.equal(['07EA0101' + '04002D00', '07EA010104010000', '07EA010104010F00'])
    expect(lastTimes(at(meter, 1000 + 600))).to.deep.equal(['07EA010104010000', '07EA010104010F00', '07EA010104010000'])
  })
})

describe('registers', () => {
  it('an average demand is that of the period before, and begins with the quarter', () => {
    const meter = at(situationOf('reference', 'reader'), 1000)
    expect(readHex(meter, '5:1.0.1.4.0.255:7')).to.equal('00090C07EA010104010F0000FFC400')
    expect(readHex(meter, '5:1.0.1.4.0.255:3')).to.equal(readHex(at(meter, 900), '5:1.0.1.4.0.255:2'))
  })
  it('an extended register is reset, with the time', () => {
    const meter = at(management(), 60)
    expect(readHex(meter, '4:1.0.1.6.0.255:2')).to.equal('00' + '0600001072')
    expect(invokeMethod(meter, '4:1.0.1.6.0.255:1').result).to.equal('success')
    expect(readHex(meter, '4:1.0.1.6.0.255:2')).to.equal('000600000000')
    expect(readHex(meter, '4:1.0.1.6.0.255:5')).to.equal('00090C07EA01010401010000FFC400')
  })
  it('bills of nine months, each when a month has begun, and each higher than the one before', () => {
    const bills = readHex(situationOf('reference', 'reader'), '7:0.0.98.1.0.255:2')
    const rows = [...bills.matchAll(/0207090C(07E9\w\w01)\w\w00000000FFC40006(\w{8})/g)]
    expect(rows.map(([, month]) => month)).to.deep.equal(
      ['05', '06', '07', '08', '09', '0A', '0B', '0C'].map((month) => `07E9${month}01`),
    )
    const energies = rows.map(([, , energy = '']) => energy)
    expect(energies).to.deep.equal([...new Set(energies)].sort())
    expect(bills).to.contain('090C07EA01010400000000FFC400' + '06')
  })
})

describe('profiles that a client changes', () => {
  const RING = '7:1.0.99.129.0.255'
  it('keep the last rows, and begin anew with other columns or another period', () => {
    const meter = management()
    for (let second = 1; second <= 8; second++) invokeMethod(at(meter, second), `${RING}:2`)
    expect(readHex(at(meter, 9), `${RING}:7`)).to.equal('000600000005')
    const ENERGY = '0204120003090601000108' + '00FF0F02120000'
    expect(writeValue(meter, `${RING}:3`, `0101${ENERGY}`)).to.equal('success')
    expect(readHex(meter, `${RING}:2`)).to.equal('000100')
    invokeMethod(meter, `${RING}:2`)
    expect(readHex(meter, `${RING}:2`)).to.equal('00010102010600' + '12D687')
    expect(writeValue(meter, `${RING}:4`, '060000003C')).to.equal('success')
    expect(readHex(at(meter, 130), `${RING}:7`)).to.equal('000600000002')
  })
  it('capture nothing that the client may not read, or that there is not', () => {
    const column = (name: string, attribute: string): string => `01010204120013${name}0F${attribute}120000`
    for (const [name, attribute] of [
      ['09060000140000FF', '07'],
      ['09060000140009FF', '02'],
    ] as const)
      expect(writeValue(management(), `${RING}:3`, column(name, attribute))).to.equal('scope-of-access-violated')
    expect(writeValue(management(), `${RING}:3`, '1105')).to.equal('type-unmatched')
  })
})

describe('types of what is written', () => {
  const CALENDAR = '20:0.0.13.0.0.255'
  for (const [attribute, value, result] of [
    [6, '0903414243', 'success'],
    [6, '0A03414243', 'type-unmatched'],
    [7, '01010203090131090CFFFF0101FF000000008000000902' + '5731', 'success'],
    [7, '01010202090131090CFFFF0101FF00000000800000', 'type-unmatched'],
    [7, '0100', 'success'],
    [7, '01010203090131090CFFFF0D01FF000000008000000902' + '5731', 'other-reason'],
    [7, '01010203090131090BFFFF0101FF000000008000' + '09025731', 'type-unmatched'],
    [2, '0903414243', 'read-write-denied'],
  ] as const)
    it(`attribute ${attribute} of the activity calendar, ${value}: ${result}`, () => {
      const meter = management()
      const before = readHex(meter, `${CALENDAR}:${attribute}`)
      expect(writeValue(meter, `${CALENDAR}:${attribute}`, value)).to.equal(result)
      expect(readHex(meter, `${CALENDAR}:${attribute}`)).to.equal(result === 'success' ? `00${value}` : before)
    })
})

describe('methods', () => {
  it('the passive calendar becomes the active one', () => {
    const meter = management()
    expect(readHex(meter, '20:0.0.13.0.0.255:2')).to.equal('0009035354' + '44')
    expect(invokeMethod(meter, '20:0.0.13.0.0.255:1').result).to.equal('success')
    expect(readHex(meter, '20:0.0.13.0.0.255:2')).to.equal('0009034E4557')
  })
  it('special days are inserted and deleted by their index', () => {
    const [meter, TABLE] = [management(), '11:0.0.11.0.0.255']
    expect(invokeMethod(meter, `${TABLE}:1`, '02031200020905FFFF0501FF1102').result).to.equal('success')
    expect(readHex(meter, `${TABLE}:2`)).to.equal('00010202031200010905FFFF0101FF110202031200020905FFFF0501FF1102')
    expect(invokeMethod(meter, `${TABLE}:2`, '120001').result).to.equal('success')
    expect(invokeMethod(meter, `${TABLE}:2`, '120009').result).to.equal('object-undefined')
    expect(invokeMethod(meter, `${TABLE}:1`, '1102').result).to.equal('type-unmatched')
    expect(readHex(meter, `${TABLE}:2`)).to.equal('00010102031200020905FFFF0501FF1102')
  })
  it('a disconnector goes off and on, also by its scripts; in mode 1 it waits for a hand, in mode 0 it never goes off', () => {
    const CONTROL = '70:0.0.96.3.10.255'
    const states = (meter: Situation): string => [2, 3].map((id) => readHex(meter, `${CONTROL}:${id}`)).join(' ')
    const meter = management()
    expect(invokeMethod(meter, `${CONTROL}:1`).result).to.equal('success')
    expect(states(meter)).to.equal('000300 001600')
    expect(invokeMethod(meter, `${CONTROL}:2`).result).to.equal('success')
    expect(states(meter)).to.equal('000301 001601')
    expect(invokeMethod(meter, '9:0.0.10.0.106.255:1', '120001').result).to.equal('success')
    expect(states(meter)).to.equal('000300 001600')
    expect(writeValue(meter, `${CONTROL}:4`, '1601')).to.equal('success')
    expect(invokeMethod(meter, `${CONTROL}:2`).result).to.equal('success')
    expect(states(meter)).to.equal('000300 001602')
    const fixed = management()
    expect(writeValue(fixed, `${CONTROL}:4`, '1600')).to.equal('success')
    expect(invokeMethod(fixed, `${CONTROL}:1`).result).to.equal('other-reason')
    expect(states(fixed)).to.equal('000301 001601')
  })
  it('scripts: those that there are', () => {
    const meter = management()
    expect(invokeMethod(meter, '9:0.0.10.0.100.255:1', '120002').result).to.equal('success')
    expect(readHex(meter, '1:0.0.96.14.0.255:2')).to.equal('0009025432')
    expect(invokeMethod(meter, '9:0.0.10.0.100.255:1', '120009').result).to.equal('object-undefined')
    expect(invokeMethod(meter, '9:0.0.10.0.100.255:1', '1101').result).to.equal('type-unmatched')
  })
  it('a limiter tells the threshold that is active', () => {
    const meter = management()
    expect(readHex(meter, '71:0.0.17.0.0.255:3')).to.equal('000600002328')
    expect(writeValue(meter, '71:0.0.17.0.0.255:4', '0600001388')).to.equal('success')
    expect(readHex(meter, '71:0.0.17.0.0.255:3')).to.equal('000600001388')
  })
  it('an image comes in blocks, is verified when it is whole, and then activated', () => {
    const IMAGE = '18:0.0.44.0.0.255'
    const meter = management()
    const does = (method: number, parameters?: string): string =>
      String(invokeMethod(meter, `${IMAGE}:${method}`, parameters).result)
    const block = (number: number, octets: number): string =>
      `0202060000000${number}09${octets < 128 ? '' : '81'}${octets.toString(16).padStart(2, '0')}${'5A'.repeat(octets)}`
    expect(does(2, block(0, 128))).to.equal('other-reason')
    expect(does(1, '020209034142430600000082')).to.equal('success')
    expect(readHex(meter, `${IMAGE}:3`)).to.equal('00040200')
    expect(does(2, block(0, 128))).to.equal('success')
    expect(does(2, block(1, 3))).to.equal('other-reason')
    expect(does(2, block(2, 2))).to.equal('other-reason')
    expect(readHex(meter, `${IMAGE}:4`)).to.equal('000600000001')
    expect(does(3)).to.equal('other-reason')
    expect(does(4)).to.equal('other-reason')
    expect(does(2, block(1, 2))).to.equal('success')
    expect(readHex(meter, `${IMAGE}:3`)).to.equal('000402C0')
    expect(does(3)).to.equal('success')
    expect(readHex(meter, `${IMAGE}:7`)).to.equal('000101020306000000820903414243' + '0900')
    expect(does(4)).to.equal('success')
    expect(readHex(meter, `${IMAGE}:6`)).to.equal('001606')
  })
})

describe('what a push holds', () => {
  const list = '40:0.0.25.9.0.255:2'
  const cases: readonly (readonly [string, string, string])[] = [
    ['an attribute that the client may read', '02041200080906' + '0000010000FF' + '0F02120000', 'success'],
    ['the secret of its association', '020412000F0906' + '0000280000FF' + '0F07120000', 'scope-of-access-violated'],
    ['an object of another class', '02041200030906' + '0000010000FF' + '0F02120000', 'scope-of-access-violated'],
    ['an object that there is not', '02041200010906' + '00006FDE00FF' + '0F02120000', 'scope-of-access-violated'],
  ]
  for (const [what, element, result] of cases)
    it(`${what}: ${result}`, () => {
      const meter = management()
      const before = readHex(meter, list)
      expect(writeValue(meter, list, `0101${element}`)).to.equal(result)
      expect(readHex(meter, list)).to.equal(result === 'success' ? `000101${element}` : before)
    })
})

describe('where a push goes', () => {
  const destination = '40:0.0.25.9.0.255:3'
  const octets = (text: string): string => hex(new TextEncoder().encode(text))
  const rows: readonly (readonly [string, string, string])[] = [
    ['00', '192.0.2.1:4059', 'success'],
    ['01', '[2001:db8::1]:4059', 'success'],
    ['00', '192.0.2.1', 'other-reason'],
    ['00', '192.0.2.1:port', 'other-reason'],
    ['00', '192.0.2.1:65536', 'other-reason'],
    ['00', `${'x'.repeat(60)}:4059`, 'other-reason'],
    ['04', '+41790000000', 'success'],
  ]
  for (const [transport, text, result] of rows)
    it(`${text} by transport ${Number(transport)}: ${result}`, () => {
      const length = hex(Uint8Array.of(text.length))
      expect(writeValue(management(), destination, `020316${transport}09${length}${octets(text)}1600`)).to.equal(result)
    })
})

describe('what a script does', () => {
  const scripts = '9:0.1.10.0.100.255:2'
  const script = (service: string, classId: string, name: string, id: string, parameter: string): string =>
    `0101020212000101010205${`16${service}12${classId}0906${name}0F${id}${parameter}`}`
  const SCRATCH = ['0001', '0000608001FF', '02', '090411223344'] as const
  const rows: readonly (readonly [string, string, string])[] = [
    ['writes what the client may write', script('01', ...SCRATCH), 'success'],
    ['invokes what the client may invoke', script('02', '0007', '0100638000FF', '02', '0F00'), 'success'],
    ['writes what it may only read', script('01', '0001', '00002A0000FF', '02', '0900'), 'scope-of-access-violated'],
    ['invokes what it may not', script('02', '0007', '0100638000FF', '01', '0F00'), 'scope-of-access-violated'],
    [
      'writes to what it does not see',
      script('01', '0001', '0000608000FF', '02', '0600000000'),
      'scope-of-access-violated',
    ],
  ]
  for (const [what, value, result] of rows)
    it(`${what}: ${result}`, () => expect(writeValue(situationOf('reference', 'hls'), scripts, value)).to.equal(result))
})

describe('objects', () => {
  for (const client of ['public', 'reader', 'management'])
    it(`${client}: what it may read is there, and everything else is refused`, () => {
      const meter = situationOf('reference', client)
      const objects = visibleObjects(meter.description, meter.association)
      for (const object of objects)
        for (const { id } of classOf(object, meter)?.attributes ?? []) {
          const name = `${object['class-id']}:${object['logical-name']}:${id}`
          const refused = meter.rules.access.mayRead(object, id, meter.association) ? '00' : '0103'
          expect(readHex(meter, name).slice(0, refused.length), name).to.equal(refused)
        }
      expect(objects.length).to.be.greaterThan(5)
    })
  for (const client of ['public', 'reader', 'management'])
    it(`${client}: values and names are as the classes and the logical names say`, () => {
      const meter = situationOf('reference', client)
      const findings = visibleObjects(meter.description, meter.association).flatMap((object) => {
        const name = logicalName(object['logical-name'])
        expect(obisRule(name, object['class-id']).is).to.be.oneOf(['known', 'left-to-others'])
        const of = classOf(object, meter)
        return (of?.attributes ?? []).flatMap(({ id }) => {
          const value = attributeOf(object, id, meter)
          return of === undefined || value === undefined ? [] : check(value, of, id, name)
        })
      })
      expect(findings).to.deep.equal([])
    })
})
