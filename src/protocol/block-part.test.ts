import { expect } from 'chai'
import { hex, unhex } from '../codec/value.ts'
import { blockPartOf } from './block-part.ts'
import { vectors } from './vectors/load.ts'

const octets = (text: string): Uint8Array => unhex(text) ?? new Uint8Array(0)
const golden = [...vectors('xdlms'), ...vectors('sn'), ...vectors('gbt')]

/** `service 2 last 0A0B`: what is seen. */
function seen(text: string): string {
  const part = blockPartOf(octets(text))
  if (part === undefined) return 'whole'
  const { of, number, last, from, to } = part
  return `${of} ${number}${last ? ' last' : ''} ${hex(octets(text).subarray(from, to)).slice(0, 8)}`
}

describe('the part of an APDU that is a piece of something longer', () => {
  for (const [id, expected] of [
    ['get-b-1', 'service 1 09320102'],
    ['get-b-2', 'service 2 last 29303132'],
    ['get-b-next', 'whole'],
    ['set-b-first', 'service 1 C1028100'],
    ['set-b-last', 'service 2 last 29303132'],
    ['set-b-ack', 'whole'],
    ['act-b-last', 'service 2 last 29303132'],
    ['act-rb-1', 'service 1 00010009'],
    ['sn-read-block', 'service 1 01000932'],
    ['sn-read-blocknext', 'whole'],
    ['gbt-req', 'general 1 last C0018100'],
    ['gbt-r2', 'general 2 15161718'],
  ] as const)
    it(`${id}: ${expected}`, () => {
      expect(seen(golden.find((vector) => vector.id === id)?.octets ?? '')).to.equal(expected)
    })

  it('of short names: a request that is written, or read, in blocks', () => {
    expect(seen('06010701000201090411223344')).to.equal('service 2 last 11223344')
    expect(seen('050106000001030A0B0C')).to.equal('service 1 0A0B0C')
  })

  it('is seen where its length lies, takes several octets, or is missing', () => {
    expect(seen('C103C10000000002FF0A0B')).to.equal('service 2 0A0B')
    expect(seen('C103C1000000000282FFFF0A0B')).to.equal('service 2 0A0B')
    expect(seen('C103C100000000')).to.equal('service 0 ')
    expect(seen('')).to.equal('whole')
  })

  it('is seen in an APDU that is authenticated only, or signed: without the tag', () => {
    const block = 'C103C1000000000203111213'
    const tag = '00'.repeat(12)
    expect(seen(`C91D1000000001${block}${tag}`)).to.equal('service 2 111213')
    expect(seen('DF000000000011C90F0000000001C103C1000000000201AA00')).to.equal('service 2 AA')
    expect(seen(`C91D3000000001${block}${tag}`)).to.equal('whole')
  })

  it('is not sought beneath any number of protections', () => {
    const around = (apdu: string): string => `DF0000000000${(apdu.length / 2).toString(16).padStart(2, '0')}${apdu}00`
    expect(seen(around(around(around('C103C1000000000201AA'))))).to.equal('service 2 AA')
    expect(seen(around(around(around(around('C103C1000000000201AA')))))).to.equal('whole')
  })
})
