// frame.with-fcs-of: a question whose frame check sequence has a given octet in it.
import { apduOctets, getRequest } from '../../client/services.ts'
import { encode } from '../../codec/codec.ts'
import { hex, unhex } from '../../codec/value.ts'
import { frameOctets } from '../../protocol/hdlc/frame.ts'
import { llc, LLC_COMMAND } from '../../protocol/hdlc/llc.ts'
import type { Apdu } from '../../protocol/apdu.ts'
import { NO_LINK } from './link.ts'
import { serve } from './service.ts'
import { textArg, type Doing, type Word } from './word.ts'

/** A GET for an object that no meter has: class 1, a logical name whose last two groups are free. */
const questionFor = (invokeId: number, e: number, f: number): Apdu =>
  getRequest(invokeId, { 'class-id': 1, 'instance-id': `0.0.96.255.${e}.${f}`, 'attribute-id': 2 })

const FCS_OCTETS = 2

/** Frames differ in two groups of the name: a pair of them gives the octet wanted in one of 128 tries. */
function chosen({ connection }: Doing, octet: number): Apdu | undefined {
  const { link } = connection
  const invokeId = connection.nextInvokeId()
  for (let e = 1; link && e < 255; e++) {
    for (let f = 0; f < 255; f++) {
      const question = questionFor(invokeId, e, f)
      const information = encode(llc, { ...LLC_COMMAND, information: apduOctets(question) })
      const control = { is: 'i', 'n-s': link.state['v-s'], 'n-r': link.state['v-r'], 'poll-final': true } as const
      const frame = frameOctets(link.frame(control, information))
      if (frame.subarray(-1 - FCS_OCTETS, -1).includes(octet)) return question
    }
  }
  return undefined
}

const withFcsOf: Word = {
  says: 'ask by a frame whose FCS holds an octet',
  properties: { octet: { type: 'string', pattern: '^[0-9A-F]{2}$' } },
  required: ['octet'],
  outcomes: ['refused', 'value'],
  alive: true,
  async run(doing) {
    if (!doing.connection.link) return NO_LINK
    const octet = unhex(textArg(doing.args, 'octet') ?? '')?.[0]
    const question = octet === undefined ? undefined : chosen(doing, octet)
    if (question === undefined)
      return { refusal: `no frame has ${octet === undefined ? 'that octet' : hex(Uint8Array.of(octet))} in its FCS` }
    const { outcome } = await serve(doing, question)
    return { outcome }
  },
}

export const frameWords: Readonly<Record<string, Word>> = { 'frame.with-fcs-of': withFcsOf }
