// Protected octets and the authentication tag behind them: which there is, the security control five octets before them says.
import { octets, type Codec, type OptionalCodec, type Source } from '../../codec/codec.ts'
import { TAG_OCTETS } from './aes-gcm.ts'

const AUTHENTICATION = 0x10
/** The security control and the invocation counter. */
const BEFORE = 5

const isAuthenticated = ({ octets }: Source, at: number): boolean => ((octets[at - BEFORE] ?? 0) & AUTHENTICATION) !== 0

/** Ciphertext, or the octets themselves where they are authenticated only. */
export const information: Codec<Uint8Array> = {
  shape: { is: 'octets' },
  write: (to, value) => to.put(value),
  read(from) {
    const tag = isAuthenticated(from, from.at) ? TAG_OCTETS : 0
    if (from.left < tag) from.fail('short', from.at, `${tag} octets of authentication tag`, `${from.left}`)
    return from.take(from.left - tag)
  },
}

const tag = octets(TAG_OCTETS)

/** The first 12 octets of the tag. */
export const authenticationTag: OptionalCodec<Uint8Array> = {
  role: 'optional',
  shape: tag.shape,
  write(to, value) {
    if (value !== undefined) tag.write(to, value)
  },
  read: (from) => (from.left > 0 ? tag.read(from) : undefined),
}
