// Interface classes for PRIME power line.
import {
  array,
  defined,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  integer,
  long,
  longUnsigned,
  octetString,
  octets,
  optional,
  structure,
  unsigned,
  within,
  type InterfaceClass,
} from '../definition.ts'

export const primeClasses: readonly InterfaceClass[] = [
  defined(81, 0, 'PRIME NB OFDM PLC Physical layer counters', 'high', {
    attributes: {
      phy_stats_crc_incorrect_count: dynamic(longUnsigned),
      phy_stats_crc_fail_count: dynamic(longUnsigned),
      phy_stats_tx_drop_count: dynamic(longUnsigned),
      phy_stats_rx_drop_count: dynamic(longUnsigned),
    },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(82, 0, 'PRIME NB OFDM PLC MAC setup', 'high', {
    attributes: {
      mac_min_switch_search_time: within(unsigned, 16, 32),
      mac_max_promotion_pdu: within(unsigned, 1, 4),
      mac_promotion_pdu_tx_period: within(unsigned, 2, 8),
      mac_beacons_per_frame: within(unsigned, 1, 5),
      mac_scp_max_tx_attempts: within(unsigned, 2, 5),
      mac_ctl_re_tx_timer: within(unsigned, 2, 20),
      mac_max_ctl_re_tx: within(unsigned, 3, 5),
    },
  }),
  defined(83, 0, 'PRIME NB OFDM PLC MAC functional parameters', 'high', {
    attributes: {
      mac_LNID: dynamic(long),
      mac_LSID: dynamic(unsigned),
      mac_SID: dynamic(unsigned),
      mac_SNA: dynamic(octets(6)),
      mac_state: dynamic(enumerated({ 0: 'disconnected', 1: 'terminal', 2: 'switch', 3: 'base' })),
      mac_scp_length: dynamic(long),
      mac_node_hierarchy_level: dynamic(unsigned),
      mac_beacon_slot_count: dynamic(unsigned),
      mac_beacon_rx_slot: dynamic(unsigned),
      mac_beacon_tx_slot: dynamic(unsigned),
      mac_beacon_rx_frequency: dynamic(unsigned),
      mac_beacon_tx_frequency: dynamic(unsigned),
      mac_capabilities: dynamic(longUnsigned),
    },
  }),
  defined(84, 0, 'PRIME NB OFDM PLC MAC counters', 'high', {
    attributes: {
      mac_tx_data_pkt_count: dynamic(doubleLongUnsigned),
      mac_rx_data_pkt_count: dynamic(doubleLongUnsigned),
      mac_tx_ctrl_pkt_count: dynamic(doubleLongUnsigned),
      mac_rx_ctrl_pkt_count: dynamic(doubleLongUnsigned),
      mac_csma_fail_count: dynamic(doubleLongUnsigned),
      mac_csma_ch_busy_count: dynamic(doubleLongUnsigned),
    },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(85, 0, 'PRIME NB OFDM PLC MAC network administration data', 'medium', {
    attributes: {
      mac_list_multicast_entries: dynamic(array(structure({ mcast_entry_LCID: integer, mcast_entry_members: long }))),
      mac_list_switch_table: dynamic(array(long)),
      mac_list_direct_table: dynamic(
        array(
          structure({
            dconn_entry_src_SID: long,
            dconn_entry_src_LNID: long,
            dconn_entry_src_LCID: long,
            dconn_entry_dst_SID: long,
            dconn_entry_dst_LNID: long,
            dconn_entry_dst_LCID: long,
            dconn_entry_DID: octetString,
          }),
        ),
      ),
      mac_list_available_switches: dynamic(
        array(
          structure({
            slist_entry_SNA: octetString,
            slist_entry_LSID: long,
            slist_entry_level: integer,
            slist_entry_rx_level: integer,
            slist_entry_rx_SNR: integer,
          }),
        ),
      ),
      mac_list_phy_comm: dynamic(
        array(
          structure({
            phy_comm_EUI: octetString,
            phy_comm_tx_power: integer,
            phy_comm_tx_coding: integer,
            phy_comm_rx_coding: integer,
            phy_comm_rx_level: integer,
            phy_comm_SNR: integer,
            phy_comm_tx_power_modified: integer,
            phy_comm_tx_coding_modified: integer,
            phy_comm_rx_coding_modified: integer,
          }),
        ),
      ),
    },
    methods: {
      reset: optional(integer),
    },
  }),
  defined(86, 0, 'PRIME NB OFDM PLC Application identification', 'high', {
    attributes: { firmware_version: octetString, vendor_id: longUnsigned, product_id: longUnsigned },
  }),
]
