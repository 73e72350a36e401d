// For tests: dialogues in which each defect of ACCESS shows.
import { managementWith, wpduOf, type Step } from '../dialogue.ts'
import type { Script } from './scripts.ts'

const NOBODY = '0100010000636363FF02'
const NAME = '0100080000010000FF01'
const SET = '0200010000608001FF02'

const access = (...apdus: readonly string[]): Script => ({
  meter: 'reference',
  port: 'wrapper',
  steps: [
    { connect: 'a' },
    ...[managementWith('007E59', 'FFFF'), ...apdus].map((apdu): Step => ({
      octets: wpduOf(apdu, 1),
      peer: 'a',
      octetMs: 0,
    })),
  ],
})

export const accessScripts: readonly Script[] = [
  access(
    `D9400000070002${NOBODY}${NAME}020000`,
    `D9500000080001${NAME}0100`,
    `D9400000090002${SET}${NAME}01090411223344`,
  ),
]
