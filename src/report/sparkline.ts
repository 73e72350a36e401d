// Numbers over their order, as a small line without scale: the table beside it has the figures.

export interface Sparkline {
  readonly width: number
  readonly height: number
  /** `x,y x,y …`. */
  readonly points: string
  readonly dots: readonly { readonly x: number; readonly y: number }[]
}

const WIDTH = 120
const HEIGHT = 24
/** Room for a dot at the edge. */
const MARGIN = 3
const MOST_POINTS = 80

/** `marked`: places that have a dot. */
export function sparkline(values: readonly number[], marked: readonly number[]): Sparkline {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity)
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
  const x = (place: number): number => round(MARGIN + (place / Math.max(1, values.length - 1)) * (WIDTH - 2 * MARGIN))
  const y = (place: number): number =>
    round(HEIGHT - MARGIN - (((values[place] ?? low) - low) / Math.max(1, high - low)) * (HEIGHT - 2 * MARGIN))
  const dots = marked.slice(0, MOST_POINTS)
  const every = Math.max(1, Math.ceil(values.length / MOST_POINTS))
  const shown = values.map((_, place) => place).filter((place) => place % every === 0 || place === values.length - 1)
  // The line goes through each dot, and through what stood before it.
  const places = [...new Set([...shown, ...dots.flatMap((place) => [Math.max(0, place - 1), place])])]
  places.sort((a, b) => a - b)
  return {
    width: WIDTH,
    height: HEIGHT,
    points: places.map((place) => `${x(place)},${y(place)}`).join(' '),
    dots: dots.map((place) => ({ x: x(place), y: y(place) })),
  }
}

const round = (n: number): number => Math.round(n * 10) / 10
