// What the server makes of the InitiateRequest.
import { CONFORMANCE, type ConformanceBit } from '../../../protocol/xdlms/conformance.ts'
import type { InitiateRequest } from '../../../protocol/xdlms/initiate.ts'
import { concat } from '../../../codec/operator.ts'
import type { Opening } from '../../association/rules.ts'
import type { Decisions } from '../../decisions.ts'
import type { Defect } from '../defect.ts'
import { accepts, findsInInitiate, opens, responds } from './shared.ts'

const proposalOf = ({ aarq }: Opening): InitiateRequest | undefined => {
  const information = aarq['user-information']
  return information?.is === 'initiate-request' ? information.value : undefined
}
const proposed = (opening: Opening): readonly ConformanceBit[] => proposalOf(opening)?.['proposed-conformance'] ?? []
const declared = ({ known }: Opening): readonly ConformanceBit[] =>
  CONFORMANCE.filter((bit) => known?.client.conformance.includes(bit))

/** What the AARE grants and the association has. */
const grants = (
  d: Decisions,
  bits: (granted: readonly ConformanceBit[], opening: Opening) => readonly ConformanceBit[],
): Decisions =>
  opens(
    responds(d, ({ 'negotiated-conformance': granted }, opening) => ({
      'negotiated-conformance': bits(granted, opening),
    })),
    (opened, opening) =>
      opened.association === undefined
        ? opened
        : {
            ...opened,
            association: { ...opened.association, conformance: bits(opened.association.conformance, opening) },
          },
  )

/** An InitiateResponse in octets, with others put before the version. */
const inserts = (d: Decisions, octets: (opening: Opening) => Uint8Array | undefined): Decisions =>
  accepts(d, (aare, opening) => {
    const between = octets(opening)
    if (between === undefined) return aare
    const value = concat([Uint8Array.of(0x08), between, RESPONSE])
    return { ...aare, 'user-information': { is: 'octets', value } }
  })

/** Version 6, GET, 2048 octets, logical names. */
const RESPONSE = Uint8Array.of(0x06, 0x5f, 0x1f, 0x04, 0x00, 0x00, 0x00, 0x10, 0x08, 0x00, 0x00, 0x07)

