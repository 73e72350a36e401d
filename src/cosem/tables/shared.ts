// Types that several groups of interface classes share (IEC 62056-6-2).
import {
  array,
  bitString,
  choice,
  dateTime,
  doubleLong,
  doubleLongUnsigned,
  enumerated,
  flags,
  float32,
  float64,
  integer,
  logicalName,
  long,
  long64,
  long64Unsigned,
  longUnsigned,
  nullData,
  octetString,
  structure,
  taggedDateTime,
  unsigned,
  utf8String,
  visibleString,
} from '../definition.ts'
import { IMPERIAL_UNITS, UNITS } from '../units.ts'

export const attributeTimestamp = structure({ attribute_id: unsigned, timestamp: taggedDateTime })

export const objectId = structure({ class_id: longUnsigned, logical_name: logicalName })

export const baudRate = enumerated({
  0: '300',
  1: '600',
  2: '1200',
  3: '2400',
  4: '4800',
  5: '9600',
  6: '19200',
  7: '38400',
  8: '57600',
  9: '115200',
})

export const scriptReference = structure({ script_logical_name: logicalName, script_selector: longUnsigned })

export const user = structure({ user_id: unsigned, user_name: choice(visibleString, utf8String, octetString) })

export const attributeReference = structure({
  class_id: longUnsigned,
  logical_name: logicalName,
  attribute_index: integer,
})

export const methodAccess = array(
  structure({
    method_id: integer,
    access_mode: enumerated({ 0: 'no_access', 1: 'access', 2: 'authenticated_access' }),
  }),
)

export const timeWindows = array(structure({ start_time: dateTime, end_time: dateTime }))

export const captureObject = structure({
  class_id: longUnsigned,
  logical_name: logicalName,
  attribute_index: integer,
  data_index: longUnsigned,
})

export const statusValue = choice(
  nullData,
  bitString,
  doubleLongUnsigned,
  octetString,
  visibleString,
  utf8String,
  unsigned,
  longUnsigned,
  long64Unsigned,
)

export const methodAccessFlags = array(
  structure({
    method_id: integer,
    access_mode: flags('enum', {
      0: 'access',
      1: 'not used',
      2: 'authenticated request',
      3: 'encrypted request',
      4: 'digitally signed request',
      5: 'authenticated response',
      6: 'encrypted response',
      7: 'digitally signed response',
    }),
  }),
)

export const simpleValue = choice(
  nullData,
  bitString,
  doubleLong,
  doubleLongUnsigned,
  octetString,
  visibleString,
  utf8String,
  integer,
  long,
  unsigned,
  longUnsigned,
  long64,
  long64Unsigned,
  float32,
  float64,
)

export const attributeAccess = array(
  structure({
    attribute_id: integer,
    access_mode: enumerated({
      0: 'no_access',
      1: 'read_only',
      2: 'write_only',
      3: 'read_and_write',
      4: 'authenticated_read_only',
      5: 'authenticated_write_only',
      6: 'authenticated_read_and_write',
    }),
    access_selectors: choice(nullData, array(integer)),
  }),
)

export const attributeAccessFlags = array(
  structure({
    attribute_id: integer,
    access_mode: flags('enum', {
      0: 'read-access',
      1: 'write-access',
      2: 'authenticated request',
      3: 'encrypted request',
      4: 'digitally signed request',
      5: 'authenticated response',
      6: 'encrypted response',
      7: 'digitally signed response',
    }),
    access_selectors: choice(nullData, array(integer)),
  }),
)

export const restriction = structure({
  restriction_type: enumerated({ 0: 'none', 1: 'restriction by date', 2: 'restriction by entry' }),
  restriction_value: choice(
    nullData,
    structure({ from_date: dateTime, to_date: dateTime }),
    structure({ from_entry: doubleLongUnsigned, to_entry: doubleLongUnsigned }),
  ),
})

export const restrictedObjects = array(
  structure({
    class_id: longUnsigned,
    logical_name: logicalName,
    attribute_index: integer,
    data_index: longUnsigned,
    restriction: restriction,
  }),
)

export const protectionParameters = array(
  structure({
    protection_type: enumerated({
      0: 'authentication',
      1: 'encryption',
      2: 'authentication and encryption',
      3: 'digital signature',
    }),
    protection_options: structure({
      transaction_id: octetString,
      originator_system_title: octetString,
      recipient_system_title: octetString,
      other_information: octetString,
      key_info: structure({
        key_info_type: enumerated({ 0: 'identified_key', 1: 'wrapped_key', 2: 'agreed_key' }),
        key_info_options: choice(
          structure({
            key_id: enumerated({ 0: 'global unicast encryption key', 1: 'global broadcast encryption key' }),
          }),
          structure({ kek_id: enumerated({ 0: 'master key' }), key_ciphered_data: octetString }),
          structure({ key_parameters: octetString, key_ciphered_data: octetString }),
        ),
      }),
    }),
  }),
)

export const restrictedColumns = array(
  structure({
    class_id: longUnsigned,
    logical_name: logicalName,
    attribute_index: integer,
    data_index: longUnsigned,
    restriction: restriction,
    columns: array(captureObject),
  }),
)

export const scalerUnit = structure({ scaler: integer, unit: enumerated(UNITS, IMPERIAL_UNITS) })
