import { expect } from 'chai'
import type { AccessDescription, ClientDescription } from '../description.ts'
import type { Situation } from './classes.ts'
import { invokeMethod, readHex, situationOf, writeValue } from './situation.ts'

const SCRATCH = '0.0.96.128.1.255'
const CLOCK = '0.0.1.0.0.255'
const ACCESS: AccessDescription = {
  read: [1, 2],
  write: [2],
  invoke: [1],
  protection: { attributes: { 2: 0x0c }, methods: { 1: 0x04 } },
}

/** The management client as another one, with other rights to two objects. */
function meter(client: Partial<ClientDescription>, access: AccessDescription, protection?: number): Situation {
  const situation = situationOf('reference', 'management')
  const { association, description } = situation
  const objects = description.objects.map((object) =>
    [SCRATCH, CLOCK].includes(object['logical-name'])
      ? { ...object, access: { ...object.access, management: access } }
      : object,
  )
  return {
    ...situation,
    description: { ...description, objects },
    association: { ...association, client: { ...association.client, ...client } },
    ...(protection === undefined ? {} : { protection }),
  }
}
const value = `1:${SCRATCH}:2`

describe('access_rights that ask for protection', () => {
  const requests: readonly (readonly [string, number | undefined, boolean])[] = [
    ['plain', undefined, false],
    ['authenticated', 0x04, false],
    ['encrypted', 0x08, false],
    ['authenticated and encrypted', 0x0c, true],
    ['signed too', 0x1c, true],
  ]
  for (const [what, protection, served] of requests)
    it(`${what}: an attribute with both bits is ${served ? 'served' : 'refused'}`, () => {
      const situation = meter({ ciphered: true, associationVersion: 3 }, ACCESS, protection)
      expect(readHex(situation, value)).to.equal(served ? '000904AABBCCDD' : '0103')
      expect(writeValue(situation, value, '090411223344')).to.equal(served ? 'success' : 'read-write-denied')
      expect(readHex({ ...situation, protection: 0x0c }, value)).to.equal(served ? '00090411223344' : '000904AABBCCDD')
    })
  it('a method is refused likewise; what asks for nothing is served', () => {
    const plain = meter({ ciphered: true }, ACCESS)
    expect(invokeMethod(plain, `8:${CLOCK}:1`).result).to.equal('read-write-denied')
    expect(invokeMethod({ ...plain, protection: 0x04 }, `8:${CLOCK}:1`).result).to.equal('success')
    expect(readHex(plain, `1:${SCRATCH}:1`)).to.equal('0009060000608001FF')
  })
  it('are listed as bits in version 3 of class 15, and as modes before', () => {
    /** attribute_access of the scratch object, then class 15 itself with its version. */
    const listed = (client: Partial<ClientDescription>): string => {
      const list = readHex(meter(client, ACCESS), '15:0.0.40.0.0.255:2')
      expect(list).to.contain(`12000F11${client.associationVersion === 3 ? '03' : '01'}0906`)
      return /12000111000906000060800(?:1)FF0202(.{36})/.exec(list)?.[1] ?? ''
    }
    expect(listed({ associationVersion: 3 })).to.equal('010202030F01160100' + '02030F02160F00' + '0100')
    expect(listed({})).to.equal('010202030F01160100' + '02030F02160600' + '0100')
  })
  it('tell how the response has to be protected; without ciphering there is none', () => {
    const access: AccessDescription = { read: [1, 2], protection: { attributes: { 2: 0x60 } } }
    const demanded: number[] = []
    const demands = (bits: number): void => void demanded.push(bits)
    const situation = { ...meter({ ciphered: true, associationVersion: 3 }, access), demands }
    expect(readHex(situation, value)).to.equal('000904AABBCCDD')
    readHex(situation, `1:${SCRATCH}:1`)
    expect(demanded).to.deep.equal([0x60, 0])
    expect(situation.rules.access.responseProtection([0x20, 0, 0x40])).to.equal(0x60)
    expect(readHex(meter({ associationVersion: 3 }, access), value)).to.equal('0103')
  })
  it('version 3 of the class has a list of users, and one that is here', () => {
    const situation = meter({ associationVersion: 3, users: [1] }, ACCESS)
    const rights = { 'class-id': 15, 'logical-name': '0.0.40.0.0.255', devices: ['management'] }
    const own = { ...rights, access: { management: { read: 'all' as const } } }
    const all = { ...situation, description: { ...situation.description, objects: [own] } }
    expect(readHex(all, '15:0.0.40.0.0.255:10')).to.equal('000101020211010906757365722031')
    expect(readHex(all, '15:0.0.40.0.0.255:11')).to.equal('00020211000900')
  })
})
