// Interface classes for local ports and modems.
import {
  array,
  defined,
  dynamic,
  enumerated,
  integer,
  longUnsigned,
  octetString,
  optional,
  structure,
  unsigned,
  within,
  type InterfaceClass,
} from '../definition.ts'
import { baudRate, timeWindows } from './shared.ts'

const lineStatus = enumerated({ 0: 'inactive', 1: 'active', 2: 'locked' })

const numberOfRings = structure({ nr_rings_in_window: unsigned, nr_rings_out_of_window: unsigned })

const answerMode = enumerated(
  {
    0: 'line dedicated to the device',
    1: 'shared line management with a limited number of calls allowed',
    2: 'shared line management with a limited number of successful calls allowed',
    3: 'currently no modem connected',
  },
  [200, 255, 'manufacturer specific'],
)

const connectMode = enumerated(
  {
    0: 'no auto connect (the device never connects)',
    1: 'auto connect allowed anytime',
    2: 'auto connect allowed within the calling window',
    3: 'regular auto connect within the calling window, alarm initiated anytime',
    4: 'SMS sending via PLMN',
    5: 'SMS sending via PSTN',
    6: 'email sending',
    101: 'permanently connected',
    102: 'permanently connected within the calling window',
    103: 'permanently connected within the calling window, also on invoking connect',
    104: 'disconnected, connects on invoking connect',
  },
  [200, 255, 'manufacturer specific'],
)

const localPortSetup0 = {
  default_mode: enumerated({ 0: 'protocol IEC 62056-21 (modes A to E)', 1: 'protocol HDLC (IEC 62056-46)' }),
  default_baud: baudRate,
  prop_baud: baudRate,
  response_time: enumerated({ 0: '20 ms', 1: '200 ms' }),
  device_addr: octetString,
  pass_p1: octetString,
  pass_p2: octetString,
  pass_w5: octetString,
}

const hdlcSetup0 = {
  comm_speed: baudRate,
  window_size_transmit: within(unsigned, 1, 7),
  window_size_receive: within(unsigned, 1, 7),
  max_info_field_length_transmit: within(unsigned, 32, 128),
  max_info_field_length_receive: within(unsigned, 32, 128),
  inter_octet_time_out: within(longUnsigned, 20, 1000),
  inactivity_time_out: longUnsigned,
  // which values are usable depends on how many octets the addresses have
  device_address: longUnsigned,
}

const autoAnswer0 = {
  mode: answerMode,
  listening_window: timeWindows,
  status: dynamic(lineStatus),
  number_of_calls: unsigned,
  number_of_rings: numberOfRings,
}

const autoConnect1 = {
  mode: connectMode,
  repetitions: unsigned,
  repetition_delay: longUnsigned,
  calling_window: timeWindows,
  destination_list: array(octetString),
}

export const localPortsClasses: readonly InterfaceClass[] = [
  defined(19, 0, 'IEC local port setup', 'medium', {
    attributes: localPortSetup0,
  }),
  defined(19, 1, 'IEC local port setup', 'high', {
    attributes: {
      ...localPortSetup0,
      default_mode: enumerated({
        0: 'protocol IEC 62056-21 (modes A to E)',
        1: 'protocol HDLC (IEC 62056-46)',
        2: 'protocol not specified',
      }),
    },
  }),
  defined(23, 0, 'IEC HDLC setup', 'medium', {
    attributes: hdlcSetup0,
  }),
  defined(23, 1, 'IEC HDLC setup', 'high', {
    attributes: {
      ...hdlcSetup0,
      max_info_field_length_transmit: within(longUnsigned, 32, 2030),
      max_info_field_length_receive: within(longUnsigned, 32, 2030),
      inter_octet_time_out: within(longUnsigned, 20, 6000),
    },
  }),
  defined(24, 0, 'IEC twisted pair (1) setup', 'medium', {
    attributes: {
      secondary_address: octetString,
      primary_address_list: array(unsigned),
      tabi_list: array(integer),
      fatal_error: dynamic(enumerated({})),
    },
  }),
  defined(24, 1, 'IEC twisted pair (1) setup', 'medium', {
    attributes: {
      mode: enumerated({ 0: 'inactive', 1: 'active' }),
      speed: baudRate,
      primary_address_list: array(unsigned),
      tabi_list: array(integer),
    },
  }),
  defined(27, 0, 'PSTN modem configuration', 'medium', {
    attributes: {
      comm_speed: baudRate,
      initialization_string: array(structure({ request: octetString, response: octetString })),
      modem_profile: array(octetString),
    },
  }),
  defined(27, 1, 'Modem configuration', 'high', {
    attributes: {
      comm_speed: baudRate,
      initialization_string: array(
        structure({ request: octetString, response: octetString, delay_after_response: longUnsigned }),
      ),
      modem_profile: array(octetString),
    },
  }),
  defined(28, 0, 'Auto answer', 'medium', {
    attributes: autoAnswer0,
  }),
  defined(28, 2, 'Auto answer', 'high', {
    attributes: {
      ...autoAnswer0,
      list_of_allowed_callers: array(
        structure({ caller_id: octetString, call_type: enumerated({ 0: 'normal CSD call', 1: 'wake-up request' }) }),
      ),
    },
  }),
  defined(29, 0, 'PSTN auto dial', 'medium', {
    attributes: {
      mode: enumerated(
        {
          0: 'no auto dialling',
          1: 'auto dialling allowed anytime',
          2: 'auto dialling allowed within the calling window',
          3: 'regular auto dialling within the calling window, alarm initiated anytime',
          4: 'SMS sending via PLMN',
          5: 'SMS sending via PSTN',
          6: 'email sending',
        },
        [200, 255, 'manufacturer specific'],
      ),
      repetitions: unsigned,
      repetition_delay: longUnsigned,
      calling_window: timeWindows,
      phone_list: array(octetString),
    },
  }),
  defined(29, 1, 'Auto connect', 'medium', {
    attributes: autoConnect1,
  }),
  defined(29, 2, 'Auto connect', 'high', {
    snMethodOffset: 48,
    attributes: { ...autoConnect1 },
    methods: {
      connect: optional(integer),
    },
  }),
]
