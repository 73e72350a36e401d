import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import { ask, client, lines, signOnMessages as say, type Step, type Told } from '../dialogue.ts'

const ascii = (text: string): string => hex(new TextEncoder().encode(text))
/** Characters at a rate: ten bits each. */
const at = (baud: number, octets: string, wait = 1000): Step => ({ octets, wait, octetMs: 10_000 / baud })
const optical = (...script: readonly Step[]): readonly string[] => lines(ask('reference', 'optical', script)).map(short)

/** Long texts are told by what they are. */
const short = (line: string): string => {
  const [step, is = '', octets = ''] = line.split(' ')
  if (is !== 'octets') return line
  if (octets.startsWith(ascii('/SIM'))) return `${step} identification`
  if (octets.startsWith('02') && octets.includes(ascii('!\r\n'))) return `${step} readout`
  return line
}

describe('sign-on', () => {
  describe('mode A', () => {
    it('identification and readout at 300 Bd, and again', () => {
      const told = lines(
        ask('mode-a', 'optical', [at(300, say.request(), 20_000), at(300, say.request(), 20_000)]),
      ).map(short)
      expect(told).to.deep.equal(['0 identification', '0 readout', '1 identification', '1 readout'])
    })
    it('the identification in golden octets, 250 ms after the request', () => {
      const [first] = ask('mode-a', 'optical', [{ octets: say.request(), octetMs: 33, wait: 5000 }])
      expect(first?.output).to.include({ is: 'octets', at: 5 * 33 + 250 })
      expect(lines([first as Told])).to.deep.equal([`0 octets ${ascii('/SIMZMETER1\r\n')}`])
    })
    it('the readout has the BCC of IEC 62056-21', () => {
      const told = lines(ask('mode-a', 'optical', [at(300, say.request(), 20_000)]))
      const readout = told[1]?.split(' ')[2] ?? ''
      const characters = Array.from(readout.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
      const sum = characters.slice(1, -1).reduce((before, character) => before ^ character, 0)
      expect(characters.at(-2)).to.equal(3)
      expect(characters.at(-1)).to.equal(sum & 0x7f)
    })
  })

  it('mode B: the rate changes after the identification, and back after the readout', () => {
    expect(lines(ask('mode-b', 'optical', [at(300, say.request(), 20_000)])).map(short)).to.deep.equal([
      '0 identification',
      '0 settings 4800 7E1',
      '0 readout',
      '0 settings 300 7E1',
    ])
  })

  describe('mode C', () => {
    it('the readout comes at the rate chosen', () => {
      expect(optical(at(300, say.request()), at(300, say.option('030'), 20_000))).to.deep.equal([
        '0 identification',
        '1 settings 2400 7E1',
        '1 readout',
        '1 settings 300 7E1',
      ])
    })
    it('without an option select, or with half of one, the readout comes at 300 Bd, and the next sign-on works', () => {
      for (const half of ['', say.option('050').slice(0, 6)]) {
        expect(optical(at(300, say.request()), at(300, half, 30_000), at(300, say.request()))).to.deep.equal([
          '0 identification',
          '1 readout',
          '2 identification',
        ])
      }
    })
    for (const digits of ['080', '220', '021', '282', '025', '052', '060']) {
      it(`undefined digits ${digits} are not obeyed, and the next sign-on works`, () => {
        const told = optical(at(300, say.request()), at(300, say.option(digits), 5000), at(300, say.request()))
        if (digits === '021') expect(told).to.include('1 settings 1200 7E1')
        else expect(told).to.deep.equal(['0 identification', '2 identification'])
      })
    }
  })

  it('mode D: a telegram every ten seconds, at 2400 Bd, undisturbed', () => {
    const told = ask('mode-d', 'optical', [{ wait: 10_100 }, { octets: '414243', wait: 8000 }, { wait: 5000 }])
    const text = told
      .flatMap(({ output }) => (output.is === 'octets' ? [String.fromCharCode(...output.octets)] : []))
      .join('')
    const telegram = '/SIM3METER1\r\n\r\n0.0.0(12345678)\r\n1.8.0(001234.567*kWh)\r\n2.8.0(000004.321*kWh)\r\n!\r\n'
    expect(text).to.equal(telegram + telegram)
    expect(lines(told)[0]).to.equal('0 settings 2400 7E1')
  })

  describe('mode E', () => {
    const opened = [at(300, say.request()), at(300, say.option('252'))]
    const tester = client(16)
    it('confirms at the old rate, then answers SNRM at the new one', () => {
      const told = lines(ask('reference', 'optical', [...opened, { octets: tester.snrm() }]))
      expect(told[0]).to.equal(`0 octets ${ascii('/SIM5\\2METER1\r\n')}`)
      expect(told[1]).to.equal(`1 octets ${say.option('252')}`)
      expect(told[2]).to.equal('1 settings 9600 8N1')
      expect(told[3]).to.match(/^2 octets 7EA0..210002040173/)
    })
    it('after the inactivity time-out the port opens at 300 Bd again', () => {
      const told = optical(
        ...opened,
        { octets: tester.snrm(), wait: 121_000 },
        { octets: tester.disc() },
        at(300, say.request()),
      )
      expect(told.slice(4)).to.deep.equal(['2 settings 300 7E1', '4 identification'])
    })
  })

  describe('address', () => {
    const asked = (address: string): readonly string[] =>
      optical(at(300, say.request(address)), at(300, say.request('12345678')))
    it('the own one, also with leading zeros', () => {
      expect(asked('12345678')).to.deep.equal(['0 identification', '1 identification'])
      expect(asked('00012345678')).to.deep.equal(['0 identification', '1 identification'])
    })
    it('a foreign or over-long one: silence, and the own one works', () => {
      expect(asked('87654321')).to.deep.equal(['1 identification'])
      expect(asked('0'.repeat(25) + '12345678')).to.deep.equal(['1 identification'])
    })
  })

  it('pauses up to 1.5 s are bridged, longer ones break the request off', () => {
    const request = say.request()
    const paused = (pause: number): readonly Step[] => [
      { octets: request.slice(0, 4), wait: pause },
      { octets: request.slice(4) },
      at(300, request),
    ]
    expect(optical(...paused(1400))[0]).to.equal('1 identification')
    expect(optical(...paused(2500))[0]).to.equal('2 identification')
  })

  describe('programming mode', () => {
    const opened = [at(300, say.request()), at(300, say.option('051'))]
    const commands = (...more: readonly Step[]): readonly string[] => optical(...opened, ...more).slice(3)
    const fast = (octets: string, wait?: number): Step => at(9600, octets, wait)
    const RIGHT = fast(say.command('P1', '(SignOn-1)'))
    const WRONG = fast(say.command('P1', '(99999999)'))
    const data = (step: number, text: string): string => {
      const body = `${ascii(text)}03`
      const sum = (body.match(/../g) ?? []).reduce((before, pair) => before ^ Number.parseInt(pair, 16), 0) & 0x7f
      return `${step} octets 02${body}${hex(Uint8Array.of(sum))}`
    }

    it('P0, password, read, write, break', () => {
      expect(optical(...opened)[2]).to.equal(`1 octets ${say.command('P0', '(12345678)')}`)
      expect(
        commands(
          RIGHT,
          fast(say.command('R1', 'C003()')),
          fast(say.command('W1', 'C003(20240102)')),
          fast(say.command('R1', 'C003()')),
          fast(say.break()),
          at(300, say.request()),
        ),
      ).to.deep.equal([
        '2 octets 06',
        data(3, 'C003(20240101)'),
        '4 octets 06',
        data(5, 'C003(20240102)'),
        '6 settings 300 7E1',
        '7 identification',
      ])
    })
    it('a wrong BCC: NAK, not executed', () => {
      const damaged = say
        .command('W1', 'C003(20240102)')
        .replace(/..$/, (sum) => hex(Uint8Array.of(Number.parseInt(sum, 16) ^ 1)))
      expect(commands(RIGHT, fast(damaged), fast(say.command('R1', 'C003()')))).to.deep.equal([
        '2 octets 06',
        '3 octets 15',
        data(4, 'C003(20240101)'),
      ])
    })
    it('without a password only what is free is read, and nothing written', () => {
      expect(
        commands(
          fast(say.command('W1', 'C003(1)')),
          fast(say.command('R1', 'C004()')),
          fast(say.command('R1', '1.8.0()')),
          fast(say.command('P1', '()')),
        ),
      ).to.deep.equal([data(2, '(ER01)'), data(3, '(ER01)'), data(4, '1.8.0(001234.567*kWh)'), '5 octets 15'])
    })
    it('three wrong passwords lock the port for a minute, over sessions', () => {
      const tried = commands(WRONG, WRONG, WRONG, RIGHT, { wait: 58_700 }, RIGHT)
      expect(tried).to.deep.equal(['2 octets 15', '3 octets 15', '4 octets 15', '5 octets 15', '7 octets 06'])
    })
    it('one wrong password, then the right one: taken', () => {
      expect(commands(WRONG, RIGHT)).to.deep.equal(['2 octets 15', '3 octets 06'])
    })
    it('a session without traffic ends after a minute', () => {
      const told = commands(
        at(9600, say.command('P1', '(SignOn-1)'), 65_000),
        fast(say.command('R1', 'C003()')),
        at(300, say.request()),
      )
      expect(told).to.deep.equal(['2 octets 06', '2 settings 300 7E1', '4 identification'])
    })
  })
})
