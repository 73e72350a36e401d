// Sequence numbers run modulo 8 (IEC 62056-46 6.4.4.4.3).

const MODULUS = 8

/** `n` steps on. */
export const after = (number: number, n = 1): number => (((number + n) % MODULUS) + MODULUS) % MODULUS

/** How many steps lead from `from` to `to`: 0..7. */
export const distance = (from: number, to: number): number => (((to - from) % MODULUS) + MODULUS) % MODULUS

/**
 * N(R) acknowledges all frames before it: right between the oldest unacknowledged frame V(A) and the next to be sent V(S), both included.
 * Anything else is the Z condition of FRMR.
 */
export const acknowledges = (received: number, oldest: number, next: number): boolean =>
  distance(oldest, received) <= distance(oldest, next)
