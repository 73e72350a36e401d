// What goes wrong in pushes (class 40): what they hold, where they go, and when.
import { concat } from '../../../codec/operator.ts'
import type { Data } from '../../../protocol/data/data.ts'
import type { GeneralBlockTransfer } from '../../../protocol/xdlms/general-block-transfer.ts'
import type { Decisions } from '../../decisions.ts'
import type { DeliveryRules } from '../../delivery/rules.ts'
import type { Defect } from '../defect.ts'

const changeDelivery = (d: Decisions, change: (before: DeliveryRules) => Partial<DeliveryRules>): Decisions => ({
  ...d,
  delivery: { ...d.delivery, ...change(d.delivery) },
})

const pushes = (d: Decisions, change: (values: readonly Data[]) => readonly Data[]): Decisions =>
  changeDelivery(d, ({ body }) => ({ body: (values) => body(change(values)) }))

const blocks = (d: Decisions, change: (block: GeneralBlockTransfer, at: number) => GeneralBlockTransfer): Decisions =>
  changeDelivery(d, (before) => ({ blocks: (apdu, room) => before.blocks(apdu, room).map(change) }))

/** Tag and long-invoke-id-and-priority: the length of the date-time follows. */
const BEFORE_DATE_TIME = 5
const OCTET_STRING = 0x09
const DATA_NOTIFICATION = 0x0f
/** Where the tool listens by the declaration that comes with the meter is not where this goes. */
const ELSEWHERE = '192.0.2.99:4059'

export const pushDefects: readonly Defect[] = [
  {
    id: 'push.never-sent',
    breaks: ['push.sent'],
    needs: 'any',
    says: 'The method push succeeds, and nothing is sent.',
    apply: (d) => changeDelivery(d, () => ({ isSent: () => false })),
  },
  {
    id: 'push.another-destination',
    breaks: ['push.sent'],
    needs: 'any',
    says: 'Pushes go to another place than send_destination_and_method says.',
    apply: (d) => changeDelivery(d, () => ({ destination: () => ELSEWHERE })),
  },
  {
    id: 'push.destination-kept',
    breaks: ['push.sent'],
    needs: 'any',
    says: 'Another destination is stored, and pushes go to the one before.',
    apply: (d) => changeDelivery(d, () => ({ destination: (_now, described) => described })),
  },
  {
    id: 'push.column-missing',
    breaks: ['push.content'],
    needs: 'any',
    says: 'The last element of push_object_list is not pushed.',
    apply: (d) => pushes(d, (values) => values.slice(0, -1)),
  },
  {
    id: 'push.reversed',
    breaks: ['push.content'],
    needs: 'any',
    says: 'What is pushed comes in the opposite order.',
    apply: (d) => pushes(d, (values) => values.toReversed()),
  },
  {
    id: 'push.date-time-with-a-tag',
    breaks: ['push.form'],
    needs: 'any',
    says: 'The time of a DataNotification is coded as Data, with the tag of an octet-string.',
    apply: (d) =>
      changeDelivery(d, ({ encode }) => ({
        encode(notification) {
          const apdu = encode(notification)
          const [before, behind] = [apdu.subarray(0, BEFORE_DATE_TIME), apdu.subarray(BEFORE_DATE_TIME)]
          return concat([before, Uint8Array.of(OCTET_STRING), behind])
        },
      })),
  },
  {
    id: 'push.never-repeated',
    aliases: ['push_no_retry'],
    breaks: ['push.retries'],
    needs: 'any',
    says: 'A push that fails is not tried again.',
    apply: (d) => changeDelivery(d, () => ({ retries: () => 0 })),
  },
  {
    id: 'push.repeated-too-often',
    breaks: ['push.retries'],
    needs: 'any',
    says: 'A push that fails is tried again once more than number_of_retries says.',
    apply: (d) => changeDelivery(d, ({ retries }) => ({ retries: (declared) => retries(declared) + 1 })),
  },
  {
    id: 'push.repeated-too-soon',
    breaks: ['push.retries'],
    needs: 'any',
    says: 'The repetition_delay is taken in tenths of a second.',
    apply: (d) =>
      changeDelivery(d, ({ repetitionMs }) => ({ repetitionMs: (declared) => repetitionMs(declared) / 10 })),
  },
  {
    id: 'push.window-ignored',
    breaks: ['push.window'],
    needs: 'any',
    says: 'Pushes are sent at once, whatever the communication window.',
    apply: (d) => changeDelivery(d, () => ({ opensAt: (_windows, now) => now })),
  },
  {
    id: 'push.never-random',
    breaks: ['push.randomisation'],
    needs: 'any',
    says: 'No push is delayed, whatever randomisation_start_interval says.',
    apply: (d) => changeDelivery(d, () => ({ startDelayMs: () => 0 })),
  },
  {
    id: 'push.random-too-long',
    breaks: ['push.randomisation'],
    needs: 'any',
    says: 'Pushes are delayed by up to twice randomisation_start_interval.',
    apply: (d) => changeDelivery(d, ({ startDelayMs }) => ({ startDelayMs: (ms, n) => startDelayMs(2 * ms, n) })),
  },
  {
    id: 'gbt.push.never-last',
    aliases: ['gbt_push_no_last'],
    breaks: ['xdlms.general-block-transfer'],
    remark: true,
    needs: 'any',
    says: 'No block of a push says that it is the last.',
    apply: (d) =>
      blocks(d, (block) => ({ ...block, 'block-control': { ...block['block-control'], 'last-block': false } })),
  },
  {
    id: 'gbt.push.first-is-0',
    breaks: ['xdlms.general-block-transfer'],
    remark: true,
    needs: 'any',
    says: 'The first block of a push has the number 0.',
    apply: (d) => blocks(d, (block) => ({ ...block, 'block-number': block['block-number'] - 1 })),
  },
  {
    id: 'gbt.push.tag-in-each-block',
    breaks: ['xdlms.general-block-transfer'],
    needs: 'any',
    says: 'Each block of a push begins with the tag of the DataNotification.',
    apply: (d) =>
      blocks(d, (block, at) =>
        at === 0 ? block : { ...block, 'block-data': concat([Uint8Array.of(DATA_NOTIFICATION), block['block-data']]) },
      ),
  },
]
