// Interface classes for S-FSK and IEC 61334-4-32 power line, and ISO/IEC 8802-2.
import {
  array,
  boolean,
  defined,
  doubleLongUnsigned,
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

const initiatorElectricalPhase = enumerated({ 0: 'not defined', 1: 'phase 1', 2: 'phase 2', 3: 'phase 3' })

const repeater = enumerated({ 0: 'never repeater', 1: 'always repeater', 2: 'dynamic repeater' })

const frequencies = structure({ mark_frequency: doubleLongUnsigned, space_frequency: doubleLongUnsigned })

const replyStatusList = array(structure({ L_SAP_selector: unsigned, length_of_waiting_L_SDU: unsigned }))

const deltaElectricalPhase = enumerated({
  0: 'not defined',
  1: 'in phase',
  2: '60 degrees',
  3: '120 degrees',
  4: '180 degrees',
  5: '-120 degrees',
  6: '-60 degrees',
})

const phyMACSetup0 = {
  initiator_electrical_phase: initiatorElectricalPhase,
  delta_electrical_phase: dynamic(deltaElectricalPhase),
  max_receiving_gain: unsigned,
  max_transmitting_gain: unsigned,
  search_initiator_threshold: unsigned,
  frequencies: frequencies,
  mac_address: dynamic(longUnsigned),
  mac_group_addresses: array(longUnsigned),
  repeater: repeater,
  repeater_status: dynamic(boolean),
  min_delta_credit: dynamic(unsigned),
  initiator_mac_address: dynamic(longUnsigned),
  synchronization_locked: dynamic(boolean),
}

export const sFskClasses: readonly InterfaceClass[] = [
  defined(50, 0, 'S-FSK Phy&MAC setup', 'low', {
    attributes: phyMACSetup0,
  }),
  defined(50, 1, 'S-FSK Phy&MAC setup', 'medium', {
    attributes: {
      ...phyMACSetup0,
      transmission_speed: enumerated({ 0: '300', 1: '600', 2: '1200', 3: '2400', 4: '4800', 5: '9600' }),
    },
  }),
  defined(51, 0, 'S-FSK Active initiator', 'high', {
    attributes: {
      active_initiator: dynamic(
        structure({ system_title: octetString, MAC_address: longUnsigned, L_SAP_selector: unsigned }),
      ),
    },
    methods: {
      reset_NEW_not_synchronized: optional(longUnsigned),
    },
  }),
  defined(52, 0, 'S-FSK MAC synchronization timeouts', 'high', {
    attributes: {
      search_initiator_timeout: longUnsigned,
      synchronization_confirmation_timeout: longUnsigned,
      time_out_not_addressed: longUnsigned,
      time_out_frame_not_OK: longUnsigned,
    },
  }),
  defined(53, 0, 'S-FSK MAC counters', 'high', {
    attributes: {
      synchronization_register: dynamic(
        array(structure({ mac_address: longUnsigned, synchronizations_counter: doubleLongUnsigned })),
      ),
      desynchronization_listing: dynamic(
        structure({
          physical_layer_desynchronization: doubleLongUnsigned,
          time_out_not_addressed_desynchronization: doubleLongUnsigned,
          time_out_frame_not_OK_desynchronization: doubleLongUnsigned,
          write_request_desynchronization: doubleLongUnsigned,
          wrong_initiator_desynchronization: doubleLongUnsigned,
        }),
      ),
      broadcast_frames_counter: dynamic(
        array(structure({ source_mac_address: longUnsigned, broadcast_frames_counter: doubleLongUnsigned })),
      ),
      repetitions_counter: dynamic(doubleLongUnsigned),
      transmissions_counter: dynamic(doubleLongUnsigned),
      CRC_OK_frames_counter: dynamic(doubleLongUnsigned),
      CRC_NOK_frames_counter: dynamic(doubleLongUnsigned),
    },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(55, 0, 'S-FSK IEC 61334-4-32 LLC setup', 'low', {
    attributes: {
      max_frame_length: within(unsigned, 26, 242),
      reply_status_list: dynamic(replyStatusList),
      broadcast_list: array(unsigned),
      L_SAP_list: array(unsigned),
    },
  }),
  defined(55, 1, 'IEC 61334-4-32 LLC setup', 'medium', {
    attributes: { max_frame_length: unsigned, reply_status_list: dynamic(replyStatusList) },
  }),
  defined(56, 0, 'S-FSK Reporting system list', 'high', {
    attributes: { reporting_system_list: dynamic(array(octetString)) },
  }),
  defined(57, 0, 'ISO/IEC 8802-2 LLC Type 1 setup', 'high', {
    attributes: { max_octets_ui_pdu: longUnsigned },
  }),
  defined(58, 0, 'ISO/IEC 8802-2 LLC Type 2 setup', 'high', {
    attributes: {
      transmit_window_size_k: within(unsigned, 1, 127),
      receive_window_size_rw: within(unsigned, 1, 127),
      max_octets_i_pdu_n1: longUnsigned,
      max_number_transmissions_n2: unsigned,
      acknowledgement_timer: longUnsigned,
      p_bit_timer: longUnsigned,
      reject_timer: longUnsigned,
      busy_state_timer: longUnsigned,
    },
  }),
  defined(59, 0, 'ISO/IEC 8802-2 LLC Type 3 setup', 'high', {
    attributes: {
      max_octets_acn_pdu_n3: longUnsigned,
      max_number_transmissions_n4: unsigned,
      acknowledgement_time_t1: longUnsigned,
      receive_lifetime_var_t2: longUnsigned,
      transmit_lifetime_var_t3: longUnsigned,
    },
  }),
  defined(80, 0, '61334-4-32 LLC SSCS setup', 'high', {
    attributes: { service_node_address: dynamic(longUnsigned), base_node_address: dynamic(longUnsigned) },
    methods: {
      reset: optional(integer),
    },
  }),
]
