// For tests: dialogues with ciphering and HLS in which each defect of these shows. Challenges of the meter are those of `counting`.
import { hex } from '../../codec/value.ts'
import { wrapKey } from '../../protocol/security/key-wrap.ts'
import { SACRIFICIAL_MASTER } from './security-scripts.ts'
import {
  AARQ,
  aarqLls,
  counting,
  describedMeter,
  get,
  lines,
  octetsOf,
  RLRQ,
  set,
  talk,
  wpduOf,
  type Step,
} from '../dialogue.ts'
import { createMeter } from '../meter.ts'
import {
  aarqOf,
  CIPHERED,
  CTOS,
  glo,
  gmac,
  initiate,
  replyOf,
  SACRIFICIAL,
  SERVER,
  sha256,
  type Sealer,
} from '../protection/sealed.ts'
import type { Script } from './scripts.ts'

const CLOCK = get(8, '0.0.1.0.0.255', 3)
const NEW_VALUE = set(1, '0.0.96.128.1.255', 2, '090411223344')
const BROADCAST: Sealer = { ...SACRIFICIAL, key: '95D2740EBB1F63C8A45E093D7CF1826B' }
const DEDICATED: Sealer = { ...CIPHERED, key: '00112233445566778899AABBCCDDEEFF' }
const stoc = (number: number): string => hex(Uint8Array.of(number)).repeat(16)

const over = (client: number, ...apdus: readonly string[]): Script => ({
  meter: 'reference',
  port: 'wrapper',
  steps: [{ connect: 'a' }, ...apdus.map((apdu): Step => ({ octets: wpduOf(apdu, client), peer: 'a', octetMs: 0 }))],
})

/** The APDUs that open an association, as the `number`th of a script, with counters from `from` to `from` + 2. */
const opening = (sealer: Sealer, from = 1, number = 1, information = initiate(sealer, from)): readonly string[] => [
  aarqOf({ title: sealer.title, mechanism: 5, information }),
  glo('CB', sealer, from + 2, replyOf(gmac(sealer, from + 1, stoc(number)))),
]
const rlrq = (information: string): string => {
  const content = `800100BE${hex(Uint8Array.of(information.length / 2 + 2))}04${hex(Uint8Array.of(information.length / 2))}${information}`
  return `62${hex(Uint8Array.of(content.length / 2))}${content}`
}
const withKey = (key: string): string => `0101${hex(Uint8Array.of(key.length / 2))}${key}0000065F1F040060181DFFFF`
const dedicated = (key: string, from = 1): string => initiate(CIPHERED, from, 0x30, withKey(key))
const general = (title: string, sealer: Sealer, counter: number, plain: string): string =>
  `DB08${title}${glo('', sealer, counter, plain)}`
const withOtherTag = (apdu: string): string => `${apdu.slice(0, -2)}${apdu.endsWith('00') ? '01' : '00'}`
const HIGHEST = 0xffffffff

const HLS_TITLE = '5453540000000005'
const HLS_SECRET = hex(new TextEncoder().encode('Simulated secret'))
const hlsAarq = (challenge = CTOS, title = HLS_TITLE): string => aarqOf({ title, mechanism: 6, context: 1, challenge })
const hls = (...apdus: readonly string[]): Script => over(5, hlsAarq(), ...apdus)
const proofTo = (number: number): string => sha256(HLS_SECRET, HLS_TITLE, SERVER, stoc(number), CTOS)
const client = proofTo(1)
const changeSecret = (secret: string): string =>
  `C301C1000F0000280000FF020109${hex(Uint8Array.of(secret.length / 2))}${secret}`

/** The same APDU without its tag. */
const untagged = (apdu: string): string =>
  `${apdu.slice(0, 2)}${hex(Uint8Array.of(apdu.length / 2 - 2 - 12))}${apdu.slice(4, -24)}`

