// Interface classes for ISO/IEC 12139-1 and ISO/IEC 14908 power line.
import {
  boolean,
  defined,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  integer,
  long64Unsigned,
  longUnsigned,
  octetString,
  optional,
  unsigned,
  type InterfaceClass,
} from '../definition.ts'

const protocolStatus0 = {
  transmission_errors: dynamic(longUnsigned),
  transmit_tx_failure: dynamic(longUnsigned),
  transmit_tx_retries: dynamic(longUnsigned),
  receive_tx_full: dynamic(longUnsigned),
  lost_messages: dynamic(longUnsigned),
  missed_messages: dynamic(longUnsigned),
  layer2_received: dynamic(longUnsigned),
  layer3_received: dynamic(longUnsigned),
  messages_received: dynamic(doubleLongUnsigned),
  messages_validated: dynamic(doubleLongUnsigned),
}

const diagnostic0 = {
  plc_signal_quality_status: dynamic(enumerated({})),
  com_module_state: dynamic(enumerated({})),
  received_message_status: dynamic(unsigned),
  no_receive_buffer: dynamic(longUnsigned),
  transmit_no_data: dynamic(longUnsigned),
  backlog_overflows: dynamic(longUnsigned),
  late_ack: dynamic(longUnsigned),
  frequency_invalid: dynamic(longUnsigned),
}

export const otherPowerLineClasses: readonly InterfaceClass[] = [
  defined(130, 0, 'ISO/IEC 14908 identification', 'medium', {
    attributes: {
      node_ID: unsigned,
      subnet_ID: unsigned,
      domain_ID: octetString,
      program_ID: octetString,
      unique_node_ID: octetString,
    },
  }),
  defined(131, 0, 'ISO/IEC 14908 protocol setup', 'medium', {
    attributes: { inactivity_timeout: longUnsigned },
  }),
  defined(132, 0, 'ISO/IEC 14908 protocol status', 'medium', {
    attributes: protocolStatus0,
  }),
  defined(132, 1, 'ISO/IEC 14908 protocol status', 'medium', {
    attributes: { ...protocolStatus0 },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(133, 0, 'ISO/IEC 14908 diagnostic', 'medium', {
    attributes: diagnostic0,
  }),
  defined(133, 1, 'ISO/IEC 14908 diagnostic', 'medium', {
    attributes: { ...diagnostic0 },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(140, 0, 'HS-PLC ISO/IEC 12139-1 MAC setup', 'medium', {
    attributes: {
      group_id: long64Unsigned,
      secondary_group_id: long64Unsigned,
      station_id: long64Unsigned,
      parent_station_id: long64Unsigned,
      repeater_status: boolean,
      encryption_mode: enumerated({}),
      initial_encryption_key: octetString,
      rts_cts: boolean,
    },
  }),
  defined(141, 0, 'HS-PLC ISO/IEC 12139-1 CPAS setup', 'medium', {
    attributes: {
      cpas_address: long64Unsigned,
      cpas_ether_type: longUnsigned,
      master_station_cpas_address: long64Unsigned,
    },
  }),
  defined(142, 0, 'HS-PLC ISO/IEC 12139-1 IP SSAS setup', 'medium', {
    attributes: { ip_header_comp_type: enumerated({}), ip_alive_time: longUnsigned },
  }),
  defined(143, 0, 'HS-PLC ISO/IEC 12139-1 HDLC SSAS setup', 'medium', {
    attributes: { master_station_id: long64Unsigned },
  }),
]
