import { expect } from 'chai'
import { createVirtualWorld, type Actor } from './virtual.ts'

const never = () => undefined

describe('virtual world', () => {
  it('lets the time pass only while somebody waits', async () => {
    const world = createVirtualWorld()
    expect(world.now()).to.equal(0)
    expect(await world.next(120_000, never)).to.equal(undefined)
    expect(world.now()).to.equal(120_000)
    expect(await world.next(5, never), 'a time that has passed').to.equal(undefined)
    expect(world.now(), 'never goes back').to.equal(120_000)
  })

  it('asks at once, and after everything that happens', async () => {
    const world = createVirtualWorld()
    expect(await world.next(10, () => 'there')).to.equal('there')
    expect(world.now()).to.equal(0)
    let got: string | undefined
    world.schedule(3, () => void (got = 'came'))
    world.schedule(7, () => void (got = 'later'))
    expect(await world.next(10, () => got)).to.equal('came')
    expect(world.now()).to.equal(3)
  })

  it('does what is due at the deadline itself before it gives up', async () => {
    const world = createVirtualWorld()
    let got: string | undefined
    world.schedule(10, () => void (got = 'just in time'))
    expect(await world.next(10, () => got)).to.equal('just in time')
    let late: string | undefined
    world.schedule(20.001, () => void (late = 'late'))
    expect(await world.next(20, () => late)).to.equal(undefined)
  })

  it('runs what is due in the order of time, then of scheduling, then of joining', async () => {
    const world = createVirtualWorld()
    const order: string[] = []
    const alarm = (name: string, at: number): Actor => {
      let due = at
      return { deadline: () => due, act: (now) => { order.push(`${name}@${now}`); due = Infinity } } // prettier-ignore
    }
    world.join(alarm('first', 5))
    world.join(alarm('second', 5))
    world.schedule(5, () => order.push('a'))
    world.schedule(4, () => order.push('b'))
    world.schedule(5, () => order.push('c'))
    await world.next(6, never)
    expect(order).to.deep.equal(['b', 'a', 'c', 'first@5', 'second@5'])
  })

  it('runs tasks side by side, the same way every time', async () => {
    const run = async () => {
      const world = createVirtualWorld()
      const log: string[] = []
      const task = (name: string, every: number) => async () => {
        for (let i = 0; i < 3; i++) {
          await world.next(world.now() + every, never)
          log.push(`${world.now()}${name}`)
        }
        return name
      }
      const names = await world.together([task('a', 3), task('b', 5), task('c', 3)])
      return { names, log: log.join(' '), end: world.now() }
    }
    const first = await run()
    expect(first).to.deep.equal({ names: ['a', 'b', 'c'], log: '3a 3c 5b 6a 6c 9a 9c 10b 15b', end: 15 })
    expect(await run()).to.deep.equal(first)
  })

  it('lets tasks within tasks run side by side, and goes on alone afterwards', async () => {
    const world = createVirtualWorld()
    const log: string[] = []
    const wait = (name: string, ms: number) => async () => {
      await world.next(world.now() + ms, never)
      log.push(`${world.now()}${name}`)
    }
    await world.together([
      async () => {
        await world.together([wait('a', 2), wait('b', 8)])
        await wait('c', 1)()
      },
      wait('d', 5),
    ])
    await wait('e', 1)()
    expect(log.join(' ')).to.equal('2a 5d 8b 9c 10e')
  })

  it('lets a value that one task makes wake the other at the same instant', async () => {
    const world = createVirtualWorld()
    let said: string | undefined
    const heard = await world.together([
      async () => {
        await world.next(4, never)
        said = 'now'
        await world.next(9, never)
        return 0
      },
      async () => {
        await world.next(100, () => said)
        return world.now()
      },
    ])
    expect(heard).to.deep.equal([0, 4])
  })

  it('lets all tasks end before the first failure is told', async () => {
    const world = createVirtualWorld()
    let ended = false
    const failure = await world
      .together([
        async () => {
          await world.next(10, never)
          ended = true
        },
        () => Promise.reject(new Error('broken')),
      ])
      .catch((error: unknown) => error)
    expect(String(failure)).to.equal('Error: broken')
    expect(ended).to.equal(true)
    await world.next(20, never)
    expect(world.now()).to.equal(20)
  })

  it('does not hang where nothing can happen any more', async () => {
    const world = createVirtualWorld()
    const failure = await world.next(Infinity, never).catch((error: unknown) => error)
    expect(String(failure)).to.match(/nothing will ever happen/)
    world.join({ deadline: () => 5, act: () => undefined })
    const still = await world.next(10, never).catch((error: unknown) => error)
    expect(String(still)).to.match(/time stands still at 5 ms/)
  })

  it('tells who waits when a party breaks', async () => {
    const world = createVirtualWorld()
    world.schedule(1, () => {
      throw new Error('party broken')
    })
    const failure = await world.next(10, never).catch((error: unknown) => error)
    expect(String(failure)).to.equal('Error: party broken')
    expect(await world.next(10, never)).to.equal(undefined)
  })
})
