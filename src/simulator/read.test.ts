import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { ask, describedMeter, lines } from './dialogue.ts'
import { readDescription } from './read.ts'

const folder = new URL('../../meters/simulated/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

/** What is wrong with the reference meter after a change. */
const after = (change: (description: Record<string, unknown>) => void): readonly string[] => {
  const description = JSON.parse(readFileSync(new URL('reference.json', folder), 'utf8')) as Record<string, unknown>
  change(description)
  const read = readDescription(description)
  return read.ok ? [] : read.failure.map(({ path, expected, found }) => `${path} ${expected} ${found}`)
}

describe('descriptions of simulated meters', () => {
  for (const file of files) {
    it(`${file} is right, and each of its ports answers`, () => {
      expect(readDescription(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))).ok).to.equal(true)
      const name = file.replace('.json', '')
      for (const port of Object.keys(describedMeter(name).ports))
        expect(() => ask(name, port, [{ wait: 1000 }])).not.to.throw()
    })
  }
  it('there are meters for every scheme of addresses and every mode', () => {
    expect(files.map((file) => file.replace('.json', ''))).to.include.members([
      'reference',
      'one-octet',
      'two-octet',
      'mode-a',
      'mode-b',
      'mode-c',
      'mode-d',
      'short-timeouts',
    ])
  })
  it('refuses unknown keys, names that refer to nothing, and values that are no Data', () => {
    expect(after(() => undefined)).to.deep.equal([])
    expect(after((meter) => Object.assign(meter, { colour: 'grey' }))[0]).to.contain('additional properties')
    expect(after((meter) => Object.assign(meter, { secrets: {} }))).to.include(
      '/clients/reader/secret one of  reader-password',
    )
    const scratch = {
      'class-id': 1,
      'logical-name': '0.0.96.128.1.255',
      devices: ['management'],
      access: { nobody: {} },
      attributes: { 2: { unsigned: 256 } },
    }
    const told = after((meter) => Object.assign(meter, { objects: [scratch] }))
    expect(told.some((line) => line.startsWith('/objects/0/access one of public, reader, management nobody'))).to.equal(
      true,
    )
    expect(told.some((line) => line.startsWith('/objects/0/attributes/2'))).to.equal(true)
  })
  it('a meter without anything to say is silent', () => {
    expect(lines(ask('one-octet', 'hdlc', [{ wait: 600_000 }]))).to.deep.equal([])
  })
})
