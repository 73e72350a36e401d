// What a client reaches through another object, or after another's change, and may not reach itself (IEC 62056-6-2, access_rights).
import type { Data } from '../../../protocol/data/data.ts'
import { changeModel, type Defect } from '../defect.ts'

const PUSH_SETUP = 40
const SEND_DESTINATION_AND_METHOD = 3

const DESTINATION = 1
const SHORT = 16

const cut = (value: Data): Data =>
  value.is === 'structure'
    ? {
        ...value,
        value: value.value.map((field, at) =>
          at === DESTINATION && field.is === 'octet-string'
            ? { ...field, value: field.value.subarray(0, SHORT) }
            : field,
        ),
      }
    : value

export const indirectDefects: readonly Defect[] = [
  {
    id: 'access.indirect.captured',
    aliases: ['capture_bypass_rights'],
    breaks: ['access.indirect'],
    needs: 'any',
    says: 'A profile captures whatever a client has written to its columns.',
    apply: (d) => changeModel(d, () => ({ mayCapture: () => true })),
  },
  {
    id: 'access.indirect.pushed',
    breaks: ['access.indirect'],
    needs: 'any',
    says: 'A client has attributes pushed that it may not read.',
    apply: (d) => changeModel(d, () => ({ mayPush: () => true })),
  },
  {
    id: 'access.indirect.scripted',
    breaks: ['access.indirect'],
    needs: 'any',
    says: 'A script that a client has written does what the client may not do.',
    apply: (d) => changeModel(d, () => ({ mayScript: () => true })),
  },
  {
    id: 'access.push-redirected',
    aliases: ['push_dest_open'],
    breaks: ['cosem.access-rights'],
    needs: 'any',
    says: 'Whoever sees a Push setup may write where it sends.',
    apply: (d) =>
      changeModel(d, ({ access }) => ({
        access: {
          ...access,
          mayWrite: (object, id, association) =>
            (object['class-id'] === PUSH_SETUP && id === SEND_DESTINATION_AND_METHOD) ||
            access.mayWrite(object, id, association),
        },
      })),
  },
  {
    id: 'push.destination-cut',
    breaks: ['cosem.attribute.set'],
    remark: true,
    needs: 'any',
    says: 'Of the destination of a Push setup 16 octets are kept.',
    apply: (d) => changeModel(d, () => ({ destinationKept: cut })),
  },
  {
    id: 'hls.secret-never-changed',
    breaks: ['hls.secret'],
    needs: 'any',
    says: 'A new HLS secret succeeds, and the old one stays in use.',
    apply: (d) => changeModel(d, () => ({ keepsSecret: false })),
  },
  {
    id: 'hls.secret-empty',
    aliases: ['hls_empty_secret'],
    breaks: ['hls.secret'],
    needs: 'any',
    says: 'A new HLS secret of no octets is taken.',
    apply: (d) => changeModel(d, ({ isSecret }) => ({ isSecret: (secret) => secret.length === 0 || isSecret(secret) })),
  },
]
