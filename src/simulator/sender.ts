// Messages → octets, with what the defects have done to them. One for the whole meter.
import { build, encode, type Codec, type Damages } from '../codec/codec.ts'
import { frames } from '../protocol/hdlc/frame.ts'
import { signOn } from '../protocol/sign-on/messages.ts'
import { wpdu } from '../protocol/wrapper/wpdu.ts'
import { NOTHING_REMEMBERED } from './memory.ts'
import type { OnSend, Outgoing } from './outgoing.ts'

/** Each message becomes any number of pieces of octets: none if the meter keeps silent. */
export type Sender = (message: Outgoing) => readonly Uint8Array[]

export function createSender(onSend: OnSend): Sender {
  let memory = NOTHING_REMEMBERED
  return (message) => {
    const sent = onSend(message, memory)
    memory = sent.memory
    return sent.messages.map(octetsOf)
  }
}

function octetsOf(message: Outgoing): Uint8Array {
  switch (message.is) {
    case 'apdu':
      return message.octets
    case 'sign-on':
      return damaged(signOn[message.message.is] as Codec<unknown>, message.message.value, message.damage)
    case 'frame':
      return damaged(frames[message.frame.control.is], message.frame, message.damage)
    case 'wpdu':
      return damaged(wpdu, message.wpdu, message.damage)
    default:
      return message satisfies never
  }
}

/** A damage that the message has no field for leaves it as it is: a frame without information has no HCS to be wrong. */
function damaged<T>(codec: Codec<T>, value: T, damage: Damages): Uint8Array {
  if (Object.keys(damage).length === 0) return encode(codec, value)
  const built = build(codec, value, damage)
  return built.ok ? built.value.octets : encode(codec, value)
}
