// Interface classes for pushed values.
import {
  array,
  defined,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  integer,
  logicalName,
  longUnsigned,
  octetString,
  optional,
  structure,
  taggedDateTime,
  unsigned,
  within,
  type InterfaceClass,
} from '../definition.ts'
import { captureObject, protectionParameters, restrictedColumns, restrictedObjects, timeWindows } from './shared.ts'

const confirmationParameters = structure({
  confirmation_start_date: taggedDateTime,
  confirmation_interval: doubleLongUnsigned,
})

const message = enumerated({ 0: 'A-XDR encoded xDLMS APDU', 1: 'XML encoded xDLMS APDU' }, [
  128,
  255,
  'manufacturer specific',
])

const repetitionDelay = structure({
  repetition_delay_min: longUnsigned,
  repetition_delay_exponent: longUnsigned,
  repetition_delay_max: longUnsigned,
})

const pushOperationMethod = enumerated({
  0: 'unconfirmed, retry on supporting protocol layer failure',
  1: 'unconfirmed, retry on missing supporting protocol layer confirmation',
  2: 'confirmed, retry on missing confirmation',
})

const sendDestinationAndMethod = structure({
  transport_service: enumerated(
    {
      0: 'TCP',
      1: 'UDP',
      2: 'reserved for FTP',
      3: 'reserved for SMTP',
      4: 'SMS',
      5: 'HDLC',
      6: 'M-Bus',
      7: 'reserved for ZigBee',
      8: 'DLMS gateway',
    },
    [200, 255, 'manufacturer specific'],
  ),
  destination: octetString,
  message: message,
})

const pushSetup0 = {
  push_object_list: array(captureObject),
  send_destination_and_method: structure({
    transport_service: enumerated(
      {
        0: 'TCP',
        1: 'UDP',
        2: 'reserved for FTP',
        3: 'reserved for SMTP',
        4: 'SMS',
        5: 'HDLC',
        6: 'M-Bus',
        7: 'reserved for ZigBee',
      },
      [200, 255, 'manufacturer specific'],
    ),
    destination: octetString,
    message: message,
  }),
  communication_window: timeWindows,
  randomisation_start_interval: longUnsigned,
  number_of_retries: unsigned,
  repetition_delay: longUnsigned,
}

const pushSetup1 = {
  ...pushSetup0,
  push_object_list: restrictedObjects,
  send_destination_and_method: sendDestinationAndMethod,
  port_reference: logicalName,
  push_client_SAP: within(integer, 0, 127),
  push_protection_parameters: protectionParameters,
}

const pushSetup2 = {
  ...pushSetup1,
  push_object_list: restrictedColumns,
  repetition_delay: repetitionDelay,
  push_operation_method: pushOperationMethod,
  confirmation_parameters: confirmationParameters,
  last_confirmation_date_time: dynamic(taggedDateTime),
}

export const pushClasses: readonly InterfaceClass[] = [
  defined(40, 0, 'Push setup', 'high', {
    snMethodOffset: 56,
    attributes: pushSetup0,
    methods: {
      push: integer,
    },
  }),
  defined(40, 1, 'Push setup', 'medium', {
    attributes: pushSetup1,
    methods: {
      push: integer,
    },
  }),
  defined(40, 2, 'Push setup', 'medium', {
    attributes: pushSetup2,
    methods: {
      push: integer,
      reset: optional(integer),
    },
  }),
  defined(40, 3, 'Push setup', 'medium', {
    attributes: {
      ...pushSetup2,
      send_destination_and_method: structure({
        transport_service: enumerated(
          {
            0: 'TCP',
            1: 'UDP',
            2: 'reserved for FTP',
            3: 'reserved for SMTP',
            4: 'SMS',
            5: 'HDLC',
            6: 'M-Bus',
            7: 'reserved for ZigBee',
            8: 'DLMS gateway',
            9: 'CoAP reliable',
            10: 'CoAP unreliable',
          },
          [200, 255, 'manufacturer specific'],
        ),
        destination: octetString,
        message: message,
      }),
    },
    methods: {
      push: integer,
      reset: optional(integer),
    },
  }),
]