export const initiateDefects: readonly Defect[] = [
  {
    id: 'initiate.pdu-size.unusable',
    breaks: ['initiate.pdu-size'],
    needs: 'any',
    says: 'The longest APDU that the server says it takes is shorter than any request.',
    apply: (d) => responds(d, () => ({ 'server-max-receive-pdu-size': 5 })),
  },
  {
    id: 'initiate.version.unchecked',
    breaks: ['initiate.dlms-version'],
    needs: 'any',
    says: 'A DLMS version below 6 is accepted.',
    apply: (d) => findsInInitiate(d, 'version', () => undefined),
  },
  {
    id: 'initiate.version.echoed',
    breaks: ['initiate.dlms-version'],
    needs: 'any',
    says: 'The DLMS version that is proposed comes back as negotiated.',
    apply: (d) =>
      responds(d, (_, opening) => ({
        'negotiated-dlms-version-number': proposalOf(opening)?.['proposed-dlms-version-number'] ?? 6,
      })),
  },
  {
    id: 'initiate.conformance.declared-granted',
    breaks: ['initiate.conformance'],
    needs: 'several-services',
    says: 'All that the association could have is granted, proposed or not.',
    apply: (d) => grants(d, (_, opening) => declared(opening)),
  },
  {
    id: 'initiate.conformance.proposed-granted',
    breaks: ['initiate.conformance'],
    needs: 'any',
    says: 'All that is proposed is granted, there or not.',
    apply: (d) => grants(d, (_, opening) => proposed(opening)),
  },
  {
    id: 'initiate.conformance.bit-missing',
    breaks: ['initiate.conformance', 'declaration.conformance'],
    needs: 'several-services',
    says: 'SET is never granted.',
    apply: (d) => grants(d, (granted) => granted.filter((bit) => bit !== 'set')),
  },
  {
    id: 'initiate.conformance.disjoint-accepted',
    breaks: ['initiate.conformance'],
    needs: 'any',
    says: 'A proposal with nothing in common is accepted.',
    apply: (d) => findsInInitiate(d, 'conformance', () => undefined),
  },
  {
    id: 'initiate.pdu-size.unchecked',
    breaks: ['initiate.pdu-size'],
    needs: 'any',
    says: 'Any PDU size of the client is accepted.',
    apply: (d) => findsInInitiate(d, 'pduSize', () => undefined),
  },
  {
    id: 'initiate.pdu-size.largest-rejected',
    breaks: ['initiate.pdu-size'],
    needs: 'any',
    fatal: true,
    says: 'A PDU size of 65535 is taken for -1, and rejected.',
    apply: (d) =>
      findsInInitiate(d, 'pduSize', (before, { initiate }) =>
        initiate['client-max-receive-pdu-size'] === 0xffff ? 'pdu-size-too-short' : before,
      ),
  },
  {
    id: 'initiate.pdu-size.none-rejected',
    breaks: ['initiate.pdu-size'],
    needs: 'any',
    says: 'A PDU size of 0 is rejected, though it means no limit.',
    apply: (d) =>
      findsInInitiate(d, 'pduSize', (before, { initiate }) =>
        initiate['client-max-receive-pdu-size'] === 0 ? 'pdu-size-too-short' : before,
      ),
  },
  {
    id: 'initiate.pdu-size.ignored',
    breaks: ['initiate.pdu-size', 'xdlms.client-pdu-size'],
    needs: 'any',
    says: 'Answers are as long as they come, whatever the client can take.',
    apply: (d) =>
      opens(d, (opened) =>
        opened.association === undefined
          ? opened
          : { ...opened, association: { ...opened.association, clientMaxPdu: 0 } },
      ),
  },
  {
    id: 'initiate.quality-of-service.rejected',
    breaks: ['initiate.quality-of-service'],
    needs: 'any',
    says: 'The octet of a quality of service is taken for the DLMS version.',
    apply: (d) =>
      findsInInitiate(d, 'version', (before, { initiate }) =>
        (initiate['proposed-quality-of-service'] ?? 6) < 6 ? 'dlms-version-too-low' : before,
      ),
  },
  {
    id: 'initiate.quality-of-service.shifts-the-answer',
    breaks: ['initiate.quality-of-service', 'acse.answer'],
    needs: 'any',
    says: 'A quality of service comes back without the octet that announces it.',
    apply: (d) =>
      inserts(d, (opening) => {
        const quality = proposalOf(opening)?.['proposed-quality-of-service']
        return quality === undefined ? undefined : Uint8Array.of(0x00, quality & 0xff)
      }),
  },
  {
    id: 'initiate.dedicated-key.echoed',
    breaks: ['initiate.dedicated-key', 'acse.answer'],
    needs: 'any',
    says: 'A dedicated key is accepted without ciphering, and stands in the InitiateResponse.',
    apply: (d) =>
      inserts(
        findsInInitiate(d, 'dedicatedKey', () => undefined),
        (opening) => {
          const key = proposalOf(opening)?.['dedicated-key']
          return key && concat([Uint8Array.of(0x01, key.length), key])
        },
      ),
  },
  {
    id: 'initiate.dedicated-key.not-served',
    breaks: ['initiate.dedicated-key'],
    needs: 'any',
    says: 'A dedicated key is accepted without ciphering, and plain services are refused from then on.',
    apply: (d) =>
      opens(
        findsInInitiate(d, 'dedicatedKey', () => undefined),
        (opened, opening) =>
          proposalOf(opening)?.['dedicated-key'] === undefined || opened.aare === undefined
            ? opened
            : { aare: opened.aare },
      ),
  },
]
