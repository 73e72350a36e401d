// A shift register of 16 bits with feedback, the usual one of examples (x^16 + x^14 + x^13 + x^11 + 1): public code draws challenges and nonces from it. Whoever knows that has no more than 65535 to try.

/** Where the examples begin. */
export const LFSR_START = 0xace1

export const LFSR_PERIOD = 0xffff

export function lfsrNext(state: number): number {
  const bit = (state ^ (state >> 2) ^ (state >> 3) ^ (state >> 5)) & 1
  return (state >> 1) | (bit << 15)
}

/** The low octets of the states that follow this one, `n` times as many further on. */
export function lfsrNonce(start: number, octets: number, n: number): Uint8Array {
  let state = start
  for (let at = 0; at < (n * octets) % LFSR_PERIOD; at++) state = lfsrNext(state)
  return Uint8Array.from({ length: octets }, () => {
    state = lfsrNext(state)
    return state & 0xff
  })
}
