// Association SN: the rights and secrets of a client that uses short names.
import {
  array,
  at,
  defined,
  dynamic,
  logicalName,
  long,
  longUnsigned,
  octetString,
  optional,
  structure,
  unsigned,
  type InterfaceClass,
} from '../definition.ts'
import {
  attributeAccess,
  attributeAccessFlags,
  attributeReference,
  methodAccess,
  methodAccessFlags,
  objectId,
  user,
} from './shared.ts'

const objectList = array(
  structure({ base_name: long, class_id: longUnsigned, version: unsigned, logical_name: logicalName }),
)

const accessRights = array(
  structure({ base_name: long, attribute_access: attributeAccess, method_access: methodAccess }),
)

const associationSN2 = {
  object_list: objectList,
  access_rights_list: accessRights,
  security_setup_reference: logicalName,
}

const associationSN3 = { ...associationSN2, user_list: array(user), current_user: dynamic(user) }

export const associationSnClasses: readonly InterfaceClass[] = [
  defined(12, 0, 'Association SN', 'low', {
    snMethodOffset: 32,
    attributes: { object_list: objectList },
    methods: {
      getlist_by_classid: optional(longUnsigned),
      getobj_by_logicalname: optional(objectId),
      read_by_logicalname: optional(array(attributeReference)),
      get_attributes_and_methods: optional(array(objectId)),
      change_LLS_secret: optional(octetString),
      change_HLS_secret: optional(octetString),
      reply_to_HLS_authentication: at(8, optional(octetString)),
    },
  }),
  defined(12, 1, 'Association SN', 'medium', {
    snMethodOffset: 32,
    attributes: { object_list: objectList },
    methods: {
      getlist_by_classid: optional(longUnsigned),
      getobj_by_logicalname: optional(objectId),
      read_by_logicalname: optional(array(attributeReference)),
      get_attributes_and_methods: optional(array(objectId)),
      change_LLS_secret: optional(octetString),
      change_HLS_secret: optional(octetString),
      reply_to_HLS_authentication: at(8, optional(octetString)),
    },
    selectiveAccess: [
      { attribute: 2, selector: 1, name: 'class_id', parameter: longUnsigned },
      { attribute: 2, selector: 2, name: 'object_id', parameter: objectId },
    ],
  }),
  defined(12, 2, 'Association SN', 'medium', {
    snMethodOffset: 32,
    attributes: associationSN2,
    methods: {
      read_by_logicalname: at(3, optional(array(attributeReference))),
      change_secret: at(5, optional(octetString)),
      reply_to_HLS_authentication: at(8, optional(octetString)),
    },
    selectiveAccess: [
      { attribute: 2, selector: 1, name: 'class_id', parameter: longUnsigned },
      { attribute: 2, selector: 2, name: 'object_id', parameter: objectId },
    ],
  }),
  defined(12, 3, 'Association SN', 'medium', {
    snMethodOffset: 32,
    attributes: associationSN3,
    methods: {
      read_by_logicalname: at(3, optional(array(attributeReference))),
      change_secret: at(5, optional(octetString)),
      reply_to_HLS_authentication: at(8, optional(octetString)),
      add_user: optional(user),
      remove_user: optional(user),
    },
    selectiveAccess: [
      { attribute: 2, selector: 1, name: 'class_id', parameter: longUnsigned },
      { attribute: 2, selector: 2, name: 'object_id', parameter: objectId },
    ],
  }),
  defined(12, 4, 'Association SN', 'medium', {
    snMethodOffset: 32,
    attributes: {
      ...associationSN3,
      access_rights_list: array(
        structure({ base_name: long, attribute_access: attributeAccessFlags, method_access: methodAccessFlags }),
      ),
    },
    methods: {
      read_by_logicalname: at(3, optional(array(attributeReference))),
      change_secret: at(5, optional(octetString)),
      reply_to_HLS_authentication: at(8, optional(octetString)),
      add_user: optional(user),
      remove_user: optional(user),
    },
    selectiveAccess: [
      { attribute: 2, selector: 1, name: 'class_id', parameter: longUnsigned },
      { attribute: 2, selector: 2, name: 'object_id', parameter: objectId },
    ],
  }),
]
