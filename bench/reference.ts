import { join } from 'node:path'
import type { Declaration } from '../src/engine/declaration.ts'
import { HOME } from '../src/cli/files.ts'
import { readDeclaration, readDescription } from '../src/cli/meter.ts'
import { choosePorts, connected } from '../src/cli/ports.ts'
import { DEFAULT_HDLC, type MeterDescription } from '../src/simulator/description.ts'

/** The built-in meter as it is declared. */
export const declaration = (): Declaration => readDeclaration(join(HOME, 'meters', 'reference.json'))

export const description = (): MeterDescription => readDescription(declaration())

/** The declaration with a port of it at this URL. */
export function declaredAt(port: string, url: string): Declaration {
  const reference = declaration()
  return connected(reference, choosePorts(reference, [`${port}=${url}`], []))
}

/** The built-in meter that answers at once, with its ports `wrapper` and `hdlc` in TCP. */
export function promptMeter(): MeterDescription {
  const meter = description()
  const hdlc = meter.ports['hdlc']?.hdlc ?? DEFAULT_HDLC
  const stream = { kind: 'stream', connections: 4, inactivityMs: 180_000, tcpPort: 4059, reactionMs: 0 } as const
  return {
    ...meter,
    ports: {
      ...meter.ports,
      wrapper: { ...stream, carries: 'wrapper' },
      hdlc: { ...stream, carries: 'hdlc', hdlc: { ...hdlc, reactionMs: 0 } },
    },
  }
}
