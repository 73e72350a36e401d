// For tests: the model of a meter with one Security setup and its counter object, as a client with all rights to both sees it.
import type { AccessDescription, SecretDescription, SecuritySetupDescription } from '../description.ts'
import { octetsOf } from '../dialogue.ts'
import type { Situation } from './classes.ts'
import { conformantModel, type ModelRules } from './rules.ts'
import { situationOf } from './situation.ts'

export const SETUP = '0.0.43.0.7.255'
/** The key encryption key of the vector kw-mk. */
export const MASTER = '00112233445566778899AABBCCDDEEFF'
export const UNICAST = 'A0A1A2A3A4A5A6A7A8A9AAABACADAEAF'
export const AUTHENTICATION = 'D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF'
/** Titles and keys of the worked example of key_agreement: the client's public key, and a private one for the server. */
const SERVER_TITLE = '4D4D4D0000000001'
export const CLIENT_TITLE = '4D4D4D0000BC614E'
const CLIENT_SIGNING =
  'BAAFFDE06A8CB1C9DAE8D94023C601DBBB249254BA22EDD827E820BCA2BCC64362FBB83D86A82B87BB8B7161D2AAB5521911A946B97A284A90F7785CD9047D25'
export const SERVER_SIGNING = 'C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721'

export function securedSituation(
  setup: Partial<SecuritySetupDescription> = {},
  secrets: Readonly<Record<string, SecretDescription>> = {},
  rules: ModelRules = conformantModel,
): Situation {
  const situation = situationOf('reference', 'management', rules)
  const access: AccessDescription = { read: 'all', write: [2], invoke: [1, 2, 3, 4, 5, 6, 7, 8] }
  const common = { devices: ['management'], access: { management: access } }
  return {
    ...situation,
    description: {
      ...situation.description,
      systemTitle: SERVER_TITLE,
      secrets: {
        unicast: { hex: UNICAST },
        authentication: { hex: AUTHENTICATION },
        master: { hex: MASTER },
        'server-signing': { hex: SERVER_SIGNING },
        'client-signing': { hex: CLIENT_SIGNING },
        ...secrets,
      },
      securitySetups: {
        [SETUP]: {
          version: 0,
          suite: 0,
          policy: 0,
          dedicatedKeys: false,
          keys: {
            'global-unicast-encryption-key': 'unicast',
            'authentication-key': 'authentication',
            'master-key': 'master',
            'signing-key': 'server-signing',
          },
          clientKeys: { 'signing-key': 'client-signing' },
          ...setup,
        },
      },
      objects: [
        { 'class-id': 64, 'logical-name': SETUP, ...common },
        { 'class-id': 1, 'logical-name': '0.0.43.1.7.255', ...common },
      ],
    },
    association: {
      ...situation.association,
      client: { ...situation.association.client, securitySetup: SETUP },
      clientTitle: octetsOf(CLIENT_TITLE),
    },
  }
}
