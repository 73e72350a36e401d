// Interface classes for limits, sensors and the supply control.
import {
  array,
  bcd,
  bitString,
  boolean,
  choice,
  dateTime,
  defined,
  doubleLong,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  float32,
  float64,
  instanceSpecific,
  integer,
  logicalName,
  long,
  long64,
  long64Unsigned,
  longUnsigned,
  nullData,
  octetString,
  optional,
  structure,
  taggedDate,
  taggedDateTime,
  taggedTime,
  tolerating,
  unsigned,
  utf8String,
  visibleString,
  type InterfaceClass,
} from '../definition.ts'
import { attributeReference, scalerUnit, scriptReference, simpleValue, statusValue } from './shared.ts'

const controlState = enumerated({ 0: 'disconnected', 1: 'connected', 2: 'ready for reconnection' })

const controlMode = enumerated({
  0: 'none (always connected)',
  1: 'mode 1',
  2: 'mode 2',
  3: 'mode 3',
  4: 'mode 4',
  5: 'mode 5',
  6: 'mode 6',
  7: 'mode 7',
})

const changedParameter = structure({
  class_id: longUnsigned,
  logical_name: logicalName,
  attribute_index: integer,
  attribute_value: instanceSpecific,
})

const thresholdActions = array(structure({ action_up: scriptReference, action_down: scriptReference }))

const threshold = choice(
  nullData,
  boolean,
  bitString,
  doubleLong,
  doubleLongUnsigned,
  octetString,
  visibleString,
  utf8String,
  bcd,
  integer,
  long,
  unsigned,
  longUnsigned,
  long64,
  long64Unsigned,
  enumerated({}),
  float32,
  float64,
  taggedDateTime,
  taggedDate,
  taggedTime,
)

const parameterMonitor0 = {
  changed_parameter: dynamic(changedParameter),
  capture_time: dynamic(tolerating(taggedDateTime, 'octet-string')),
  parameter_list: array(attributeReference),
}

const disconnectControl1 = {
  output_state: dynamic(boolean),
  control_state: dynamic(controlState),
  control_mode: controlMode,
}

export const monitoringClasses: readonly InterfaceClass[] = [
  defined(21, 0, 'Register monitor', 'high', {
    attributes: { thresholds: array(threshold), monitored_value: attributeReference, actions: thresholdActions },
  }),
  defined(65, 0, 'Parameter monitor', 'high', {
    snMethodOffset: 32,
    attributes: parameterMonitor0,
    methods: {
      add_parameter: optional(attributeReference),
      delete_parameter: optional(attributeReference),
    },
  }),
  defined(65, 1, 'Parameter monitor', 'medium', {
    attributes: {
      ...parameterMonitor0,
      parameter_list_name: octetString,
      hash_algorithm_id: enumerated({}),
      parameter_value_digest: dynamic(octetString),
      parameter_values: dynamic(structure({})),
    },
    methods: {
      add_parameter: optional(attributeReference),
      delete_parameter: optional(attributeReference),
    },
  }),
  defined(66, 0, 'Measurement data monitoring objects', 'low', {
    incomplete: true,
    attributes: {},
  }),
  defined(67, 0, 'Sensor manager', 'medium', {
    attributes: {
      serial_number: optional(dynamic(octetString)),
      metrological_identification: optional(dynamic(octetString)),
      output_type: optional(
        dynamic(
          enumerated(
            {
              0: 'not specified',
              1: '4 to 20 mA',
              2: '0 to 20 mA',
              3: '0 to 5 V',
              4: '0 to 10 V',
              5: 'Pt100',
              6: 'Pt500',
              7: 'Pt1000',
            },
            [128, 255, 'manufacturer specific'],
          ),
        ),
      ),
      adjustment_method: optional(dynamic(octetString)),
      sealing_method: optional(dynamic(enumerated({}))),
      raw_value: optional(dynamic(simpleValue)),
      scaler_unit: optional(dynamic(scalerUnit)),
      status: optional(dynamic(statusValue)),
      capture_time: optional(dynamic(tolerating(taggedDateTime, 'octet-string'))),
      raw_value_thresholds: optional(dynamic(array(threshold))),
      raw_value_actions: optional(dynamic(thresholdActions)),
      processed_value: optional(dynamic(attributeReference)),
      processed_value_thresholds: optional(dynamic(array(threshold))),
      processed_value_actions: optional(dynamic(thresholdActions)),
    },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(68, 0, 'Arbitrator', 'high', {
    attributes: {
      actions: array(scriptReference),
      permissions_table: array(bitString),
      weightings_table: array(array(longUnsigned)),
      most_recent_requests_table: dynamic(array(bitString)),
      last_outcome: dynamic(unsigned),
    },
    methods: {
      request_action: structure({ request_actor: unsigned, request_action_list: bitString }),
      reset: optional(integer),
    },
  }),
  defined(70, 0, 'Disconnect control', 'high', {
    snMethodOffset: 32,
    attributes: {
      output_state: dynamic(boolean),
      control_state: dynamic(controlState),
      control_mode: enumerated({
        0: 'none (always connected)',
        1: 'mode 1',
        2: 'mode 2',
        3: 'mode 3',
        4: 'mode 4',
        5: 'mode 5',
        6: 'mode 6',
      }),
    },
    methods: {
      remote_disconnect: integer,
      remote_reconnect: integer,
    },
  }),
  defined(70, 1, 'Disconnect control', 'low', {
    // It has the attributes of version 0 and so the same short names.
    snMethodOffset: 32,
    attributes: disconnectControl1,
    methods: {
      remote_disconnect: integer,
      remote_reconnect: integer,
    },
  }),
  defined(70, 2, 'Disconnect control', 'low', {
    incomplete: true,
    attributes: { ...disconnectControl1 },
    methods: {
      remote_disconnect: integer,
      remote_reconnect: integer,
    },
  }),
  defined(71, 0, 'Limiter', 'high', {
    attributes: {
      monitored_value: attributeReference,
      threshold_active: dynamic(threshold),
      threshold_normal: threshold,
      threshold_emergency: threshold,
      min_over_threshold_duration: doubleLongUnsigned,
      min_under_threshold_duration: doubleLongUnsigned,
      emergency_profile: structure({
        emergency_profile_id: longUnsigned,
        emergency_activation_time: dateTime,
        emergency_duration: doubleLongUnsigned,
      }),
      emergency_profile_group_id_list: array(longUnsigned),
      emergency_profile_active: dynamic(boolean),
      actions: structure({ action_over_threshold: scriptReference, action_under_threshold: scriptReference }),
    },
  }),
]
