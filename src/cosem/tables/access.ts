// Interface classes for what a device offers, and who may have it.
import {
  array,
  bitString,
  boolean,
  choice,
  defined,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  flags,
  instanceSpecific,
  integer,
  logicalName,
  longUnsigned,
  octetString,
  octets,
  optional,
  structure,
  unsigned,
  utf8String,
  visibleString,
  within,
  type InterfaceClass,
} from '../definition.ts'
import { attributeReference, objectId, protectionParameters, restrictedObjects } from './shared.ts'

const certificateType = enumerated({ 0: 'digital signature', 1: 'key agreement', 2: 'TLS', 3: 'other' })

const certificateEntity = enumerated({ 0: 'server', 1: 'client', 2: 'certification authority', 3: 'other' })

const keyPair = enumerated({ 0: 'digital signature key pair', 1: 'key agreement key pair', 2: 'TLS key pair' })

const activationStatus = array(structure({ function_name: octetString, function_status: boolean }))

const keyId = enumerated({
  0: 'global unicast encryption key',
  1: 'global broadcast encryption key',
  2: 'authentication key',
  3: 'master key (KEK)',
})

const securityPolicy = enumerated({
  0: 'no security imposed',
  1: 'all messages to be authenticated',
  2: 'all messages to be encrypted',
  3: 'all messages to be authenticated and encrypted',
})

const entriesOfArray = structure({
  array_object_id: unsigned,
  entry_range: structure({ from_entry: longUnsigned, to_entry: longUnsigned }),
})

const sapAssignment = structure({
  SAP: within(longUnsigned, 0, 16383),
  logical_device_name: choice(octetString, visibleString, utf8String),
})

const keyTransfer = array(structure({ key_id: keyId, key_wrapped: octetString }))

const functionSpecification = structure({ function_name: octetString, function_specifications: array(objectId) })

const certificateIdentification = structure({
  certificate_identification_type: enumerated({ 0: 'by certificate entity', 1: 'by serial number' }),
  certificate_identification: choice(
    structure({ certificate_entity: certificateEntity, certificate_type: certificateType, system_title: octetString }),
    structure({ serial_number: octetString, issuer: octetString }),
  ),
})

