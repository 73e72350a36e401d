// What the tool costs, measured and never judged: prints it, and keeps the ratios in RESULTS.md.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inFolder } from '../src/cli/spawned.ts'
import { STREAM } from '../src/report/report.ts'
import { ciphered } from './ciphered.ts'
import { codecs } from './codecs.ts'
import { explaining } from './explaining.ts'
import type { Group } from './figure.ts'
import { line } from './line.ts'
import { longServices } from './long-services.ts'
import { manyMeters } from './many-meters.ts'
import { eventsOf } from './many.ts'
import { report } from './report.ts'
import { asMarkdown, asText } from './results.ts'
import { roundTrip } from './round-trip.ts'
import { security } from './security.ts'
import { suites } from './suites.ts'

const RESULTS = new URL('RESULTS.md', import.meta.url)

await inFolder(async (folder) => {
  const groups: Group[] = []
  const tell = (group: Group): void => {
    groups.push(group)
    process.stdout.write(`${asText(group)}\n`)
  }
  tell(await suites(folder))
  tell(await roundTrip())
  tell(await manyMeters())
  tell(await line())
  tell(await longServices())
  tell(await codecs())
  tell(await security())
  tell(await ciphered(join(folder, 'security')))
  const events = await eventsOf(join(folder, STREAM))
  tell(await explaining(events))
  tell(await report(events, folder))
  writeFileSync(RESULTS, asMarkdown(groups, new Date()))
})
