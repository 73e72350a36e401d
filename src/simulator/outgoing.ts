// What the meter is about to send, layer by layer, before it becomes octets: where a defect may damage it, in the language of the suites.
import type { Damages } from '../codec/codec.ts'
import type { Frame } from '../protocol/hdlc/examine.ts'
import type { SignOnMessage } from '../protocol/sign-on/messages.ts'
import type { Wpdu } from '../protocol/wrapper/wpdu.ts'
import type { Memory } from './memory.ts'

export type Outgoing =
  | { readonly is: 'apdu'; readonly octets: Uint8Array }
  | { readonly is: 'frame'; readonly frame: Frame; readonly damage: Damages }
  | { readonly is: 'wpdu'; readonly wpdu: Wpdu; readonly damage: Damages }
  | { readonly is: 'sign-on'; readonly message: SignOnMessage; readonly damage: Damages }

/** One message → what is sent in its place: usually itself. The memory is the meter's, over all ports. */
export type OnSend = (
  message: Outgoing,
  memory: Memory,
) => { readonly messages: readonly Outgoing[]; readonly memory: Memory }

export const asItIs: OnSend = (message, memory) => ({ messages: [message], memory })

/** First one, then the other for each message that comes of it. */
export const both =
  (first: OnSend, second: OnSend): OnSend =>
  (message, memory) => {
    const early = first(message, memory)
    let now = early.memory
    const messages = early.messages.flatMap((each) => {
      const late = second(each, now)
      now = late.memory
      return late.messages
    })
    return { messages, memory: now }
  }
