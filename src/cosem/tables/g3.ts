// Interface classes for G3 power line and its hybrid with radio.
import {
  array,
  bitString,
  bits,
  boolean,
  defined,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  instanceSpecific,
  integer,
  longUnsigned,
  octetString,
  octets,
  optional,
  structure,
  unsigned,
  type InterfaceClass,
} from '../definition.ts'

const adpDeviceType = enumerated({ 0: 'PAN device', 1: 'PAN coordinator', 2: 'not defined' })

const macKeyTable = array(structure({ key_id: unsigned, key: octets(16) }))

const adpBlacklistTable = array(structure({ blacklisted_neighbour_address: longUnsigned, valid_time: longUnsigned }))

const macPOSTable = array(structure({ short_address: longUnsigned, LQI: unsigned, valid_time: unsigned }))

const adpBroadcastLogTable = array(
  structure({ source_address: longUnsigned, sequence_number: unsigned, valid_time: longUnsigned }),
)

const adpContextInformationTable = array(
  structure({ CID: bits(4), context_length: unsigned, context: octetString, C: boolean, valid_lifetime: longUnsigned }),
)

const adpRoutingTable = array(
  structure({
    destination_address: longUnsigned,
    next_hop_address: longUnsigned,
    route_cost: longUnsigned,
    hop_count: unsigned,
    weak_link_count: unsigned,
    valid_time: longUnsigned,
  }),
)

const macNeighbourTable = array(
  structure({
    short_address: longUnsigned,
    payload_modulation_scheme: boolean,
    tone_map: bitString,
    modulation: enumerated({ 0: 'robust mode', 1: 'DBPSK', 2: 'DQPSK', 3: 'D8PSK', 4: '16-QAM' }),
    tx_gain: integer,
    tx_res: enumerated({ 0: '6 dB', 1: '3 dB' }),
    tx_coeff: bitString,
    LQI: unsigned,
    phase_differential: integer,
    TMR_valid_time: unsigned,
    neighbour_valid_time: unsigned,
  }),
)

const adpRoutingConfiguration = array(
  structure({
    adp_net_traversal_time: unsigned,
    adp_routing_table_entry_TTL: longUnsigned,
    adp_Kr: unsigned,
    adp_Km: unsigned,
    adp_Kc: unsigned,
    adp_Kq: unsigned,
    adp_Kh: unsigned,
    adp_Krt: unsigned,
    adp_RREQ_retries: unsigned,
    adp_RREQ_wait: unsigned,
    adp_blacklist_table_entry_TTL: longUnsigned,
    adp_unicast_RREQ_gen_enable: boolean,
    adp_RLC_enabled: boolean,
    adp_add_rev_link_cost: unsigned,
  }),
)

const macLayerCounters0 = {
  mac_Tx_data_packet_count: dynamic(doubleLongUnsigned),
  mac_Rx_data_packet_count: dynamic(doubleLongUnsigned),
  mac_Tx_cmd_packet_count: dynamic(doubleLongUnsigned),
  mac_Rx_cmd_packet_count: dynamic(doubleLongUnsigned),
  mac_CSMA_fail_count: dynamic(doubleLongUnsigned),
  mac_CSMA_no_ACK_count: dynamic(doubleLongUnsigned),
  mac_bad_CRC_count: dynamic(doubleLongUnsigned),
  mac_Tx_data_broadcast_count: dynamic(doubleLongUnsigned),
  mac_Rx_data_broadcast_count: dynamic(doubleLongUnsigned),
}

const macSetup0 = {
  mac_short_address: dynamic(longUnsigned),
  mac_RC_coord: dynamic(longUnsigned),
  mac_PAN_id: dynamic(longUnsigned),
  mac_key_table: dynamic(macKeyTable),
  mac_frame_counter: dynamic(doubleLongUnsigned),
  mac_tone_mask: bitString,
  mac_TMR_TTL: unsigned,
  mac_max_frame_retries: unsigned,
  mac_neighbour_table_entry_TTL: unsigned,
  mac_neighbour_table: dynamic(macNeighbourTable),
  mac_high_priority_window_size: unsigned,
  mac_CSMA_fairness_limit: unsigned,
  mac_beacon_randomization_window_length: unsigned,
  mac_A: unsigned,
  mac_K: unsigned,
  mac_min_CW_attempts: unsigned,
  mac_cenelec_legacy_mode: unsigned,
  mac_FCC_legacy_mode: unsigned,
  mac_max_BE: unsigned,
  mac_max_CSMA_backoffs: unsigned,
  mac_min_BE: unsigned,
}

