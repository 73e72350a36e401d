import { expect } from 'chai'
import { hex } from '../../codec/value.ts'
import type { Mechanism } from '../description.ts'
import type { Situation } from './classes.ts'
import { invokeMethod, situationOf } from './situation.ts'

const OWN = '0.0.40.0.0.255'

/** The management client of a meter with another mechanism. */
function client(meter: 'reference' | 'sn', mechanism: Mechanism, invoke: readonly number[]): Situation {
  const situation = situationOf(meter, 'management')
  const { association, description } = situation
  const objects = description.objects.map((object) =>
    object['logical-name'] === OWN ? { ...object, access: { management: { read: [1], invoke } } } : object,
  )
  return {
    ...situation,
    description: { ...description, objects },
    association: { ...association, client: { ...association.client, mechanism } },
  }
}
const kept = ({ store }: Situation): string | undefined => {
  const secret = store.secret('management')
  return secret && hex(secret)
}

describe('change_HLS_secret', () => {
  const cases: readonly (readonly [string, Mechanism, string, string])[] = [
    ['eight octets', 'hls-sha256', '09080102030405060708', 'success'],
    ['eight octets, mechanism 2', 'hls-2', '09080102030405060708', 'success'],
    ['64 octets', 'hls-md5', `0940${'AA'.repeat(64)}`, 'success'],
    ['no octets', 'hls-sha256', '0900', 'other-reason'],
    ['one octet', 'hls-sha256', '090141', 'other-reason'],
    ['65 octets', 'hls-sha256', `0941${'AA'.repeat(65)}`, 'other-reason'],
    ['text', 'hls-sha256', '0A084142434445464748', 'type-unmatched'],
    ['a mechanism that has keys', 'hls-gmac', '09080102030405060708', 'other-reason'],
    ['a password', 'lls', '09080102030405060708', 'other-reason'],
  ]
  for (const [what, mechanism, secret, result] of cases)
    it(`${what}: ${result}`, () => {
      const situation = client('reference', mechanism, [2])
      expect(invokeMethod(situation, `15:${OWN}:2`, secret).result).to.equal(result)
      expect(kept(situation)).to.equal(result === 'success' ? secret.slice(4) : undefined)
    })
  it('needs the right; with short names it is change_secret', () => {
    const without = client('reference', 'hls-sha256', [])
    expect(invokeMethod(without, `15:${OWN}:2`, '09080102030405060708').result).to.equal('read-write-denied')
    expect(kept(without)).to.equal(undefined)
    const short = client('sn', 'hls-sha256', [5])
    expect(invokeMethod(short, `12:${OWN}:5`, '09080102030405060708').result).to.equal('success')
    expect(kept(short)).to.equal('0102030405060708')
  })
})