/** key_transfer of a new authentication key in the setup of this client, and whoever has it. */
const NEW_AUTHENTICATION: Sealer = { ...SACRIFICIAL, authentication: '5A'.repeat(16) }
const TRANSFER = `C301C1004000002B0002FF0201010102021602${'0918'}${hex(wrapKey(octetsOf(SACRIFICIAL_MASTER), octetsOf(NEW_AUTHENTICATION.authentication)))}`

export const cipheredScripts: readonly Script[] = [
  over(
    3,
    ...opening(CIPHERED),
    glo('C8', CIPHERED, 4, CLOCK),
    glo('C8', CIPHERED, 4, CLOCK),
    glo('C8', CIPHERED, 3, CLOCK),
    glo('C8', CIPHERED, 50, CLOCK),
    CLOCK,
    glo('C8', CIPHERED, 60, CLOCK, 0x20),
    glo('C8', CIPHERED, 61, CLOCK, 0x10),
    glo('C8', CIPHERED, 62, CLOCK, 0x31),
    glo('C8', CIPHERED, 63, NEW_VALUE),
    general('5453540000000009', { ...CIPHERED, title: '5453540000000009' }, 64, CLOCK),
    general(CIPHERED.title, CIPHERED, 65, CLOCK),
    general(CIPHERED.title, CIPHERED, 65, CLOCK),
    general(CIPHERED.title, CIPHERED, 68, withOtherTag(glo('C8', CIPHERED, 67, CLOCK))),
    glo('C8', { ...CIPHERED, key: SACRIFICIAL.key }, 70, CLOCK),
    glo('C8', { ...CIPHERED, key: SACRIFICIAL.key }, 9, CLOCK),
    glo('C8', CIPHERED, 69, CLOCK),
    glo('C8', CIPHERED, 71, get(1, '255.255.255.255.255.255', 2)),
    withOtherTag(glo('C8', CIPHERED, 72, CLOCK)),
    glo('C8', CIPHERED, 73, get(1, '0.0.43.1.1.255', 2)),
    RLRQ,
    glo('C8', CIPHERED, 80, CLOCK),
  ),
  over(3, ...opening(CIPHERED), glo('C8', CIPHERED, HIGHEST, CLOCK), glo('C8', CIPHERED, 0, CLOCK)),
  over(3, ...opening(CIPHERED, 10), rlrq(initiate(CIPHERED, 13)), ...opening(CIPHERED, 1, 2)),
  over(
    4,
    ...opening(SACRIFICIAL, 10),
    glo('C8', BROADCAST, 1, CLOCK, 0x70),
    glo('C9', BROADCAST, 2, NEW_VALUE, 0x70),
    `E0810001000020${glo('C8', SACRIFICIAL, 20, CLOCK)}`,
  ),
  over(3, ...opening(CIPHERED, 1, 1, dedicated('0011223344556677')), glo('D0', DEDICATED, 0, CLOCK)),
  over(
    3,
    ...opening(CIPHERED, 1, 1, dedicated(DEDICATED.key)),
    glo('D0', DEDICATED, 0, CLOCK),
    rlrq(initiate(CIPHERED, 4)),
    ...opening(CIPHERED, 5, 2),
    glo('D0', DEDICATED, 1, CLOCK),
  ),
  over(4, ...opening(SACRIFICIAL, 1, 1, initiate(SACRIFICIAL, 1, 0x10, withKey(DEDICATED.key)))),
  over(3, ...opening({ ...CIPHERED, title: SERVER })),
  over(3, ...opening(CIPHERED), untagged(glo('C8', CIPHERED, 4, CLOCK))),
  over(
    4,
    ...opening(SACRIFICIAL, 10),
    withOtherTag(glo('C8', SACRIFICIAL, 13, CLOCK, 0x10)),
    glo('C8', SACRIFICIAL, 0x1000f, CLOCK),
    glo('C8', SACRIFICIAL, 0x10, CLOCK),
  ),
  over(3, aarqOf({ title: CIPHERED.title, mechanism: 5 })),
  over(5, hlsAarq('A5'.repeat(16)), hlsAarq('5A'.repeat(16))),
  over(3, opening(CIPHERED)[0] ?? '', replyOf(gmac(CIPHERED, 2, stoc(1)))),
  over(
    3,
    ...opening(CIPHERED, 1, 1, initiate(CIPHERED, 1, 0x30, '01000000065F1F040060181D00C0')),
    glo('C8', CIPHERED, 4, get(15, '0.0.40.0.0.255', 2)),
    'C002C100000001',
  ),
  over(5, `6029A109060760857405080101A60A0408${HLS_TITLE}BE10040E01000000065F1F040060181DFFFF`, CLOCK),
  over(4, opening(SACRIFICIAL, 10)[0] ?? '', glo('CB', SACRIFICIAL, 12, replyOf(gmac(SACRIFICIAL, 9, stoc(1))))),
  over(4, ...opening(SACRIFICIAL, 10), glo('CB', SACRIFICIAL, 13, TRANSFER), glo('C8', NEW_AUTHENTICATION, 5, CLOCK)),
  over(3, aarqOf({ mechanism: 5, information: initiate(CIPHERED, 1) })),
  over(16, AARQ, CLOCK),
  over(2, aarqLls('12345678')),
  ...[
    { ...CIPHERED, key: '000102030405060708090A0B0C0D0E0F', authentication: 'D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF' },
    { ...CIPHERED, authentication: CIPHERED.key },
  ].map((sealer) => over(3, ...opening(sealer))),
  ...[
    gmac(SACRIFICIAL, 2, stoc(1)).slice(0, 26),
    `${gmac(SACRIFICIAL, 2, stoc(1))}00`,
    gmac(SACRIFICIAL, 2, stoc(1), 0x11),
    `0000000002${stoc(1)}`,
  ].map((proof) => over(4, opening(SACRIFICIAL)[0] ?? '', glo('CB', SACRIFICIAL, 3, replyOf(proof)))),
  hls(hlsAarq('01'.repeat(33))),
  // the challenge of the meter in one association comes back in another one
  {
    meter: 'reference',
    port: 'wrapper',
    steps: [
      { connect: 'a' },
      { octets: wpduOf(opening(CIPHERED)[0] ?? '', 3), peer: 'a', octetMs: 0 },
      { octets: wpduOf(hlsAarq(stoc(1)), 5), peer: 'a', octetMs: 0 },
    ],
  },
  hls(CLOCK, replyOf(`${client.slice(0, -2)}00`), CLOCK),
  hls(replyOf(client), CLOCK),
  hls(replyOf(client.slice(0, 20)), CLOCK),
  hls(replyOf(sha256(HLS_SECRET, HLS_TITLE, SERVER, CTOS, stoc(1))), CLOCK),
  hls(replyOf(sha256(HLS_SECRET, SERVER, HLS_TITLE, stoc(1), CTOS)), CLOCK),
  hls(replyOf(client), changeSecret('41'.repeat(16)), hlsAarq(), replyOf(proofTo(2))),
  over(5, hlsAarq('01020304050607'), hlsAarq('01'.repeat(16)), hlsAarq(), hlsAarq(CTOS, SERVER)),
]

/** What is told of counters on another port, and after the power was gone. */
export function countersTold(defects: readonly string[] = []): readonly string[] {
  const meter = createMeter(describedMeter('reference'), { defects, random: counting() })
  const [aarq = '', pass3 = ''] = opening(CIPHERED, 10)
  const again = (port: string, at: number, fresh: number): readonly string[] =>
    lines(
      talk(
        meter,
        port,
        [aarq, opening(CIPHERED, fresh, 3)[0] ?? ''].map((apdu) =>
          port === 'udp' ? { datagram: wpduOf(apdu, 3) } : { octets: wpduOf(apdu, 3), peer: 'a', octetMs: 0 },
        ),
        at,
      ),
    )
  const first = over(3, aarq, pass3)
  const told = [...lines(talk(meter, 'wrapper', first.steps)), ...again('udp', 20_000, 20)]
  meter.power(false, 50_000)
  meter.power(true, 60_000)
  talk(meter, 'wrapper', [{ connect: 'a' }], 80_000)
  return [...told, ...again('wrapper', 90_000, 30)]
}
