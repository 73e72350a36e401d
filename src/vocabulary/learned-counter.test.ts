import { expect } from 'chai'
import { hex, type Value } from '../codec/value.ts'
import { testerOn } from '../prove/scene.ts'
import { counterName } from '../protocol/security/counter-name.ts'
import { recordAt } from './declared.ts'

/** What an object of the reference meter says, taken for the counter of the client. */
const SAID = 20_260_101
const COUNTER = { 'class-id': 1, 'instance-id': '0.0.96.128.0.255', 'attribute-id': 2 }

const TITLE = Uint8Array.of(0x53, 0x49, 0x4d, 0, 0x12, 0x34, 0x56, 0x78)
/** Of the management client: here its key. */
const PASSWORD = new TextEncoder().encode('Manager1')

/** The management client has a counter; `url`: of all ports. */
const secured =
  (url: string, counter: Value = COUNTER) =>
  (declaration: Value): Value => {
    const testing = recordAt(declaration, 'testing')
    const clients = recordAt(testing['clients'])
    const security = {
      suite: 0,
      systemTitle: hex(TITLE),
      keys: { 'global-unicast-encryption-key': 'management-password' },
      counter,
    }
    return {
      ...recordAt(declaration),
      ports: Object.fromEntries(
        Object.entries(recordAt(declaration, 'ports')).map(([name, port]) => [name, { ...recordAt(port), url }]),
      ),
      testing: {
        ...testing,
        clients: { ...clients, management: { ...recordAt(clients['management']), security } },
      },
    }
  }

function scene(port: string, url: string, counter?: Value) {
  const whole = testerOn(port, {
    declared: secured(url, counter),
    described: (description) => ({
      ...description,
      objects: description.objects.map((object) =>
        object['logical-name'] === COUNTER['instance-id']
          ? { ...object, access: { ...object.access, public: { read: 'all' } } }
          : object,
      ),
    }),
  })
  const notes = (): readonly string[] => whole.events.flatMap((event) => (event.event === 'note' ? [event.text] : []))
  const next = (): Value => {
    const taken = whole.journal.take(counterName(TITLE, PASSWORD))
    return taken.ok ? taken.value : null
  }
  return { ...whole, notes, next }
}

const REAL = 'tcp://192.0.2.1:4059'

describe('the invocation counter that a meter has seen', () => {
  for (const port of ['hdlc', 'wrapper', 'udp', 'optical'])
    it(`is read as the public client before the first association on a real line: ${port}`, async () => {
      const { up, notes, tester } = scene(port, REAL)
      await up({ rung: 'association', client: 'management' })
      expect(notes()).to.deep.equal([`the meter has seen the invocation counter ${SAID} of management`])
      await tester.release()
      await up({ rung: 'association', client: 'management' })
      expect(notes(), 'once').to.have.length(1)
    })

  it('raises the counter of the key', async () => {
    const { up, next } = scene('hdlc', REAL)
    await up({ rung: 'association', client: 'management' })
    expect(next()).to.equal(SAID + 1)
  })

  it('is not asked for on a simulated line, by other clients, or where the client sends nothing', async () => {
    const simulated = scene('hdlc', 'simulated')
    await simulated.up({ rung: 'association', client: 'management' })
    const real = scene('hdlc', REAL)
    await real.up({ rung: 'association', client: 'reader' })
    await real.up({ rung: 'closed', client: 'management' })
    expect([...simulated.notes(), ...real.notes()]).to.deep.equal([])
  })

  it('may be told by nothing: the case goes on without', async () => {
    for (const counter of [
      { ...COUNTER, 'instance-id': '0.0.43.1.9.255' },
      { ...COUNTER, 'attribute-id': 1 },
    ]) {
      const { up, notes, next } = scene('hdlc', REAL, counter)
      await up({ rung: 'association', client: 'management' })
      expect(notes()[0]).to.match(/^nothing was read of .* of management$/)
      expect(next()).to.equal(0)
    }
  })
})
