// Class 15, Association LN: each client sees its own association as 0.0.40.0.0.255.
import type { Data } from '../../protocol/data/data.ts'
import { CONFORMANCE } from '../../protocol/xdlms/conformance.ts'
import type { GetDataResult } from '../../protocol/xdlms/common.ts'
import type { ObjectDescription } from '../description.ts'
import { attributeRight, methodRight, visibleObjects } from './access.ts'
import type { Invocation, Invoked, SelectedAttribute } from './behaviour.ts'
import { changeSecret } from './change-secret.ts'
import { classOf, type Situation } from './classes.ts'
import {
  array,
  enumerated,
  integer,
  logicalName,
  longUnsigned,
  nothing,
  octets,
  structure,
  text,
  unsigned,
} from './data.ts'
import { contextName, mechanismName } from './names.ts'
import { replyToHls } from './reply-to-hls.ts'
import { selectObjects } from './selection/object-list.ts'

const OBJECT_LIST = 2
const ASSOCIATED = 2
const DLMS_VERSION = 6
const NO_SECURITY_SETUP = '0.0.0.0.0.0'

export function associationAttribute(
  _object: ObjectDescription,
  attribute: number,
  situation: Situation,
): Data | undefined {
  const { association, description } = situation
  switch (attribute) {
    case OBJECT_LIST:
      return array(objectList(situation))
    case 3:
      return structure(integer(association.client.sap), longUnsigned(association.device.sap))
    case 4:
      return octets(contextName(association.client.ciphered ?? false))
    case 5:
      return structure(
        {
          is: 'bit-string',
          value: CONFORMANCE.map((bit) => (association.conformance.includes(bit) ? '1' : '0')).join(''),
        },
        longUnsigned(description.maxReceivePduSize),
        longUnsigned(association.clientMaxPdu),
        unsigned(DLMS_VERSION),
        integer(0),
        octets(new Uint8Array(0)),
      )
    case 6:
      return octets(mechanismName(association.client.mechanism))
    case 7:
      return octets(new Uint8Array(0))
    case 8:
      return enumerated(ASSOCIATED)
    case 9:
      return octets(logicalName(association.client.securitySetup ?? NO_SECURITY_SETUP))
    case 10:
      return array((association.client.users ?? []).map((id) => structure(unsigned(id), text(`user ${id}`))))
    case 11:
      return structure(unsigned(0), text(''))
    default:
      return undefined
  }
}

const objectList = (situation: Situation): readonly Data[] =>
  situation.rules.objectList(
    visibleObjects(situation.description, situation.association).map((each) => listed(each, situation)),
  )

export const selectFromAssociation = ({
  attribute,
  selection,
  situation,
}: SelectedAttribute): GetDataResult | undefined =>
  attribute === OBJECT_LIST ? selectObjects(situation.rules.selection, objectList(situation), selection) : undefined

const REPLY_TO_HLS_AUTHENTICATION = 1
const CHANGE_HLS_SECRET = 2

export function invokeAssociation(invocation: Invocation): Invoked | undefined {
  if (invocation.method === REPLY_TO_HLS_AUTHENTICATION) return replyToHls(invocation)
  return invocation.method === CHANGE_HLS_SECRET ? changeSecret(invocation) : undefined
}

/** One element of object_list: what the object is, and what this client may do with it. */
function listed(object: ObjectDescription, situation: Situation): Data {
  return structure(
    longUnsigned(object['class-id']),
    unsigned(classOf(object, situation)?.version ?? 0),
    octets(logicalName(object['logical-name'])),
    structure(...accessRights(object, situation)),
  )
}

/** attribute_access and method_access. */
export function accessRights(object: ObjectDescription, situation: Situation): readonly Data[] {
  const { association, rules } = situation
  const { attributes = [], methods = [] } = classOf(object, situation) ?? {}
  return [
    array(
      attributes.map(({ id }) =>
        structure(
          integer(id),
          enumerated(attributeRight(rules.listedAccess, object, id, association)),
          accessSelectors(object, id, situation),
        ),
      ),
    ),
    array(
      methods.map(({ id }) =>
        structure(integer(id), enumerated(methodRight(rules.listedAccess, object, id, association))),
      ),
    ),
  ]
}

/** Classes of which this meter has the selectors. */
const SELECTIVE = [7, 12, 15]

function accessSelectors(object: ObjectDescription, attribute: number, situation: Situation): Data {
  const selectors = classOf(object, situation)?.selectiveAccess.filter((each) => each.attribute === attribute) ?? []
  return SELECTIVE.includes(object['class-id']) && selectors.length > 0
    ? array(selectors.map(({ selector }) => integer(selector)))
    : nothing
}
