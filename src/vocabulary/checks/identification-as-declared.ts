// The identification of a sign-on against the declaration (IEC 62056-21 6.3.2).
import type { Value } from '../../codec/value.ts'
import type { Checked } from '../../engine/vocabulary.ts'
import { isList } from '../../protocol/json.ts'
import { rateOf } from '../../protocol/sign-on/rates.ts'
import { asDeclared, record, type Broken } from './as-declared.ts'

/** As the FLAG association writes it: other names of a manufacturer say nothing of the identification. */
const FLAG = /^[A-Za-z]{3}$/

/** `signOn`: supports.signOn; `nameplate`: the identification that is declared. */
export function identificationAsDeclared(said: Value, argument: Value | undefined): Checked {
  const { signOn, nameplate } = record(argument)
  const { manufacturer, 'baud-rate-identification': rate, 'mode-escapes': escapes } = record(said)
  if (typeof manufacturer !== 'string' || typeof rate !== 'string' || typeof escapes !== 'string')
    return { is: 'fails', expected: 'an identification', found: JSON.stringify(said).slice(0, 80) }
  const { modes, baud, announcesHdlc, fastReaction } = record(signOn)
  const { manufacturer: maker } = record(nameplate)
  const isFast = /[a-z]$/.test(manufacturer)
  const offers = escapes.includes('2')
  const announced = rateOf(rate, isB(modes) ? 'B' : 'C')
  const broken: Broken[] = []
  if (typeof maker === 'string' && FLAG.test(maker) && maker.toUpperCase() !== manufacturer.toUpperCase())
    broken.push({ claim: 'identification.manufacturer', expected: maker, found: manufacturer })
  if (typeof baud === 'number' && changesRate(modes) && baud !== announced)
    broken.push({ claim: 'supports.signOn.baud', expected: `${baud} Bd`, found: rateText(rate, announced) })
  if (announcesHdlc === true && !offers)
    broken.push({ claim: 'supports.signOn.announcesHdlc', expected: '\\2', found: 'no \\2' })
  if (fastReaction === true && !isFast)
    broken.push({ claim: 'supports.signOn.fastReaction', expected: 'a small third letter', found: manufacturer })
  return asDeclared(broken, [
    ...(offers && announcesHdlc !== true
      ? ['HDLC is announced, and not declared in supports.signOn.announcesHdlc']
      : []),
    ...(isFast && fastReaction !== true
      ? ['a reaction time from 20 ms is announced, and not declared in supports.signOn.fastReaction']
      : []),
  ])
}

const has = (modes: Value | undefined, mode: string): boolean =>
  modes !== undefined && isList(modes) && modes.includes(mode)
const isB = (modes: Value | undefined): boolean => has(modes, 'B') && !has(modes, 'C') && !has(modes, 'E')
/** In modes A and D the identification says nothing about a rate. */
const changesRate = (modes: Value | undefined): boolean => ['B', 'C', 'E'].some((mode) => has(modes, mode))
const rateText = (character: string, rate: number | undefined): string =>
  rate === undefined ? `the rate ${character}` : `${rate} Bd`
