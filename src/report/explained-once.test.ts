import { expect } from 'chai'
import { explainedOnce } from './explained-once.ts'
import { explain } from './fixture.ts'

it('one explanation is given for the same octets, as the same, in the same direction', () => {
  const once = explainedOnce(explain)
  const octets = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)
  const first = once.unit(octets, 'hdlc', 'sent')
  expect(once.unit(octets.slice(), 'hdlc', 'sent')).to.equal(first)
  expect(once.unit(octets, 'hdlc', 'received')).to.not.equal(first)
  expect(once.unit(octets, 'octets', 'sent')).to.not.equal(first)
  expect(once.unit(octets.subarray(1), 'hdlc', 'sent')).to.not.equal(first)
  expect(once.apdu(octets, 'sent')).to.equal(once.apdu(octets, 'sent'))
})
