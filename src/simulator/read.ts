// A description as it stands in a file → a description, or what is wrong with it: shape first, then what its names refer to.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { fromJson } from '../codec/codec.ts'
import { fail, ok, type Result, type Value } from '../codec/value.ts'
import { data } from '../protocol/data/data.ts'
import type { Mechanism, MeterDescription, PortDescription } from './description.ts'
import { named, type DescriptionFailure } from './description-failure.ts'
import { securityFailures } from './read-security.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/simulated-meter.schema.json', import.meta.url), 'utf8'),
) as object
const conforms = new Ajv2020({
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allErrors: true,
}).compile<MeterDescription>(schema)

export function readDescription(value: unknown): Result<MeterDescription, readonly DescriptionFailure[]> {
  if (!conforms(value)) {
    const failures = (conforms.errors ?? []).map(({ instancePath, message = '', params }) => ({
      path: instancePath,
      expected: message,
      found: JSON.stringify(params),
    }))
    return fail(failures)
  }
  const failures = [
    ...clientFailures(value),
    ...securityFailures(value),
    ...portFailures(value),
    ...objectFailures(value),
  ]
  return failures.length === 0 ? ok(value) : fail(failures)
}

const isData = (path: string, value: Value): readonly DescriptionFailure[] => {
  const read = fromJson(data, value)
  return read.ok
    ? []
    : [{ path: `${path}/${read.failure.path}`, expected: read.failure.expected, found: read.failure.found }]
}

/** Mechanisms with a password, or an HLS secret. */
const WITH_SECRET: readonly Mechanism[] = ['lls', 'hls-2', 'hls-md5', 'hls-sha1', 'hls-sha256']

const clientFailures = ({ clients, devices, secrets }: MeterDescription): readonly DescriptionFailure[] =>
  Object.entries(clients).flatMap(([name, client]) => [
    ...client.devices.flatMap((device, index) => named(`/clients/${name}/devices/${index}`, device, devices)),
    ...(WITH_SECRET.includes(client.mechanism) ? named(`/clients/${name}/secret`, client.secret ?? '', secrets) : []),
  ])

const portFailures = (meter: MeterDescription): readonly DescriptionFailure[] =>
  Object.entries(meter.ports).flatMap(([name, port]) => onePort(`/ports/${name}`, port, meter))

function onePort(
  path: string,
  port: PortDescription,
  { clients, devices, secrets }: MeterDescription,
): readonly DescriptionFailure[] {
  if (port.kind !== 'serial') {
    return port.carries === 'hdlc' && port.hdlc === undefined
      ? [{ path, expected: 'hdlc, for it carries HDLC', found: 'none' }]
      : []
  }
  const { signOn, push } = port
  return [
    ...(signOn?.offersHdlc === true && port.hdlc === undefined
      ? [{ path, expected: 'hdlc, for mode E offers it', found: 'none' }]
      : []),
    ...(signOn?.programming === undefined
      ? []
      : named(`${path}/signOn/programming/secret`, signOn.programming.secret, secrets)),
    ...(push === undefined
      ? []
      : [
          ...named(`${path}/push/client`, push.client, clients),
          ...named(`${path}/push/device`, push.device, devices),
          ...isData(`${path}/push/body`, push.body),
        ]),
  ]
}

const objectFailures = ({
  objects,
  devices,
  clients,
  ports,
  secrets,
}: MeterDescription): readonly DescriptionFailure[] =>
  objects.flatMap((object, index) => {
    const path = `/objects/${index}`
    return [
      ...object.devices.flatMap((device) => named(`${path}/devices`, device, devices)),
      ...Object.keys(object.access).flatMap((client) => named(`${path}/access`, client, clients)),
      ...(object.push === undefined ? [] : named(`${path}/push/client`, object.push.client, clients)),
      ...(object.image === undefined ? [] : named(`${path}/image/secret`, object.image.secret, secrets)),
      ...(object.port === undefined ? [] : named(`${path}/port`, object.port, ports)),
      ...Object.entries(object.attributes ?? {}).flatMap(([attribute, value]) =>
        isData(`${path}/attributes/${attribute}`, value),
      ),
      ...(object.profile?.rows ?? []).flatMap((row, at) => isData(`${path}/profile/rows/${at}`, row)),
    ]
  })
