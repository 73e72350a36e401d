import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

const CLOCK = { 'class-id': 8, 'instance-id': '0.0.1.0.0.255', 'attribute-id': 3 }

const found = async (
  scheme: string,
  {
    meter = 'suite-1',
    client = 'gmac',
    defects = [],
  }: { meter?: string; client?: string; defects?: readonly string[] },
) => {
  const scene = testerOn('wrapper', { meter, defects })
  await scene.up({ rung: 'association', client })
  const { outcome } = await scene.perform('key.derivation', { scheme, attribute: CLOCK })
  return outcome
}

describe('key.derivation', () => {
  for (const meter of ['suite-1', 'suite-2'])
    for (const scheme of ['one-pass', 'static-unified'])
      it(`finds nothing wrong: ${meter}, ${scheme}`, async () =>
        expect((await found(scheme, { meter })).names).to.include({ success: true }))

  it('names the derivation of an answer', async () => {
    const outcome = await found('static-unified', { defects: ['content-key.transaction-without-length'] })
    expect(outcome.names).to.deep.equal({ variant: 'transaction-id-without-length' })
    expect(outcome.text).to.contain('transaction-id-without-length')
    expect(outcome.broken).to.deep.equal([])
  })
  it('names the derivation of an answer whose header is not authenticated', async () => {
    const defects = ['content-key.transaction-without-length', 'protection.header-left-out-of-answers']
    expect((await found('static-unified', { defects })).names).to.deep.equal({
      variant: 'transaction-id-without-length',
    })
  })
  it('names the derivation by which a request is taken', async () => {
    for (const scheme of ['one-pass', 'static-unified']) {
      const outcome = await found(scheme, { defects: ['content-key.parties-swapped'] })
      expect(outcome.names['variant'], scheme)
        .to.be.a('string')
        .that.matches(/swapped/)
    }
  })
  it('gives the refusal where no derivation is taken', async () => {
    const { names } = await found('one-pass', { meter: 'reference', client: 'sacrificial' })
    expect(names).not.to.have.property('success')
    expect(names).not.to.have.property('variant')
  })
})
