import { expect } from 'chai'
import { fakeContext } from './fake-tester.ts'
import { Rungs } from './rungs.ts'
import type { Given } from './vocabulary.ts'

const SHOWS: Given = { rung: 'ndm' }
const PORT: Given = { rung: 'port' }
const rungs = (): Rungs => new Rungs({ retryMs: 60_000, inactivityMs: 1000 })

describe('rungs', () => {
  it('a rung is down after two climbs in a row, and whoever needs it is told since when', async () => {
    const { tester, log } = fakeContext({ climbs: ['down', 'down'], answers: {} })
    const down = rungs()
    expect(await down.climb(tester, 'A_1@x', 'main', { rung: 'link' })).to.include({ is: 'down' })
    const asked = log.filter((line) => line.startsWith('climb')).length
    expect(asked).to.equal(2)
    const second = await down.climb(tester, 'A_2@x', 'main', { rung: 'link' })
    expect(second.is === 'down' ? second.found : '').to.contain('down since A_1@x')
    expect(log.filter((line) => line.startsWith('climb'))).to.have.lengthOf(asked)
  })

  it('one client or device may be down, and another up', async () => {
    const { tester } = fakeContext({ climbs: ['down', 'down', 'up'], answers: {} })
    const some = rungs()
    await some.climb(tester, 'A_1@x', 'main', { rung: 'link', client: 'reader' })
    expect(await some.climb(tester, 'A_2@x', 'main', { rung: 'link', client: 'public' })).to.deep.equal({ is: 'up' })
  })

  it('a meter that answered before and does not any more takes all rungs with it', async () => {
    const { tester } = fakeContext({ climbs: ['up', 'down', 'down'], answers: {} })
    const killed = rungs()
    await killed.climb(tester, 'A_1@x', 'main', SHOWS)
    await killed.check(tester, 'A_1@x', SHOWS)
    const climbed = await killed.climb(tester, 'A_2@x', 'main', PORT)
    expect(climbed.is === 'down' ? climbed.found : '').to.contain('down since A_1@x')
  })

  it('what was never reached shows nothing', async () => {
    const { tester, log } = fakeContext({ climbs: ['down'], answers: {} })
    const never = rungs()
    await never.check(tester, 'A_1@x', SHOWS)
    expect(log).to.deep.equal([])
  })

  it('is asked again after a while, and lives on', async () => {
    const { tester } = fakeContext({ climbs: ['up', 'down', 'down', 'up', 'up'], answers: {} })
    const soon = new Rungs({ retryMs: 0, inactivityMs: 1000 })
    await soon.climb(tester, 'A_1@x', 'main', SHOWS)
    await soon.check(tester, 'A_1@x', SHOWS)
    expect(await soon.climb(tester, 'A_2@x', 'main', PORT)).to.deep.equal({ is: 'up' })
  })
})
