// For tests: a dialogue in which each defect of events shows.
import { action, managementWith, wpduOf } from '../dialogue.ts'
import type { Script } from './scripts.ts'

const execute = `${action(9, '0.0.10.0.111.255', 1).slice(0, -2)}01120001`

export const eventScripts: readonly Script[] = [
  {
    meter: 'reference',
    port: 'wrapper',
    steps: [
      { connect: 'a' },
      ...[managementWith('00001B', 'FFFF'), execute].map((apdu) => ({
        octets: wpduOf(apdu, 1),
        peer: 'a',
        octetMs: 0,
      })),
    ],
  },
]
