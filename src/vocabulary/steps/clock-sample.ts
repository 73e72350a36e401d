// clock.sample: how far a Clock (class 8) is ahead of the tester, the time on the line halved.
import type { Value } from '../../codec/value.ts'
import type { Refusal } from '../../engine/vocabulary.ts'
import { readDateTime } from '../../protocol/data/date-time.ts'
import type { JsonRecord } from '../../protocol/json.ts'
import type { Came } from '../evidence.ts'
import { momentOf } from '../profile/limits.ts'
import { dataOf } from './arguments.ts'
import { readAttribute } from './attribute-services.ts'
import { objectOf } from './objects.ts'
import { COUNT, FIELDS, isRefusal, numberArg, within, type Doing, type Word } from './word.ts'

const TIME = 2
const SECOND = 1000
const HUNDREDTH = 10
/** So many readings unless given; between them a pause, so that they do not all fall behind the same tick of the clock. */
const TIMES = 5
const PAUSE_MS = 730

/** `at`: when it was read; `ahead`: how far the clock was ahead; `trip`: how long it took, all in milliseconds; `resolution`: of what it shows. */
function sampleIn(value: Value | undefined, from: number, to: number): JsonRecord | undefined {
  const read = value === undefined ? undefined : dataOf('time', value)
  const octets =
    read?.ok && (read.value.is === 'octet-string' || read.value.is === 'date-time') ? read.value.value : undefined
  const time = octets && readDateTime(octets)
  const moment = time && momentOf(time)
  if (time === undefined || moment === undefined) return undefined
  const at = (from + to) / 2
  return { at, ahead: moment - at, trip: to - from, resolution: time.hundredths === null ? SECOND : HUNDREDTH }
}

/** The reading that took least time on the line is the best. */
async function sample(doing: Doing): Promise<Came | Refusal> {
  const clock = objectOf(doing.args['clock'])
  if (clock === undefined) return { refusal: 'clock: expected an object (class-id, instance-id)' }
  const { bench } = doing
  let best: JsonRecord | undefined
  for (let time = 0; time < (numberArg(doing.args, 'times') ?? TIMES); time++) {
    if (time > 0) await bench.pause(PAUSE_MS)
    const from = bench.now()
    const came = await readAttribute(within(doing), { attribute: { ...clock, 'attribute-id': TIME } })
    if (isRefusal(came)) return came
    const here = sampleIn(came.outcome.names['value'], from, bench.now())
    if (here === undefined) return came
    if (best === undefined || Number(here['trip']) < Number(best['trip'])) best = here
  }
  if (best === undefined) return { refusal: 'times: expected one at least' }
  return { outcome: { names: { sample: best }, broken: [], noise: false, text: 'the clock was read' } }
}

export const clockSampleWords: Readonly<Record<string, Word>> = {
  'clock.sample': {
    says: 'read the clock, and when',
    properties: { clock: FIELDS, times: COUNT },
    required: ['clock'],
    outcomes: ['sample', 'value', 'refused', 'unlisted'],
    alive: true,
    run: sample,
  },
}
