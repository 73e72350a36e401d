// A ciphered client with short names: the four passes of HLS by GMAC with FA58, and what it reads and writes after them.
import { expect } from 'chai'
import type { ProtectionEvent } from '../engine/events.ts'
import { testerOn, type TesterScene } from '../prove/scene.ts'

const SCRATCH = { 'class-id': 1, 'instance-id': '0.0.96.128.1.255', 'attribute-id': 2 }
const NEW = { 'octet-string': '11223344' }

const seen = ({ events }: TesterScene): readonly ProtectionEvent[] =>
  events.flatMap((event) => (event.event === 'protection' && event.connection === 'main' ? [event] : []))

for (const port of ['hdlc', 'wrapper'])
  describe(`ciphered, with short names (${port})`, () => {
    it('proves both sides by reading FA58 with the selector 1, both ways ciphered', async () => {
      const on = testerOn(port, { meter: 'sn' })
      await on.up({ rung: 'association', client: 'ciphered' })
      const [request, response, pass3, pass4] = seen(on)
      expect([request, response, pass3, pass4].map((event) => event?.name)).to.deep.equal([
        'glo-initiate-request',
        'glo-initiate-response',
        'glo-read-request',
        'glo-read-response',
      ])
      // variable-name FA58, selector 1, 17 octets: the control octet of an authenticated proof, its counter, its tag.
      expect(pass3?.apdu).to.match(/^050104FA5801091110[0-9A-F]{8}[0-9A-F]{24}$/)
      expect(pass4?.apdu).to.match(/^0C0100091110[0-9A-F]{8}[0-9A-F]{24}$/)
      expect(new Set(seen(on).map(({ verified }) => verified))).to.deep.equal(new Set(['right']))
    })

    it('reads and writes by glo-read and glo-write, and under a dedicated key by ded-read and ded-write', async () => {
      for (const [form, propose] of [
        ['glo', {}],
        ['ded', { 'dedicated-key': true }],
      ] as const) {
        const on = testerOn(port, { meter: 'sn' })
        await on.up({ rung: 'association', client: 'ciphered', propose })
        await on.perform('write', { attribute: SCRATCH, value: NEW })
        expect((await on.perform('read', { attribute: SCRATCH })).saved['value']).to.deep.equal(NEW)
        const last = seen(on).slice(-6)
        expect(last.map(({ name, apdu }) => `${name} ${apdu}`)).to.deep.equal([
          // The old value is read first, to be put back.
          ...[`${form}-read-request 0501020408`, `${form}-read-response 0C01000904AABBCCDD`],
          ...[`${form}-write-request 06010204080109` + '0411223344', `${form}-write-response 0D0100`],
          ...[`${form}-read-request 0501020408`, `${form}-read-response 0C0100090411223344`],
        ])
        if (port === 'wrapper') expect(on.sent().at(-1)?.slice(16, 18)).to.equal({ glo: '25', ded: '45' }[form])
      }
    })
  })
