// Seven data bits and even parity carried in the eight bits of an 8N1 channel: bit 7 makes the number of ones even.

const EVEN = Uint8Array.from({ length: 128 }, (_, character) => {
  let ones = 0
  for (let bits = character; bits; bits >>= 1) ones += bits & 1
  return character | (ones & 1 ? 0x80 : 0)
})

/** Characters of seven bits → octets with parity. Bit 7 of the input is dropped. */
export const addParity = (characters: Uint8Array): Uint8Array =>
  characters.map((character) => EVEN[character & 0x7f] ?? 0)

/** Is the parity of this octet even? */
export const parityRight = (octet: number): boolean => EVEN[octet & 0x7f] === octet
