// Decisions on doubtful reactions by their number: which may be cited by a suite.
const NUMBERS: Readonly<Record<string, string>> = {
  G: '0-22',
  S: '1-2 4-11',
  H: '1-16 18-30 33-46',
  W: '1-3 5-12',
  A: '1-29 31-35 37-38',
  X: '1-10 12-17 19-22 24-26',
  B: '1-13',
  L: '1-12',
  C: '1-2 4-8 10-11 13-20',
  Y: '1-8 10-29 31',
}

const numbersIn = (ranges: string): readonly number[] =>
  ranges.split(' ').flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, at) => from + at)
  })

export const RULINGS: ReadonlySet<string> = new Set(
  Object.entries(NUMBERS).flatMap(([letter, ranges]) => numbersIn(ranges).map((number) => `${letter}${number}`)),
)