const macSetup1 = { ...macSetup0 }

const macSetup2 = {
  ...macSetup1,
  mac_broadcast_max_CW_enabled: boolean,
  mac_transmit_atten: unsigned,
  mac_POS_table: dynamic(macPOSTable),
}

const adaptationLayerSetup0 = {
  adp_max_hops: unsigned,
  adp_weak_LQI_value: unsigned,
  adp_security_level: unsigned,
  adp_prefix_table: dynamic(array(instanceSpecific)),
  adp_routing_configuration: adpRoutingConfiguration,
  adp_broadcast_log_table_entry_TTL: longUnsigned,
  adp_routing_table: dynamic(adpRoutingTable),
  adp_context_information_table: dynamic(adpContextInformationTable),
  adp_blacklist_table: dynamic(adpBlacklistTable),
  adp_broadcast_log_table: dynamic(adpBroadcastLogTable),
  adp_group_table: dynamic(array(longUnsigned)),
  adp_max_join_wait_time: longUnsigned,
  adp_path_discovery_time: unsigned,
  adp_active_key_index: unsigned,
  adp_metric_type: unsigned,
}

const adaptationLayerSetup1 = {
  ...adaptationLayerSetup0,
  adp_coord_short_address: longUnsigned,
  adp_disable_default_routing: boolean,
  adp_device_type: adpDeviceType,
}

const adaptationLayerSetup2 = {
  ...adaptationLayerSetup1,
  adp_default_coord_route_enabled: boolean,
  adp_destination_address_set: dynamic(array(longUnsigned)),
}

const adaptationLayerSetup3 = { ...adaptationLayerSetup2, adp_low_LQI_value: unsigned, adp_high_LQI_value: unsigned }

const hybridRFMACSetup0 = {
  mac_max_BE_RF: unsigned,
  mac_max_CSMA_backoffs_RF: unsigned,
  mac_max_frame_retries_RF: unsigned,
  mac_min_BE_RF: unsigned,
  mac_frame_counter_RF: dynamic(doubleLongUnsigned),
  mac_duplicate_detection_TTL_RF: unsigned,
  mac_POS_table_RF: dynamic(array(instanceSpecific)),
  mac_operating_mode_RF: unsigned,
  mac_channel_number_RF: longUnsigned,
  mac_duty_cycle_usage_RF: dynamic(unsigned),
  mac_duty_cycle_period_RF: longUnsigned,
  mac_duty_cycle_limit_RF: longUnsigned,
  mac_duty_cycle_threshold_RF: unsigned,
  mac_disable_PHY_RF: boolean,
  mac_frequency_band_RF: enumerated({}),
  mac_transmit_atten_RF: unsigned,
  mac_adaptive_power_step_RF: unsigned,
  mac_adaptive_power_high_bound_RF: unsigned,
  mac_adaptive_power_low_bound_RF: unsigned,
}

const hybrid6LoWPANAdaptationLayerSetup0 = {
  adp_routing_table: dynamic(array(instanceSpecific)),
  adp_blacklist_table: dynamic(array(instanceSpecific)),
  adp_low_LQI_value_RF: unsigned,
  adp_high_LQI_value_RF: unsigned,
  adp_routing_configuration_RF: array(instanceSpecific),
  adp_use_backup_media: boolean,
  adp_weak_LQI_value_RF: unsigned,
}

