import { expect } from 'chai'
import { createRealWorld, Interrupted } from './real.ts'

const never = () => undefined
const failureOf = (promise: Promise<unknown>) => promise.then(() => undefined, (error: unknown) => error) // prettier-ignore

describe('real world', () => {
  it('waits until the time is there, never less', async () => {
    const world = createRealWorld()
    const until = world.now() + 5
    expect(await world.next(until, never)).to.equal(undefined)
    expect(world.now()).to.be.at.least(until)
  })

  it('asks at once and when it is woken', async () => {
    const world = createRealWorld()
    expect(await world.next(Infinity, () => 1)).to.equal(1)
    const values: string[] = []
    const waiting = world.next(Infinity, () => values[0])
    values.push('woken')
    world.wake()
    expect(await waiting).to.equal('woken')
  })

  it('tells all that wait of an interruption, once', async () => {
    const world = createRealWorld()
    const abort = new AbortController()
    world.interrupt(abort.signal)
    const waiting = [failureOf(world.next(Infinity, never)), failureOf(world.next(Infinity, never))]
    abort.abort()
    for (const failure of await Promise.all(waiting)) expect(failure).to.be.instanceOf(Interrupted)
    expect(await world.next(world.now() + 1, never), 'the clean-up may wait').to.equal(undefined)
  })

  it('keeps an interruption for the next who waits', async () => {
    const world = createRealWorld()
    world.interrupt(AbortSignal.abort())
    expect(await failureOf(world.next(Infinity, never))).to.be.instanceOf(Interrupted)
    expect(await world.next(0, never)).to.equal(undefined)
  })

  it('rejects the one whose poll breaks', async () => {
    const world = createRealWorld()
    const failure = await failureOf(
      world.next(Infinity, () => {
        throw new Error('broken')
      }),
    )
    expect(String(failure)).to.equal('Error: broken')
  })

  it('runs tasks side by side', async () => {
    const world = createRealWorld()
    let said: number | undefined
    const results = await world.together([
      async () => (await world.next(Infinity, () => said)) ?? 0,
      async () => {
        await world.next(world.now() + 1, never)
        said = 7
        world.wake()
        return 1
      },
    ])
    expect(results).to.deep.equal([7, 1])
  })
})
