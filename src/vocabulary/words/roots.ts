// What references may begin with, and the fields below.
import type { Words } from '../../language/words.ts'
import { LINK_PARAMETERS } from '../../protocol/hdlc/negotiate.ts'
import { SECURITY_FIELDS } from '../declared-security.ts'

const ADDRESS_ROOT = ['no-station', 'all-station', 'calling'] as const
const CLIENT = [
  'name',
  'role',
  'sap',
  'mechanism',
  'context',
  'devices',
  'secret',
  'conformance',
  'services',
  'referencing.*',
  'opening.*',
  'users',
  'users.*',
  'ciphered',
  ...SECURITY_FIELDS,
]
const TIMES = [
  'responseMs',
  'interOctetMs',
  'interFrameMs',
  'inactivityMs',
  'signOffMs',
  'lockoutMs',
  'tcpInactivityMs',
  'signOnReactionMs',
  'signOnReactionMs.*',
]

export const ROOTS: Words['roots'] = {
  testing: {
    fields: [
      ...TIMES.map((name) => `timing.${name}`),
      'objects.*',
      'signOn.*',
      'push.*',
      'image.*',
      'certificateAuthority',
      'images.*',
      'endurance.*',
      'clients.*',
    ],
  },
  supports: {
    fields: ['hdlc.*', 'signOn.*', 'wrapper.*', 'association.*', 'security.*', 'services.*', 'contexts', 'mechanisms'],
  },
  devices: { fields: 'any' },
  /** What the declaration says by `identification`. */
  nameplate: { fields: 'any' },
  addresses: { fields: [] },
  port: { fields: ['name', 'profile', 'url', 'baud', 'format', 'timing.*'] },
  unassigned: { fields: ['upper', 'lower', 'wport', 'upper-like-own', 'lower-like-own', 'wport-like-own'] },
  reserved: { fields: ['upper', 'lower', 'address'].flatMap((part) => ADDRESS_ROOT.map((name) => `${part}.${name}`)) },
  client: { fields: CLIENT },
  device: { fields: ['name', 'upper', 'sap', 'address'] },
  link: { fields: ['mode', 'v-s', 'v-r', ...LINK_PARAMETERS, 'server-address', 'client-address'] },
  association: {
    fields: [
      'proposed-conformance',
      'client-max-receive-pdu-size',
      'negotiated-conformance',
      'services',
      'server-max-receive-pdu-size',
      'responding-ap-title',
    ],
  },
  identification: {
    fields: ['manufacturer', 'baud-rate-identification', 'identification', 'offers-hdlc', 'baud', 'least-reaction-ms'],
  },
}
