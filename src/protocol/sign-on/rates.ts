// Baud rate identification Z of IEC 62056-21 6.3.14 clause 13, by protocol mode.

export type ProtocolMode = 'A' | 'B' | 'C' | 'D' | 'E'

/** The rate at which every sign-on opens (mode D excepted). */
export const OPENING_RATE = 300

/** Z = '0'..'6' of modes C and E; 7 to 9 are reserved. */
const DIGITS: readonly number[] = [300, 600, 1200, 2400, 4800, 9600, 19200]
/** Z = 'A'..'F' of mode B; G to I are reserved. */
const LETTERS: readonly number[] = [600, 1200, 2400, 4800, 9600, 19200]
/** The only rate of mode D, for which Z is '3'. */
const MODE_D_RATE = 2400

/** Z → Bd; undefined for reserved characters. In mode A Z says nothing: the rate stays. */
export function rateOf(character: string, mode: ProtocolMode): number | undefined {
  switch (mode) {
    case 'A':
      return OPENING_RATE
    case 'B':
      return character.length === 1 ? LETTERS[character.charCodeAt(0) - 0x41] : undefined
    case 'C':
    case 'E':
      return character.length === 1 ? DIGITS[character.charCodeAt(0) - 0x30] : undefined
    case 'D':
      return character === '3' ? MODE_D_RATE : undefined
    default:
      return mode satisfies never
  }
}

/** Bd → Z; undefined where the mode has no character for this rate. */
export function characterOf(baud: number, mode: 'B' | 'C' | 'E'): string | undefined {
  const index = (mode === 'B' ? LETTERS : DIGITS).indexOf(baud)
  return index < 0 ? undefined : String.fromCharCode((mode === 'B' ? 0x41 : 0x30) + index)
}
