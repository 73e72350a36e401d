import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { events, explain } from './fixture.ts'
import { STREAM, writeReports } from './report.ts'

describe('the reports of a run', () => {
  let folder: string
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'run-'))))
  afterEach(() => rm(folder, { recursive: true }))

  it('are written beside the stream, from nothing but the stream, and the same each time', async () => {
    const lines = events().map((event) => `${JSON.stringify(event)}\n`)
    await writeFile(join(folder, STREAM), lines.join(''))
    const run = await writeReports(folder, explain)
    expect(run.ok && run.value.summary.FAILED).to.equal(1)
    const files = ['junit.xml', 'report.html', 'results.json', 'traffic.pcapng']
    expect((await readdir(folder)).sort()).to.deep.equal([STREAM, ...files])
    const before = await Promise.all(files.map((file) => readFile(join(folder, file))))
    await writeReports(folder, explain)
    expect(await Promise.all(files.map((file) => readFile(join(folder, file))))).to.deep.equal(before)
  })

  it('are not written of what is no run', async () => {
    expect((await writeReports(folder, explain)).ok).to.equal(false)
    await writeFile(join(folder, STREAM), 'nonsense\n')
    expect((await writeReports(folder, explain)).ok).to.equal(false)
    expect(await readdir(folder)).to.deep.equal([STREAM])
  })
})
