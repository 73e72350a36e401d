// Interface classes for data storage.
import {
  array,
  bitString,
  choice,
  compactArray,
  dateTime,
  defined,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  instanceSpecific,
  integer,
  logicalName,
  long64Unsigned,
  longUnsigned,
  octetString,
  optional,
  structure,
  unsigned,
  utf8String,
  visibleString,
  within,
  type InterfaceClass,
} from '../definition.ts'
import { captureObject, objectId, restrictedColumns, scalerUnit, simpleValue, statusValue } from './shared.ts'

const captureMethod = enumerated({
  0: 'capture upon invoking the capture method',
  1: 'implicit capture upon reading compact_buffer',
})

const mask = structure({ mask_name: octetString, index_list: array(unsigned) })

const sortMethod = enumerated({
  1: 'fifo (first in first out)',
  2: 'lifo (last in first out)',
  3: 'largest',
  4: 'smallest',
  5: 'nearest_to_zero',
  6: 'farest_from_zero',
})

const entryDescriptor = structure({
  from_entry: within(doubleLongUnsigned, 1, 4294967295),
  to_entry: doubleLongUnsigned,
  from_selected_value: longUnsigned,
  to_selected_value: longUnsigned,
})

const rangeDescriptor = structure({
  restricting_object: captureObject,
  from_value: instanceSpecific,
  to_value: instanceSpecific,
  selected_values: array(captureObject),
})

const profileGeneric0 = {
  buffer: dynamic(array(instanceSpecific)),
  capture_objects: array(captureObject),
  capture_period: doubleLongUnsigned,
  sort_method: sortMethod,
  sort_object: captureObject,
  entries_in_use: dynamic(doubleLongUnsigned),
  profile_entries: within(doubleLongUnsigned, 1, 4294967295),
}

const compactData0 = {
  compact_buffer: dynamic(octetString),
  capture_objects: array(captureObject),
  template_id: unsigned,
  template_description: dynamic(octetString),
  capture_method: captureMethod,
}

export const storageClasses: readonly InterfaceClass[] = [
  defined(1, 0, 'Data', 'high', {
    attributes: { value: dynamic(instanceSpecific) },
  }),
  defined(3, 0, 'Register', 'high', {
    snMethodOffset: 40,
    attributes: { value: dynamic(simpleValue), scaler_unit: scalerUnit },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(4, 0, 'Extended register', 'high', {
    snMethodOffset: 56,
    attributes: {
      value: dynamic(simpleValue),
      scaler_unit: scalerUnit,
      status: dynamic(statusValue),
      capture_time: dynamic(dateTime),
    },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(5, 0, 'Demand register', 'high', {
    snMethodOffset: 72,
    attributes: {
      current_average_value: dynamic(simpleValue),
      last_average_value: dynamic(simpleValue),
      scaler_unit: scalerUnit,
      status: dynamic(statusValue),
      capture_time: dynamic(dateTime),
      start_time_current: dynamic(dateTime),
      period: within(doubleLongUnsigned, 1, 4294967295),
      number_of_periods: within(longUnsigned, 1, 65535),
    },
    methods: {
      reset: optional(integer),
      next_period: optional(integer),
    },
  }),
  defined(6, 0, 'Register activation', 'high', {
    snMethodOffset: 48,
    attributes: { register_assignment: array(objectId), mask_list: array(mask), active_mask: dynamic(octetString) },
    methods: {
      add_register: optional(objectId),
      add_mask: optional(mask),
      delete_mask: optional(octetString),
    },
  }),
  defined(7, 0, 'Profile generic', 'medium', {
    snMethodOffset: 88,
    attributes: profileGeneric0,
    methods: {
      reset: optional(integer),
      capture: optional(integer),
      get_buffer_by_range: optional(instanceSpecific),
      get_buffer_by_index: optional(instanceSpecific),
    },
    selectiveAccess: [
      { attribute: 2, selector: 1, name: 'range_descriptor', parameter: rangeDescriptor },
      { attribute: 2, selector: 2, name: 'entry_descriptor', parameter: entryDescriptor },
    ],
  }),
  defined(7, 1, 'Profile generic', 'high', {
    snMethodOffset: 88,
    attributes: { ...profileGeneric0, buffer: dynamic(choice(array(instanceSpecific), compactArray)) },
    methods: {
      reset: optional(integer),
      capture: optional(integer),
    },
    selectiveAccess: [
      { attribute: 2, selector: 1, name: 'range_descriptor', parameter: rangeDescriptor },
      { attribute: 2, selector: 2, name: 'entry_descriptor', parameter: entryDescriptor },
    ],
  }),
  defined(26, 0, 'Utility tables', 'high', {
    attributes: { table_ID: longUnsigned, length: dynamic(doubleLongUnsigned), buffer: dynamic(octetString) },
    selectiveAccess: [
      {
        attribute: 4,
        selector: 1,
        name: 'offset_selector',
        parameter: structure({ offset: doubleLongUnsigned, count: longUnsigned }),
      },
      {
        attribute: 4,
        selector: 2,
        name: 'index_selector',
        parameter: structure({ index: array(longUnsigned), count: longUnsigned }),
      },
    ],
  }),
  defined(61, 0, 'Register table', 'high', {
    snMethodOffset: 40,
    attributes: {
      table_cell_values: dynamic(choice(array(instanceSpecific), compactArray)),
      table_cell_definition: structure({
        class_id: longUnsigned,
        logical_name: logicalName,
        group_E_values: array(unsigned),
        attribute_index: integer,
      }),
      scaler_unit: scalerUnit,
    },
    methods: {
      reset: optional(integer),
      capture: optional(integer),
    },
  }),
  defined(62, 0, 'Compact data', 'high', {
    attributes: compactData0,
    methods: {
      reset: optional(integer),
      capture: optional(integer),
    },
  }),
  defined(62, 1, 'Compact data', 'medium', {
    attributes: { ...compactData0, capture_objects: restrictedColumns },
    methods: {
      reset: optional(integer),
      capture: optional(integer),
    },
  }),
  defined(63, 0, 'Status mapping', 'high', {
    attributes: {
      status_word: dynamic(
        choice(
          bitString,
          doubleLongUnsigned,
          octetString,
          visibleString,
          utf8String,
          unsigned,
          longUnsigned,
          long64Unsigned,
        ),
      ),
      mapping_table: structure({
        ref_table_id: unsigned,
        ref_table_mapping: choice(longUnsigned, array(longUnsigned)),
      }),
    },
  }),
]
