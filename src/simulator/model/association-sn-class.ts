// Class 12, Association SN: what the client sees, by base names.
import type { Data } from '../../protocol/data/data.ts'
import type { AccessSelection, GetDataResult } from '../../protocol/xdlms/common.ts'
import type { ObjectDescription } from '../description.ts'
import { visibleObjects } from './access.ts'
import { accessRights } from './association-class.ts'
import type { Invocation, Invoked, SelectedAttribute } from './behaviour.ts'
import { changeSecret } from './change-secret.ts'
import { classOf, type Situation } from './classes.ts'
import { array, fieldsOf, logicalName, longUnsigned, nameOf, numberOf, octets, structure, unsigned } from './data.ts'
import { replyToHls } from './reply-to-hls.ts'
import { refused } from './selection/rules.ts'

const OBJECT_LIST = 2
const ACCESS_RIGHTS_LIST = 3
const SECURITY_SETUP_REFERENCE = 4
const NO_SECURITY_SETUP = '0.0.0.0.0.0'

export function associationSnAttribute(
  _object: ObjectDescription,
  attribute: number,
  situation: Situation,
): Data | undefined {
  switch (attribute) {
    case OBJECT_LIST:
      return array(objectList(situation))
    case ACCESS_RIGHTS_LIST:
      return array(
        named(situation).map(([baseName, object]) => structure(baseName, ...accessRights(object, situation))),
      )
    case SECURITY_SETUP_REFERENCE:
      return octets(logicalName(situation.association.client.securitySetup ?? NO_SECURITY_SETUP))
    default:
      return undefined
  }
}

/** Objects that have a base name. It is written as a long, and so above 7FFF as a negative number. */
const named = ({ description, association }: Situation): readonly (readonly [Data, ObjectDescription])[] =>
  visibleObjects(description, association).flatMap((object) => {
    const base = object['base-name']
    return base === undefined ? [] : [[{ is: 'long', value: (base << 16) >> 16 }, object]]
  })

const objectList = (situation: Situation): readonly Data[] =>
  situation.rules.objectList(
    named(situation).map(([baseName, object]) =>
      structure(
        baseName,
        longUnsigned(object['class-id']),
        unsigned(classOf(object, situation)?.version ?? 0),
        octets(logicalName(object['logical-name'])),
      ),
    ),
  )

const REPLY_TO_HLS_AUTHENTICATION = 8
const CHANGE_SECRET = 5

export function invokeAssociationSn(invocation: Invocation): Invoked | undefined {
  if (invocation.method === REPLY_TO_HLS_AUTHENTICATION) return replyToHls(invocation)
  return invocation.method === CHANGE_SECRET ? changeSecret(invocation) : undefined
}

const CLASS_ID = 1
const OBJECT_ID = 2

export function selectFromAssociationSn({
  attribute,
  selection,
  situation,
}: SelectedAttribute): GetDataResult | undefined {
  if (attribute !== OBJECT_LIST) return undefined
  const wanted = wantedBy(selection)
  if (wanted === undefined) return refused(isKnown(selection) ? 'type-unmatched' : 'other-reason')
  const all = objectList(situation)
  const chosen = all.filter((element) => {
    const [, classId, , name] = fieldsOf(element, 4) ?? []
    const isNamed = wanted.name === undefined || wanted.name === nameOf(name)
    return isNamed && wanted.classId === numberOf(classId, 'long-unsigned')
  })
  return { is: 'data', value: array(situation.rules.selection.objects(chosen, all)) }
}

const isKnown = ({ 'access-selector': selector }: AccessSelection): boolean => [CLASS_ID, OBJECT_ID].includes(selector)

interface Wanted {
  readonly classId: number
  readonly name?: string
}

/** Undefined: an unknown selector, or parameters of another type. */
function wantedBy({
  'access-selector': selector,
  'access-parameters': parameters,
}: AccessSelection): Wanted | undefined {
  const fields = fieldsOf(parameters, 2)
  const classId = numberOf(selector === CLASS_ID ? parameters : fields?.[0], 'long-unsigned')
  const name = nameOf(fields?.[1])
  if (classId === undefined) return undefined
  if (selector === CLASS_ID) return { classId }
  return selector === OBJECT_ID && name !== undefined ? { classId, name } : undefined
}
