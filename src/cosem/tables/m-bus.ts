// Interface classes for M-Bus.
import {
  array,
  defined,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  instanceSpecific,
  integer,
  logicalName,
  longUnsigned,
  octetString,
  optional,
  structure,
  taggedDateTime,
  unsigned,
  type InterfaceClass,
} from '../definition.ts'
import { attributeTimestamp, baudRate, timeWindows } from './shared.ts'

const addrState = enumerated({ 0: 'not assigned an address yet', 1: 'assigned an address' })

const captureDefinition = array(
  structure({ data_information_block: octetString, value_information_block: octetString }),
)

const encryptionKeyStatus = enumerated({
  0: 'no encryption_key',
  1: 'encryption_key set',
  2: 'encryption_key transferred',
  3: 'encryption_key set and transferred',
  4: 'encryption_key in use',
})

const dataToSend = array(
  structure({ data_information_block: octetString, value_information_block: octetString, data: instanceSpecific }),
)

const mBusClient0 = {
  mbus_port_reference: logicalName,
  capture_definition: captureDefinition,
  capture_period: doubleLongUnsigned,
  primary_address: dynamic(unsigned),
  identification_number: dynamic(doubleLongUnsigned),
  manufacturer_id: dynamic(longUnsigned),
  version: dynamic(unsigned),
  device_type: dynamic(unsigned),
  access_number: dynamic(unsigned),
  status: dynamic(unsigned),
  alarm: dynamic(unsigned),
}

const mBusClient1 = {
  ...mBusClient0,
  configuration: dynamic(longUnsigned),
  encryption_key_status: dynamic(encryptionKeyStatus),
}

const wirelessModeQChannel0 = { addr_state: addrState, device_address: octetString, address_mask: octetString }

export const mBusClasses: readonly InterfaceClass[] = [
  defined(25, 0, 'M-Bus slave port setup', 'high', {
    attributes: {
      default_baud: baudRate,
      avail_baud: baudRate,
      addr_state: dynamic(addrState),
      bus_address: dynamic(unsigned),
    },
  }),
  defined(72, 0, 'M-Bus client', 'high', {
    snMethodOffset: 96,
    attributes: mBusClient0,
    methods: {
      slave_install: optional(unsigned),
      slave_deinstall: optional(integer),
      capture: optional(integer),
      reset_alarm: optional(integer),
      synchronize_clock: optional(integer),
      data_send: optional(dataToSend),
      set_encryption_key: optional(octetString),
      transfer_key: optional(octetString),
    },
  }),
  defined(72, 1, 'M-Bus client', 'high', {
    snMethodOffset: 112,
    attributes: mBusClient1,
    methods: {
      slave_install: optional(unsigned),
      slave_deinstall: optional(integer),
      capture: optional(integer),
      reset_alarm: optional(integer),
      synchronize_clock: optional(integer),
      data_send: optional(dataToSend),
      set_encryption_key: optional(octetString),
      transfer_key: optional(octetString),
    },
  }),
  defined(72, 2, 'M-Bus client', 'low', {
    incomplete: true,
    attributes: { ...mBusClient1 },
    methods: {
      slave_install: optional(unsigned),
      slave_deinstall: optional(integer),
      capture: optional(integer),
      reset_alarm: optional(integer),
      synchronize_clock: optional(integer),
      data_send: optional(dataToSend),
      set_encryption_key: optional(octetString),
      transfer_key: optional(octetString),
    },
  }),
  defined(73, 0, 'Wireless Mode Q channel', 'medium', {
    attributes: wirelessModeQChannel0,
  }),
  defined(73, 1, 'Wireless Mode Q channel', 'high', {
    attributes: { ...wirelessModeQChannel0 },
  }),
  defined(74, 0, 'M-Bus master port setup', 'high', {
    attributes: {
      comm_speed: enumerated({
        0: '300',
        1: '600',
        2: '1200',
        3: '2400',
        4: '4800',
        5: '9600',
        6: '19200',
        7: '38400',
      }),
    },
  }),
  defined(76, 0, 'DLMS/COSEM server M-Bus port setup', 'high', {
    attributes: {
      'M-Bus_profile_selection': octetString,
      'M-Bus_port_communication_state': dynamic(
        enumerated({
          0: 'no access',
          1: 'temporary no access',
          2: 'limited access',
          3: 'unlimited access',
          4: 'wM-Bus',
        }),
      ),
      'M-Bus_Data_Header_Type': enumerated({ 0: 'none', 1: 'short', 2: 'long' }),
      primary_address: dynamic(unsigned),
      identification_number: doubleLongUnsigned,
      manufacturer_id: longUnsigned,
      version: unsigned,
      device_type: unsigned,
      max_pdu_size: longUnsigned,
      listening_window: timeWindows,
    },
  }),
  defined(77, 0, 'M-Bus diagnostic', 'high', {
    attributes: {
      received_signal_strength: dynamic(unsigned),
      channel_Id: dynamic(unsigned),
      link_status: dynamic(
        enumerated(
          {
            0: 'none (data never received)',
            1: 'normal',
            2: 'link temporarily interrupted',
            3: 'link permanently interrupted',
          },
          [4, 255, 'reserved'],
        ),
      ),
      broadcast_frames_counter: dynamic(
        array(structure({ client_id: unsigned, counter: doubleLongUnsigned, time_stamp: taggedDateTime })),
      ),
      transmissions_counter: dynamic(doubleLongUnsigned),
      FCS_OK_frames_counter: dynamic(doubleLongUnsigned),
      FCS_NOK_frames_counter: dynamic(doubleLongUnsigned),
      capture_time: dynamic(attributeTimestamp),
    },
    methods: {
      reset: optional(integer),
    },
  }),
]
