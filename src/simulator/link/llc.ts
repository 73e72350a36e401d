// The LLC sublayer (IEC 62056-46 6.3), once before each APDU.
import { decode, encode } from '../../codec/codec.ts'
import { llc as codec, LLC_COMMAND, LLC_RESPONSE, sameHeader } from '../../protocol/hdlc/llc.ts'

export interface LlcRules {
  /** LLC header and APDU → APDU; undefined: not for the layer above (ruling H37). */
  readonly read: (octets: Uint8Array) => Uint8Array | undefined
  /** APDU → LLC header and APDU. */
  readonly write: (apdu: Uint8Array) => Uint8Array
}

export const conformantLlc: LlcRules = {
  read(octets) {
    const heard = decode(codec, octets)
    return heard.ok && sameHeader(heard.value, LLC_COMMAND) ? heard.value.information : undefined
  },
  write: (information) => encode(codec, { ...LLC_RESPONSE, information }),
}
