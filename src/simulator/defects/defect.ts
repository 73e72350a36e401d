// A way to be wrong: a small change of the decisions, with a name, and the clauses it breaks.
import type { Damages } from '../../codec/codec.ts'
import type { Frame } from '../../protocol/hdlc/examine.ts'
import { sending, type Decisions } from '../decisions.ts'
import type { Row } from '../link/reaction.ts'
import type { FrameRejectRows, LinkTable, NdmRows, NrmRows } from '../link/table.ts'
import type { Reception, Taken } from '../link/reception.ts'
import type { Transmission } from '../link/transmission.ts'
import type { Deframed } from '../../protocol/hdlc/deframer.ts'
import type { Memory } from '../memory.ts'
import type { ModelRules } from '../model/rules.ts'
import type { SelectionRules } from '../model/selection/rules.ts'
import type { Outgoing } from '../outgoing.ts'
import type { BlockRules } from '../services/block-rules.ts'
import type { ServiceRules } from '../services/rules.ts'
import type { SignOnTable } from '../sign-on/table.ts'
import type { TcpRules, UdpRules, WrapperRules } from '../wrapper/rules.ts'

/** What kind of port, or of meter, lets a defect show. */
export type Need =
  | 'hdlc'
  | 'serial'
  | 'window'
  | 'push'
  | 'addressing-1-or-2'
  | 'addressing-2-or-4'
  | 'mode-a'
  | 'mode-b'
  | 'mode-c'
  | 'mode-d'
  | 'mode-e'
  | 'sign-on'
  | 'programming'
  | 'tcp'
  | 'udp'
  | 'wrapper'
  | 'users'
  | 'several-services'
  | 'keys'
  | 'agreement'
  | 'certificates'
  | 'signing'
  | 'access-bits'
  | 'ciphered'
  | 'hls'
  | 'any'

export interface Defect {
  readonly id: string
  /** Other names it is known by. */
  readonly aliases?: readonly string[]
  /** Keys of the clause catalogue. */
  readonly breaks: readonly string[]
  /** Nothing else can be tested with it. */
  readonly fatal?: true
  /** The rulings leave no more than a remark for it. */
  readonly remark?: true
  readonly needs: Need
  /** One sentence: what the meter does. */
  readonly says: string
  apply(decisions: Decisions): Decisions
}

type Change<T> = (before: T) => Partial<T>

export const changeLink = (d: Decisions, change: Change<LinkTable>): Decisions => ({
  ...d,
  link: { ...d.link, ...change(d.link) },
})
export const changeNdm = (d: Decisions, change: Change<NdmRows>): Decisions =>
  changeLink(d, ({ ndm }) => ({ ndm: { ...ndm, ...change(ndm) } }))
export const changeNrm = (d: Decisions, change: Change<NrmRows>): Decisions =>
  changeLink(d, ({ nrm }) => ({ nrm: { ...nrm, ...change(nrm) } }))
export const changeFrameReject = (d: Decisions, change: Change<FrameRejectRows>): Decisions =>
  changeLink(d, ({ frameReject }) => ({ frameReject: { ...frameReject, ...change(frameReject) } }))
/** SNRM in every state. */
export const changeSnrm = (d: Decisions, change: (row: Row) => Row): Decisions => {
  const rows = ({ snrm }: { readonly snrm: Row }): { readonly snrm: Row } => ({ snrm: change(snrm) })
  return changeFrameReject(changeNrm(changeNdm(d, rows), rows), rows)
}
export const changeTransmission = (d: Decisions, change: Change<Transmission>): Decisions =>
  changeLink(d, ({ transmission }) => ({ transmission: { ...transmission, ...change(transmission) } }))
export const changeReception = (d: Decisions, change: Change<Reception>): Decisions => ({
  ...d,
  reception: { ...d.reception, ...change(d.reception) },
})
export const changeSignOn = (d: Decisions, change: Change<SignOnTable>): Decisions => ({
  ...d,
  signOn: { ...d.signOn, ...change(d.signOn) },
})
export const changeProgramming = (d: Decisions, change: Change<SignOnTable['programming']>): Decisions =>
  changeSignOn(d, ({ programming }) => ({ programming: { ...programming, ...change(programming) } }))
export const changeWrapper = (d: Decisions, change: Change<WrapperRules>): Decisions => ({
  ...d,
  wrapper: { ...d.wrapper, ...change(d.wrapper) },
})
export const changeTcp = (d: Decisions, change: Change<TcpRules>): Decisions =>
  changeWrapper(d, ({ tcp }) => ({ tcp: { ...tcp, ...change(tcp) } }))
export const changeUdp = (d: Decisions, change: Change<UdpRules>): Decisions =>
  changeWrapper(d, ({ udp }) => ({ udp: { ...udp, ...change(udp) } }))

export const changeServices = (d: Decisions, change: Change<ServiceRules>): Decisions => ({
  ...d,
  services: { ...d.services, ...change(d.services) },
})
export const changeBlocks = (d: Decisions, change: Change<BlockRules>): Decisions =>
  changeServices(d, ({ blocks }) => ({ blocks: { ...blocks, ...change(blocks) } }))
export const changeModel = (d: Decisions, change: Change<ModelRules>): Decisions => ({
  ...d,
  model: { ...d.model, ...change(d.model) },
})

export const changeSelection = (d: Decisions, change: Change<SelectionRules>): Decisions =>
  changeModel(d, ({ selection }) => ({ selection: { ...selection, ...change(selection) } }))

/** What the station takes that the table of before has dropped. */
export const takesAlso = (d: Decisions, more: (item: Deframed, memory: Memory) => Taken | undefined): Decisions =>
  changeReception(d, ({ takes }) => ({
    takes(item, memory) {
      const taken = takes(item, memory)
      return taken.frame === undefined ? (more(item, taken.memory) ?? taken) : taken
    },
  }))

/** Each message → what goes out in its place. */
export const sends = (d: Decisions, change: (message: Outgoing) => readonly Outgoing[]): Decisions =>
  sending(d, (message, memory) => ({ messages: change(message), memory }))

/** Frames of some kind, changed. */
export const sendsFrames = (
  d: Decisions,
  which: (frame: Frame) => boolean,
  change: (frame: Frame) => Frame,
): Decisions =>
  sends(d, (message) => [
    message.is === 'frame' && which(message.frame) ? { ...message, frame: change(message.frame) } : message,
  ])

/** Frames of some kind, damaged. */
export const damagesFrames = (d: Decisions, which: (frame: Frame) => boolean, damage: Damages): Decisions =>
  sends(d, (message) => [
    message.is === 'frame' && which(message.frame) ? { ...message, damage: { ...message.damage, ...damage } } : message,
  ])

/** A frame with another P/F bit. */
export const withFinal = (frame: Frame, final: boolean): Frame =>
  frame.control.is === 'undefined' ? frame : { ...frame, control: { ...frame.control, 'poll-final': final } }
