// Attributes that tell about the meter itself, read where an association lets them be read (IEC 62056-6-2).
import { encode } from '../codec/codec.ts'
import type { Services } from '../client/cosem-services.ts'
import type { Referencing } from '../client/services.ts'
import { data } from '../protocol/data/data.ts'
import type { CosemAttributeDescriptor } from '../protocol/xdlms/common.ts'
import type { Reading } from './findings.ts'

const attribute = (classId: number, instanceId: string, attributeId: number): CosemAttributeDescriptor => ({
  'class-id': classId,
  'instance-id': instanceId,
  'attribute-id': attributeId,
})

const HDLC_SETUP = '0.0.22.0.0.255'
const TCP_UDP_SETUP = '0.0.25.0.0.255'

export const READINGS = {
  'logical-device-name': attribute(1, '0.0.42.0.0.255', 2),
  'sap-assignment': attribute(17, '0.0.41.0.0.255', 2),
  'time-zone': attribute(8, '0.0.1.0.0.255', 3),
  'serial-number': attribute(1, '0.0.96.1.0.255', 2),
  firmware: attribute(1, '1.0.0.2.0.255', 2),
  'inter-octet-time-out': attribute(23, HDLC_SETUP, 7),
  'inactivity-time-out': attribute(23, HDLC_SETUP, 8),
  'device-address': attribute(23, HDLC_SETUP, 9),
  'nb-of-sim-conn': attribute(41, TCP_UDP_SETUP, 5),
  'tcp-inactivity-time-out': attribute(41, TCP_UDP_SETUP, 6),
} as const satisfies Readonly<Record<string, CosemAttributeDescriptor>>

export const OBJECT_LIST: Readonly<Record<Referencing, CosemAttributeDescriptor>> = {
  ln: attribute(15, '0.0.40.0.0.255', 2),
  sn: attribute(12, '0.0.40.0.0.255', 2),
}

/** Reads what can be read. `silent`: an answer did not come, or cannot be read; nothing more was asked then. */
export async function readAll(
  services: Services,
  context: Referencing,
): Promise<{ readonly values: readonly Reading[]; readonly silent: string | undefined }> {
  const values: Reading[] = []
  for (const [name, asked] of Object.entries({ 'object-list': OBJECT_LIST[context], ...READINGS })) {
    const outcome = await services.get({ attribute: asked })
    if (outcome.is === 'other' || outcome.is === 'broken') return { values, silent: name }
    if (outcome.is === 'done') values.push({ name, value: outcome.value, octets: encode(data, outcome.value).length })
  }
  return { values, silent: undefined }
}
