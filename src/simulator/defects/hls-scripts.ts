// For tests: pass 3 of mechanism 7 by several keys and under several titles, so that each defect of these shows in what comes of it.
import { keyPairOf } from '../../protocol/security/curves.ts'
import { hlsEcdsa } from '../../protocol/security/hls.ts'
import type { HlsRules } from '../association/hls-rules.ts'
import type { ClientDescription } from '../description.ts'
import { octetsOf } from '../dialogue.ts'

const TITLE = '5443530000000001'
const CLIENT: ClientDescription = {
  sap: 3,
  devices: ['management'],
  mechanism: 'hls-ecdsa',
  conformance: [],
  systemTitle: TITLE,
}
const [OWN, OTHER] = [0x21, 0x22].map((octet) => keyPairOf('P-256', new Uint8Array(32).fill(octet)))

/** Whether it is taken: by the key that is known and by another one, which a qualifier brings or not, under the known title and under another. */
export function signedPass3({ clientKey, proven }: HlsRules): readonly string[] {
  if (OWN === undefined || OTHER === undefined) return []
  const told = Uint8Array.of(0x03, 0x42, 0x00, 0x04, ...OTHER.publicKey)
  return [OWN, OTHER].flatMap((pair) =>
    [undefined, told].flatMap((qualifier) =>
      [TITLE, '544353FFFFFFFFFE'].map((title) => {
        const challenges = {
          prover: { title: octetsOf(title), challenge: new Uint8Array(32).fill(1) },
          checker: { title: octetsOf('53494D0000BC614E'), challenge: new Uint8Array(32).fill(2) },
        }
        const publicKey = clientKey(OWN?.publicKey, qualifier)
        if (publicKey === undefined) return 'no key'
        const material = { is: 'hls-ecdsa', curve: 'P-256', publicKey } as const
        const proof = hlsEcdsa('P-256', pair, challenges)
        return String(proven({ client: CLIENT, material, challenges, proof }) !== undefined)
      }),
    ),
  )
}
