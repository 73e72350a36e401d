import type { Figure, Group } from './figure.ts'

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))

const aimOf = ({ ratio: { value, atMost } }: Figure): string =>
  atMost === undefined ? '' : `at most ${atMost}${value <= atMost ? '' : ' (missed)'}`

/** For the terminal: what this machine measured, and the ratios. */
export const asText = ({ title, figures, notes }: Group): string =>
  [
    title,
    ...figures.map((figure) => {
      const { name, value, unit, ratio } = figure
      const measured = `${digits(value).padStart(9)} ${unit.padEnd(5)}`
      return `${measured} ${digits(ratio.value).padStart(7)} × ${ratio.of.padEnd(46)} ${name}  ${aimOf(figure)}`.trimEnd()
    }),
    ...notes.map((note) => `  (${note})`),
    '',
  ].join('\n')

/** For the repository: ratios alone, for they mean the same on every machine. */
export function asMarkdown(groups: readonly Group[], date: Date): string {
  const group = ({ title, figures, notes }: Group): readonly string[] => [
    `## ${title}`,
    '',
    '| what | ratio | 1 is | aim |',
    '|---|---:|---|---|',
    ...figures.map((figure) => {
      const { name, ratio } = figure
      return `| ${name} | ${digits(ratio.value)} | ${ratio.of} | ${aimOf(figure)} |`
    }),
    '',
    ...notes.flatMap((note) => [note, '']),
  ]
  return [
    '# What things cost',
    '',
    `Written by \`npm run bench\` on ${date.toISOString().slice(0, 10)}. Every figure is a cost as a multiple of something that was measured beside it on the same machine, or of the aim: less is better. Nothing is asserted here.`,
    '',
    ...groups.flatMap(group),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}
