import { expect } from 'chai'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitOf } from './run-meters.ts'
import { cli, inFolder } from './spawned.ts'

describe('several meters in one run', () => {
  const codes: readonly (readonly [codes: readonly number[], exit: number])[] = [
    [[0, 0], 0],
    [[0, 5], 0],
    [[5, 5], 5],
    [[0, 2], 2],
    [[2, 4], 4],
    [[4, 1, 0], 1],
    [[1, 130], 130],
  ]
  for (const [each, exit] of codes)
    it(`${each.join(', ')} → ${exit}`, () => {
      expect(exitOf(each)).to.equal(exit)
    })

  it('a folder for each, and an index that leads to them', () =>
    inFolder(async (folder) => {
      const meters = ['meters/types/mode-a.json', 'meters/types/mode-b.json']
      const { code } = await cli([
        'run',
        ...meters.flatMap((meter) => ['--meter', meter]),
        '--case',
        'SIGNON_?_1*',
        '--report',
        folder,
      ])
      expect(code).to.equal(0)
      const index = readFileSync(join(folder, 'index.html'), 'utf8')
      for (const meter of ['mode-a', 'mode-b']) {
        expect(existsSync(join(folder, meter, 'report.html'))).to.equal(true)
        expect(index).to.contain(`${meter}/report.html`)
        const results = JSON.parse(readFileSync(join(folder, meter, 'results.json'), 'utf8')) as {
          readonly cases: readonly { readonly rerun: string }[]
        }
        expect(results.cases[0]?.rerun).to.contain(`meters/types/${meter}.json`)
      }
    }))

  it('two declarations of one meter, and --connect, are refused', async () => {
    const twice = await cli(['run', '--meter', 'meters/reference.json', '--meter', 'meters/reference.json'])
    expect(twice.code).to.equal(3)
    expect(twice.err).to.contain('reference')
    const connected = await cli([
      ...['run', '--meter', 'meters/reference.json', '--meter', 'meters/types/mode-a.json'],
      ...['--connect', 'hdlc=tcp://127.0.0.1:9'],
    ])
    expect(connected.code).to.equal(3)
    expect(connected.err).to.contain('--connect')
  })
})
