import { expect } from 'chai'
import { interfaceClass } from './classes.ts'
import { attributeShortName, methodShortName, shortNamed, shortNameText } from './short-names.ts'

const classOf = (classId: number, version: number) => {
  const found = interfaceClass(classId, version)
  if (!found) throw new TypeError(`no class ${classId} version ${version}`)
  return found
}

describe('short names', () => {
  it('of attributes are counted from the base name', () => {
    expect(attributeShortName(0x2000, 1)).to.equal(0x2000)
    expect(attributeShortName(0x2000, 3)).to.equal(0x2010)
  })

  // Association SN: the short names that IEC 62056-5-3 reserves.
  const reserved: readonly [number, string][] = [
    [0xfa00, 'attribute logical_name'],
    [0xfa08, 'attribute object_list'],
    [0xfa10, 'attribute access_rights_list'],
    [0xfa18, 'attribute security_setup_reference'],
    [0xfa20, 'attribute user_list'],
    [0xfa28, 'attribute current_user'],
    [0xfa30, 'method read_by_logicalname'],
    [0xfa40, 'method change_secret'],
    [0xfa58, 'method reply_to_HLS_authentication'],
  ]
  for (const [shortName, meaning] of reserved)
    it(`${shortName.toString(16)} is the ${meaning} of Association SN`, () => {
      const found = shortNamed(0xfa00, classOf(12, 3), shortName)
      expect(found && `${found.is} ${(found.is === 'attribute' ? found.attribute : found.method).name}`).to.equal(
        meaning,
      )
    })

  for (const shortName of [0xf9f8, 0xfa01, 0xfa38, 0xfa70])
    it(`${shortName.toString(16)} means nothing there`, () =>
      expect(shortNamed(0xfa00, classOf(12, 3), shortName)).to.equal(undefined))

  const texts: readonly (readonly [number, string | undefined])[] = [
    [0xfa08, 'object_list of Association SN'],
    [0xfa30, 'read_by_logicalname of Association SN'],
    [0xfb20, 'execute of Script table'],
    [0xfc08, 'SAP_assignment_list of SAP assignment'],
    [0xfa01, undefined],
    [0x28d0, undefined],
  ]
  for (const [shortName, text] of texts)
    it(`${shortName.toString(16)} is told as ${text ?? 'nothing'}`, () =>
      expect(shortNameText(shortName)).to.equal(text))

  const methods: readonly [string, number, number, number, number | undefined][] = [
    ['reset of a Register', 3, 0, 1, 0x28],
    ['reset of a Profile generic', 7, 1, 1, 0x58],
    ['capture of a Profile generic', 7, 1, 2, 0x60],
    ['execute of a Script table', 9, 0, 1, 0x20],
    ['shift_time of a Clock', 8, 0, 6, 0x88],
    ['remote_disconnect of a Disconnect control', 70, 0, 1, 0x20],
    ['remote_reconnect of a newer one', 70, 1, 2, 0x28],
    ['push of a Push setup', 40, 0, 1, 0x38],
    ['push of a newer one, whose offset is not known', 40, 1, 1, undefined],
    ['a Single action schedule, which has no methods', 22, 0, 1, undefined],
    ['a method that a Register has not', 3, 0, 2, undefined],
    ['a reserved method of Association SN', 12, 3, 1, undefined],
    ['a method of a class without short names', 122, 0, 1, undefined],
  ]
  for (const [what, classId, version, method, offset] of methods)
    it(`${offset === undefined ? 'there is none for' : 'there is one for'} ${what}`, () =>
      expect(methodShortName(0x1000, classOf(classId, version), method)).to.equal(offset && 0x1000 + offset))
})
