// Association LN: the rights and secrets of a client that uses logical names.
import {
  array,
  bits,
  boolean,
  choice,
  defined,
  dynamic,
  enumerated,
  integer,
  logicalName,
  longUnsigned,
  nullData,
  octetString,
  optional,
  structure,
  unsigned,
  within,
  type InterfaceClass,
} from '../definition.ts'
import { attributeAccess, attributeAccessFlags, methodAccess, methodAccessFlags, objectId, user } from './shared.ts'

const associationStatus = enumerated({ 0: 'non-associated', 1: 'association-pending', 2: 'associated' })

const associatedPartnersId = structure({
  client_SAP: within(integer, 0, 127),
  server_SAP: within(longUnsigned, 0, 16383),
})

const xDLMSContextInfo = structure({
  conformance: bits(24),
  max_receive_pdu_size: longUnsigned,
  max_send_pdu_size: longUnsigned,
  dlms_version_number: unsigned,
  quality_of_service: integer,
  cyphering_info: octetString,
})

const applicationContextName = choice(
  structure({
    joint_iso_ctt_element: unsigned,
    country_element: unsigned,
    country_name_element: longUnsigned,
    identified_organization_element: unsigned,
    DLMS_UA_element: unsigned,
    application_context_element: unsigned,
    context_id_element: within(unsigned, 1, 4),
  }),
  octetString,
)

const authenticationMechanismName = choice(
  structure({
    joint_iso_ctt_element: unsigned,
    country_element: unsigned,
    country_name_element: longUnsigned,
    identified_organization_element: unsigned,
    DLMS_UA_element: unsigned,
    authentication_mechanism_name_element: unsigned,
    mechanism_id_element: within(unsigned, 0, 7),
  }),
  octetString,
)

const objectVersion0 = structure({
  class_id: longUnsigned,
  version: unsigned,
  logical_name: logicalName,
  access_rights: structure({
    attribute_access: array(
      structure({
        attribute_id: integer,
        access_mode: enumerated({ 0: 'no_access', 1: 'read_only', 2: 'write_only', 3: 'read_and_write' }),
        access_selectors: choice(nullData, array(integer)),
      }),
    ),
    method_access: array(structure({ method_id: integer, access_mode: boolean })),
  }),
})

const objectVersion1 = structure({
  class_id: longUnsigned,
  version: unsigned,
  logical_name: logicalName,
  access_rights: structure({ attribute_access: attributeAccess, method_access: methodAccess }),
})

const objectVersion3 = structure({
  class_id: longUnsigned,
  version: unsigned,
  logical_name: logicalName,
  access_rights: structure({ attribute_access: attributeAccessFlags, method_access: methodAccessFlags }),
})

const associationLN1 = {
  object_list: array(objectVersion1),
  associated_partners_id: associatedPartnersId,
  application_context_name: applicationContextName,
  xDLMS_context_info: xDLMSContextInfo,
  authentication_mechanism_name: authenticationMechanismName,
  secret: octetString,
  association_status: dynamic(associationStatus),
  security_setup_reference: logicalName,
}

const associationLN2 = { ...associationLN1, user_list: array(user), current_user: dynamic(user) }

export const associationLnClasses: readonly InterfaceClass[] = [
  defined(15, 0, 'Association LN', 'high', {
    snMethodOffset: 96,
    attributes: {
      object_list: array(objectVersion0),
      associated_partners_id: associatedPartnersId,
      application_context_name: applicationContextName,
      xDLMS_context_info: xDLMSContextInfo,
      authentication_mechanism_name: authenticationMechanismName,
      LLS_secret: octetString,
      association_status: dynamic(associationStatus),
    },
    methods: {
      reply_to_HLS_authentication: optional(octetString),
      change_HLS_secret: optional(octetString),
      add_object: optional(objectVersion0),
      remove_object: optional(objectVersion0),
    },
    selectiveAccess: [
      { attribute: 2, selector: 1, name: 'all without access_rights', parameter: nullData },
      { attribute: 2, selector: 2, name: 'class_list', parameter: array(longUnsigned) },
      { attribute: 2, selector: 3, name: 'object_id_list', parameter: array(objectId) },
      { attribute: 2, selector: 4, name: 'object_id', parameter: objectId },
    ],
  }),
  defined(15, 1, 'Association LN', 'high', {
    snMethodOffset: 96,
    attributes: associationLN1,
    methods: {
      reply_to_HLS_authentication: optional(octetString),
      change_HLS_secret: optional(octetString),
      add_object: optional(objectVersion1),
      remove_object: optional(objectVersion1),
    },
    selectiveAccess: [
      { attribute: 2, selector: 1, name: 'all without access_rights', parameter: nullData },
      { attribute: 2, selector: 2, name: 'class_list', parameter: array(longUnsigned) },
      { attribute: 2, selector: 3, name: 'object_id_list', parameter: array(objectId) },
      { attribute: 2, selector: 4, name: 'object_id', parameter: objectId },
    ],
  }),
  defined(15, 2, 'Association LN', 'high', {
    snMethodOffset: 96,
    attributes: associationLN2,
    methods: {
      reply_to_HLS_authentication: optional(octetString),
      change_HLS_secret: optional(octetString),
      add_object: optional(objectVersion1),
      remove_object: optional(objectVersion1),
      add_user: optional(user),
      remove_user: optional(user),
    },
    selectiveAccess: [
      { attribute: 2, selector: 1, name: 'all without access_rights', parameter: nullData },
      { attribute: 2, selector: 2, name: 'class_list', parameter: array(longUnsigned) },
      { attribute: 2, selector: 3, name: 'object_id_list', parameter: array(objectId) },
      { attribute: 2, selector: 4, name: 'object_id', parameter: objectId },
    ],
  }),
  defined(15, 3, 'Association LN', 'high', {
    snMethodOffset: 96,
    attributes: { ...associationLN2, object_list: array(objectVersion3) },
    methods: {
      reply_to_HLS_authentication: optional(octetString),
      change_HLS_secret: optional(octetString),
      add_object: optional(objectVersion3),
      remove_object: optional(objectVersion3),
      add_user: optional(user),
      remove_user: optional(user),
    },
    selectiveAccess: [
      { attribute: 2, selector: 1, name: 'all without access_rights', parameter: nullData },
      { attribute: 2, selector: 2, name: 'class_list', parameter: array(longUnsigned) },
      { attribute: 2, selector: 3, name: 'object_id_list', parameter: array(objectId) },
      { attribute: 2, selector: 4, name: 'object_id', parameter: objectId },
    ],
  }),
]
