// The inactivity time-out, and several clients on one line; UI frames.
import { dm, type Row } from '../../link/reaction.ts'
import { ignore } from '../../link/rows.ts'
import type { LinkTable } from '../../link/table.ts'
import { count } from '../../memory.ts'
import { changeLink, changeNdm, changeNrm, changeSnrm, damagesFrames, sendsFrames, type Defect } from '../defect.ts'
import { keepingAssociation } from './connect.ts'

const DROPPED = 'dropped'
const unlessDropped =
  (row: Row): Row =>
  (state, heard, context) =>
    count(state.memory, DROPPED) > 0 ? ignore(state, heard, context) : row(state, heard, context)

/** Each row of a state, changed alike. */
const all = <T extends Readonly<Record<string, Row>>>(rows: T, change: (row: Row) => Row): T =>
  Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, change(row)])) as T

const deafWhereDropped = ({ ndm, nrm, frameReject }: LinkTable): Partial<LinkTable> => ({
  ndm: all({ ...ndm }, unlessDropped),
  nrm: all({ ...nrm }, unlessDropped),
  frameReject: all({ ...frameReject }, unlessDropped),
  whenAnotherConnects: (state) => ({ ...state, memory: { ...state.memory, [DROPPED]: 1 } }),
})

const RESTARTED = 'restarted'
/** Remembers when its frame had come. */
const remembered =
  (row: Row): Row =>
  (state, heard, context) => {
    const reaction = row(state, heard, context)
    return { ...reaction, to: { ...reaction.to, memory: { ...reaction.to.memory, [RESTARTED]: heard.end } } }
  }

export const timeDefects: readonly Defect[] = [
  {
    id: 'hdlc.inactivity.never',
    aliases: ['hdlc_no_inactivity_timeout'],
    breaks: ['hdlc.inactivity'],
    needs: 'hdlc',
    says: 'A link stays up for ever.',
    apply: (d) => changeLink(d, () => ({ inactivityMs: () => 0 })),
  },
  {
    id: 'hdlc.inactivity.too-early',
    breaks: ['hdlc.inactivity'],
    needs: 'hdlc',
    says: 'A link is dropped after a quarter of the declared time-out.',
    apply: (d) => changeLink(d, ({ inactivityMs }) => ({ inactivityMs: (declared) => inactivityMs(declared) / 4 })),
  },
  {
    id: 'hdlc.inactivity.not-restarted-by-rr',
    breaks: ['hdlc.inactivity'],
    needs: 'hdlc',
    says: 'Only SNRM and I frames restart the inactivity time-out.',
    apply: (d) =>
      changeLink(
        changeNrm(changeSnrm(d, remembered), ({ i }) => ({ i: remembered(i) })),
        () => ({ inactiveSince: (_lastOctet, state) => count(state.memory, RESTARTED) }),
      ),
  },
  {
    id: 'hdlc.inactivity.keeps-association',
    breaks: ['hdlc.inactivity', 'association.ends-with-link'],
    needs: 'hdlc',
    says: 'An association survives the inactivity time-out, and lives on in the next link.',
    apply: (d) =>
      changeLink(
        changeNdm(d, ({ snrm }) => ({ snrm: keepingAssociation(snrm) })),
        ({ inactive }) => ({ inactive: (state) => ({ ...inactive(state), ends: false }) }),
      ),
  },
  {
    id: 'hdlc.inactivity.sends-dm',
    breaks: ['hdlc.inactivity'],
    needs: 'hdlc',
    says: 'The meter sends DM, unasked, when a link is dropped for inactivity.',
    apply: (d) => changeLink(d, ({ inactive }) => ({ inactive: (state) => ({ ...inactive(state), say: [dm] }) })),
  },
]

export const clientDefects: readonly Defect[] = [
  {
    id: 'hdlc.clients.single-context',
    aliases: ['hdlc_single_context'],
    breaks: ['association.isolation'],
    needs: 'hdlc',
    says: 'There is one association for all clients: each has the rights of the last.',
    apply: (d) => ({
      ...d,
      association: { ...d.association, key: ({ port, peer, device }) => `${port}/${peer}/${device.key}` },
    }),
  },
  {
    id: 'hdlc.clients.second-kills-first',
    breaks: ['association.isolation'],
    needs: 'hdlc',
    says: 'When a second client sets up its link, the first is never heard again.',
    apply: (d) => changeLink(d, deafWhereDropped),
  },
]

const LATE_MS = 3000

export const uiDefects: readonly Defect[] = [
  {
    id: 'hdlc.ui.fcs-wrong',
    breaks: ['hdlc.ui'],
    needs: 'push',
    says: 'UI frames have a wrong FCS.',
    apply: (d) => damagesFrames(d, ({ control }) => control.is === 'ui', { fcs: { flip: '0001' } }),
  },
  {
    id: 'hdlc.ui.segment-gap',
    aliases: ['hdlc_ui_segment_gap'],
    breaks: ['hdlc.ui'],
    remark: true,
    needs: 'push',
    says: 'A pushed APDU comes in two UI frames, the second three seconds late.',
    apply: (d) => ({
      ...d,
      push: {
        frames: (llcAndApdu, addresses) =>
          d.push.frames(llcAndApdu, addresses).flatMap(({ frame, pauseMs }) => {
            const half = frame.information.length >> 1
            return [
              { frame: { ...frame, segmentation: true, information: frame.information.subarray(0, half) }, pauseMs },
              { frame: { ...frame, information: frame.information.subarray(half) }, pauseMs: LATE_MS },
            ]
          }),
      },
    }),
  },
  {
    id: 'hdlc.ui.wrong-address',
    breaks: ['hdlc.ui'],
    needs: 'push',
    says: 'UI frames come from an address that the meter does not have.',
    apply: (d) =>
      sendsFrames(
        d,
        ({ control }) => control.is === 'ui',
        (frame) => ({
          ...frame,
          'source-address': frame['source-address'].map((octet, at) => (at === 0 ? octet ^ 0x40 : octet)),
        }),
      ),
  },
]