export const g3Classes: readonly InterfaceClass[] = [
  defined(90, 0, 'G3 NB OFDM PLC MAC layer counters', 'low', {
    attributes: macLayerCounters0,
    methods: {
      reset: optional(integer),
    },
  }),
  defined(90, 1, 'G3-PLC MAC layer counters', 'high', {
    attributes: { ...macLayerCounters0 },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(91, 0, 'G3 NB OFDM PLC MAC setup', 'low', {
    incomplete: true,
    attributes: macSetup0,
    methods: {
      mac_get_neighbour_table_entry: optional(longUnsigned),
    },
  }),
  defined(91, 1, 'G3-PLC MAC setup', 'medium', {
    attributes: macSetup1,
    methods: {
      mac_get_neighbour_table_entry: optional(longUnsigned),
    },
  }),
  defined(91, 2, 'G3-PLC MAC setup', 'medium', {
    attributes: macSetup2,
    methods: {
      mac_get_neighbour_table_entry: optional(longUnsigned),
    },
  }),
  defined(91, 3, 'G3-PLC MAC setup', 'medium', {
    attributes: { ...macSetup2, mac_duplicate_detection_TTL: unsigned },
    methods: {
      mac_get_neighbour_table_entry: optional(longUnsigned),
      mac_get_POS_table_entry: optional(longUnsigned),
    },
  }),
  defined(91, 4, 'G3-PLC MAC setup', 'medium', {
    attributes: {
      mac_short_address: dynamic(longUnsigned),
      mac_RC_coord: dynamic(longUnsigned),
      mac_PAN_id: dynamic(longUnsigned),
      mac_key_table: dynamic(macKeyTable),
      mac_frame_counter: dynamic(doubleLongUnsigned),
      mac_tone_mask: bitString,
      mac_TMR_TTL: unsigned,
      mac_max_frame_retries: unsigned,
      mac_POS_table_entry_TTL: unsigned,
      mac_neighbour_table: dynamic(macNeighbourTable),
      mac_high_priority_window_size: unsigned,
      mac_CSMA_fairness_limit: unsigned,
      mac_beacon_randomization_window_length: unsigned,
      mac_A: unsigned,
      mac_K: unsigned,
      mac_min_CW_attempts: unsigned,
      mac_cenelec_legacy_mode: unsigned,
      mac_FCC_legacy_mode: unsigned,
      mac_max_BE: unsigned,
      mac_max_CSMA_backoffs: unsigned,
      mac_min_BE: unsigned,
      mac_broadcast_max_CW_enabled: boolean,
      mac_transmit_atten: unsigned,
      mac_POS_table: dynamic(macPOSTable),
      mac_duplicate_detection_TTL: unsigned,
      mac_POS_recent_entry_threshold: unsigned,
      mac_POS_recent_entries: longUnsigned,
      mac_preamble_length: unsigned,
    },
    methods: {
      mac_get_neighbour_table_entry: optional(longUnsigned),
      mac_get_POS_table_entry: optional(longUnsigned),
    },
  }),
  defined(92, 0, 'G3 NB OFDM PLC 6LoWPAN adaptation layer setup', 'low', {
    incomplete: true,
    attributes: adaptationLayerSetup0,
  }),
  defined(92, 1, 'G3-PLC 6LoWPAN adaptation layer setup', 'medium', {
    attributes: adaptationLayerSetup1,
  }),
  defined(92, 2, 'G3-PLC 6LoWPAN adaptation layer setup', 'medium', {
    attributes: adaptationLayerSetup2,
  }),
  defined(92, 3, 'G3-PLC 6LoWPAN adaptation layer setup', 'medium', {
    attributes: adaptationLayerSetup3,
  }),
  defined(92, 4, 'G3-PLC 6LoWPAN adaptation layer setup', 'medium', {
    attributes: {
      ...adaptationLayerSetup3,
      adp_delay_low_LQI: longUnsigned,
      adp_delay_high_LQI: longUnsigned,
      adp_RREQ_jitter_low_LQI: unsigned,
      adp_RREQ_jitter_high_LQI: unsigned,
      adp_trickle_data_enabled: boolean,
      adp_trickle_LQI_threshold_low: unsigned,
      adp_trickle_step: unsigned,
      adp_trickle_Imin: longUnsigned,
      adp_trickle_max_Ki: unsigned,
      adp_trickle_adaptive_Imin: boolean,
      adp_trickle_adaptive_Ki: boolean,
      adp_cluster_trickle_enabled: boolean,
      adp_cluster_min_LQI: unsigned,
      adp_cluster_trickle_K: unsigned,
      adp_cluster_RREQ_route_cost_deviation: unsigned,
      adp_cluster_trickle_I: longUnsigned,
      adp_trickle_LQI_threshold_high: unsigned,
    },
  }),
  defined(160, 0, 'G3-PLC Hybrid RF MAC layer counters', 'medium', {
    attributes: {
      mac_Tx_data_packet_count_RF: dynamic(doubleLongUnsigned),
      mac_Rx_data_packet_count_RF: dynamic(doubleLongUnsigned),
      mac_Tx_cmd_packet_count_RF: dynamic(doubleLongUnsigned),
      mac_Rx_cmd_packet_count_RF: dynamic(doubleLongUnsigned),
      mac_CSMA_fail_count_RF: dynamic(doubleLongUnsigned),
      mac_CSMA_no_ACK_count_RF: dynamic(doubleLongUnsigned),
      mac_bad_CRC_count_RF: dynamic(doubleLongUnsigned),
      mac_Tx_data_broadcast_count_RF: dynamic(doubleLongUnsigned),
      mac_Rx_data_broadcast_count_RF: dynamic(doubleLongUnsigned),
    },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(161, 0, 'G3-PLC Hybrid RF MAC setup', 'low', {
    incomplete: true,
    attributes: hybridRFMACSetup0,
    methods: {
      mac_get_POS_table_entry_RF: optional(longUnsigned),
    },
  }),
  defined(161, 1, 'G3-PLC Hybrid RF MAC setup', 'medium', {
    attributes: {
      ...hybridRFMACSetup0,
      mac_POS_recent_entries_RF: dynamic(longUnsigned),
      mac_hopping_enabled_RF: boolean,
      mac_broadcast_interval_duration_RF: longUnsigned,
      mac_broadcast_slot_duration_RF: unsigned,
      mac_unicast_slot_duration_RF: unsigned,
      mac_extended_bitmap_RF: bitString,
      mac_beacon_randomization_window_length_RF: longUnsigned,
      mac_additional_channel_scan_time_RF: unsigned,
      mac_max_cca_attempts_retries_RF: unsigned,
      mac_min_inter_Tx_interval_RF: longUnsigned,
      mac_initial_retry_time_RF: longUnsigned,
      mac_maximum_retry_time_RF: longUnsigned,
      mac_max_clock_drift_RF: unsigned,
      mac_FH_unicast_schedule_address_RF: longUnsigned,
      mac_FH_unicast_slot_number_RF: longUnsigned,
      mac_FH_unicast_offset_RF: unsigned,
      mac_min_guard_time_RF: unsigned,
      mac_max_bcast_resync_wait_unit_RF: unsigned,
    },
    methods: {
      mac_get_POS_table_entry_RF: optional(longUnsigned),
    },
  }),
  defined(162, 0, 'G3-PLC Hybrid 6LoWPAN adaptation layer setup', 'low', {
    incomplete: true,
    attributes: hybrid6LoWPANAdaptationLayerSetup0,
  }),
  defined(162, 1, 'G3-PLC Hybrid 6LoWPAN adaptation layer setup', 'medium', {
    attributes: {
      ...hybrid6LoWPANAdaptationLayerSetup0,
      adp_trickle_LQI_threshold_low_RF: unsigned,
      adp_delay_low_LQI_RF: longUnsigned,
      adp_delay_high_LQI_RF: longUnsigned,
      adp_RREQ_jitter_low_LQI_RF: unsigned,
      adp_RREQ_jitter_high_LQI_RF: unsigned,
      adp_cluster_trickle_I_RF: longUnsigned,
      adp_cluster_trickle_K_RF: unsigned,
      adp_cluster_min_LQI_RF: unsigned,
      adp_last_gasp: boolean,
      adp_probing_interval: unsigned,
      adp_trickle_LQI_threshold_high_RF: unsigned,
    },
  }),
]
