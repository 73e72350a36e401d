import { expect } from 'chai'
import { testerOn } from '../../prove/scene.ts'

/** Suite 1 knows the title of its client, suite 2 takes any. */
async function impersonated(
  meter: string,
  args: Readonly<Record<string, string | boolean>>,
  defects: readonly string[] = [],
) {
  const scene = testerOn('wrapper', { meter, defects })
  await scene.up({ rung: 'port', client: 'ciphered' })
  const { outcome } = await scene.perform('association.impersonate', args)
  return { scene, names: Object.keys(outcome.names), broken: outcome.broken }
}

describe('association.impersonate', () => {
  for (const [meter, args, name] of [
    ['suite-1', { title: 'another' }, 'rejected'],
    ['suite-1', { title: 'another', certificate: true }, 'rejected'],
    ['suite-1', { title: 'own', certificate: true }, 'denied'],
    ['suite-2', { title: 'another' }, 'denied'],
    ['suite-2', { title: 'own', certificate: true }, 'denied'],
    ['suite-2', { title: 'own' }, 'denied'],
  ] as const)
    it(`${meter}, ${JSON.stringify(args)}: ${name}, and the client itself is let in`, async () => {
      const { scene, names, broken } = await impersonated(meter, args)
      expect(names).to.deep.equal([name])
      expect(broken).to.deep.equal([])
      expect((await scene.perform('association.reopen')).outcome.names).to.include({ success: true })
    })

  for (const [meter, args, defect] of [
    ['suite-1', { title: 'another' }, 'hls.title-without-certificate'],
    ['suite-1', { title: 'own', certificate: true }, 'hls.certificate-unverified'],
    ['suite-2', { title: 'own', certificate: true }, 'hls.certificate-unverified'],
    ['suite-2', { title: 'another', certificate: true }, 'hls.certificate-unverified'],
  ] as const)
    it(`${meter}, ${JSON.stringify(args)}: a meter with ${defect} lets it in`, async () => {
      expect((await impersonated(meter, args, [defect])).names).to.deep.equal(['opened'])
    })

  it('tells whether f(CtoS) was told', async () => {
    expect((await impersonated('suite-2', { title: 'another' }, ['hls.pass-4-always'])).names).to.deep.equal(['told'])
  })

  it('has the titles and the certificate in the AARQ', async () => {
    const { scene } = await impersonated('suite-2', { title: 'another', certificate: true })
    const [aarq] = scene.sent().map((octets) => octets.slice(16))
    expect(aarq).to.match(/^60.*A60A0408544353FFFFFFFFFE/)
    expect(aarq).to.match(/A782....0482....3082/)
  })

  it('needs suite 1 or 2', async () => {
    const scene = testerOn('wrapper', { meter: 'hls' })
    await scene.up({ rung: 'port', client: 'hls-gmac' })
    expect(await scene.refused('association.impersonate', { title: 'own' })).to.match(/suite 0/)
  })
})