export const accessClasses: readonly InterfaceClass[] = [
  defined(17, 0, 'SAP assignment', 'high', {
    snMethodOffset: 32,
    attributes: { SAP_assignment_list: array(sapAssignment) },
    methods: {
      connect_logical_device: optional(sapAssignment),
    },
  }),
  defined(18, 0, 'Image transfer', 'high', {
    snMethodOffset: 64,
    attributes: {
      image_block_size: doubleLongUnsigned,
      image_transferred_blocks_status: dynamic(bitString),
      image_first_not_transferred_block_number: dynamic(doubleLongUnsigned),
      image_transfer_enabled: boolean,
      image_transfer_status: dynamic(
        enumerated({
          0: 'image transfer not initiated',
          1: 'image transfer initiated',
          2: 'image verification initiated',
          3: 'image verification successful',
          4: 'image verification failed',
          5: 'image activation initiated',
          6: 'image activation successful',
          7: 'image activation failed',
        }),
      ),
      image_to_activate_info: dynamic(
        array(
          structure({
            image_to_activate_size: doubleLongUnsigned,
            image_to_activate_identification: octetString,
            image_to_activate_signature: octetString,
          }),
        ),
      ),
    },
    methods: {
      image_transfer_initiate: structure({ image_identifier: octetString, image_size: doubleLongUnsigned }),
      image_block_transfer: structure({ image_block_number: doubleLongUnsigned, image_block_value: octetString }),
      image_verify: integer,
      image_activate: integer,
    },
  }),
  defined(30, 0, 'Data protection', 'medium', {
    snMethodOffset: 48,
    attributes: {
      protection_buffer: dynamic(octetString),
      protection_object_list: restrictedObjects,
      protection_parameters_get: protectionParameters,
      protection_parameters_set: protectionParameters,
      required_protection: flags('enum', {
        0: 'not used',
        1: 'not used',
        2: 'authenticated request',
        3: 'encrypted request',
        4: 'digitally signed request',
        5: 'authenticated response',
        6: 'encrypted response',
        7: 'digitally signed response',
      }),
    },
    methods: {
      get_protected_attributes: optional(
        structure({ object_list: restrictedObjects, get_protection_parameters: protectionParameters }),
      ),
      set_protected_attributes: optional(
        structure({
          object_list: restrictedObjects,
          set_protection_parameters: protectionParameters,
          protected_attributes: octetString,
        }),
      ),
      invoke_protected_method: optional(
        structure({
          object_method: structure({ class_id: longUnsigned, logical_name: logicalName, method_index: integer }),
          protection_parameters: protectionParameters,
          protected_method_invocation_parameters: octetString,
        }),
      ),
    },
  }),
  defined(64, 0, 'Security setup', 'high', {
    snMethodOffset: 40,
    attributes: {
      security_policy: securityPolicy,
      security_suite: enumerated({ 0: 'AES-GCM-128 authenticated encryption, AES-128 key wrap' }, [1, 15, 'reserved']),
      client_system_title: dynamic(octets(0, 8)),
      server_system_title: octets(8),
    },
    methods: {
      security_activate: optional(securityPolicy),
      global_key_transfer: optional(keyTransfer),
    },
  }),
  defined(64, 1, 'Security setup', 'high', {
    snMethodOffset: 48,
    attributes: {
      security_policy: flags('enum', {
        0: 'unused',
        1: 'unused',
        2: 'authenticated request',
        3: 'encrypted request',
        4: 'digitally signed request',
        5: 'authenticated response',
        6: 'encrypted response',
        7: 'digitally signed response',
      }),
      security_suite: enumerated(
        {
          0: 'suite 0: AES-GCM-128',
          1: 'suite 1: AES-GCM-128, ECDSA/ECDH P-256, SHA-256',
          2: 'suite 2: AES-GCM-256, ECDSA/ECDH P-384, SHA-384',
        },
        [3, 15, 'reserved'],
      ),
      client_system_title: dynamic(octets(0, 8)),
      server_system_title: octets(8),
      certificates: dynamic(
        array(
          structure({
            certificate_entity: certificateEntity,
            certificate_type: certificateType,
            serial_number: octetString,
            issuer: octetString,
            subject: octetString,
            subject_alt_name: octetString,
          }),
        ),
      ),
    },
    methods: {
      security_activate: optional(enumerated({})),
      key_transfer: optional(keyTransfer),
      key_agreement: optional(array(structure({ key_id: keyId, key_data: octetString }))),
      generate_key_pair: optional(keyPair),
      generate_certificate_request: optional(keyPair),
      import_certificate: optional(octetString),
      export_certificate: optional(certificateIdentification),
      remove_certificate: optional(certificateIdentification),
    },
  }),
  defined(122, 0, 'Function control', 'high', {
    attributes: { activation_status: dynamic(activationStatus), function_list: array(functionSpecification) },
    methods: {
      set_function_status: activationStatus,
      add_function: optional(functionSpecification),
      remove_function: optional(functionSpecification),
    },
  }),
  defined(123, 0, 'Array manager', 'high', {
    attributes: {
      array_object_list: array(structure({ array_object_id: unsigned, array_object_definition: attributeReference })),
    },
    methods: {
      retrieve_number_of_entries: unsigned,
      retrieve_entries: optional(entriesOfArray),
      insert_entry: optional(
        structure({
          array_object_id: unsigned,
          insert_entry: structure({ insertion_point: longUnsigned, entry: instanceSpecific }),
        }),
      ),
      update_entry: optional(
        structure({
          array_object_id: unsigned,
          update_entry: structure({ entry_index: longUnsigned, entry: instanceSpecific }),
        }),
      ),
      remove_entries: optional(entriesOfArray),
    },
  }),
  defined(124, 0, 'Communication port protection', 'high', {
    attributes: {
      protection_mode: enumerated({ 0: 'locked', 1: 'locked on failed attempts', 2: 'unlocked' }),
      allowed_failed_attempts: longUnsigned,
      initial_lockout_time: doubleLongUnsigned,
      steepness_factor: unsigned,
      max_lockout_time: doubleLongUnsigned,
      port_reference: logicalName,
      protection_status: dynamic(enumerated({ 0: 'unlocked', 1: 'temporarily locked', 2: 'locked' })),
      failed_attempts: dynamic(doubleLongUnsigned),
      cumulative_failed_attempts: dynamic(doubleLongUnsigned),
    },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(170, 0, 'Attestation', 'low', {
    incomplete: true,
    attributes: {},
  }),
]
