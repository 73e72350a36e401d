// Interface classes for the internet protocols.
import {
  array,
  boolean,
  choice,
  defined,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  instanceSpecific,
  integer,
  logicalName,
  longUnsigned,
  named,
  nullData,
  octetString,
  octets,
  optional,
  structure,
  unsigned,
  within,
  type InterfaceClass,
} from '../definition.ts'
import { attributeTimestamp } from './shared.ts'

const authenticationKey = structure({ key_id: doubleLongUnsigned, key: octetString })

const ipv6AddressEntry = structure({
  IPv6_address_type: enumerated({ 0: 'unicast', 1: 'multicast', 2: 'gateway' }),
  IPv6_address: octets(16),
})

export const internetClasses: readonly InterfaceClass[] = [
  defined(41, 0, 'TCP-UDP setup', 'high', {
    attributes: {
      'TCP-UDP_port': longUnsigned,
      IP_reference: logicalName,
      MSS: within(longUnsigned, 40, 65535),
      nb_of_sim_conn: within(unsigned, 1, 255),
      inactivity_time_out: longUnsigned,
    },
  }),
  defined(42, 0, 'IPv4 setup', 'high', {
    snMethodOffset: 96,
    attributes: {
      DL_reference: logicalName,
      IP_address: dynamic(doubleLongUnsigned),
      multicast_IP_address: dynamic(array(doubleLongUnsigned)),
      IP_options: dynamic(
        array(
          structure({
            IP_option_type: enumerated({
              7: 'record route',
              68: 'internet timestamp',
              130: 'security',
              131: 'loose source and record route',
              137: 'strict source and record route',
            }),
            IP_option_length: unsigned,
            IP_option_data: octetString,
          }),
        ),
      ),
      subnet_mask: dynamic(doubleLongUnsigned),
      gateway_IP_address: dynamic(doubleLongUnsigned),
      use_DHCP_flag: boolean,
      primary_DNS_address: dynamic(doubleLongUnsigned),
      secondary_DNS_address: dynamic(doubleLongUnsigned),
    },
    methods: {
      add_mc_IP_address: optional(doubleLongUnsigned),
      delete_mc_IP_address: optional(doubleLongUnsigned),
      get_nbof_mc_IP_addresses: optional(integer),
    },
  }),
  defined(43, 0, 'MAC address setup', 'high', {
    attributes: { MAC_address: octets(0, 8) },
  }),
  defined(44, 0, 'PPP setup', 'high', {
    attributes: {
      PHY_reference: logicalName,
      LCP_options: array(
        structure({
          LCP_option_type: named(unsigned, {
            1: 'maximum receive unit',
            2: 'async control character map',
            3: 'authentication protocol',
            5: 'magic number',
            7: 'protocol field compression',
            8: 'address and control field compression',
            9: 'FCS alternatives',
            13: 'callback',
          }),
          LCP_option_length: unsigned,
          LCP_option_data: instanceSpecific,
        }),
      ),
      IPCP_options: array(
        structure({
          IPCP_option_type: named(unsigned, {
            2: 'IP compression protocol',
            3: 'preferred local IP address',
            20: 'preferred peer IP address',
            21: 'grant access only to preferred peer on list',
            22: 'use static IP pool',
          }),
          IPCP_option_length: unsigned,
          IPCP_option_data: instanceSpecific,
        }),
      ),
      PPP_authentication: choice(
        nullData,
        structure({ user_name: octetString, password: octetString }),
        structure({ user_name: octetString, algorithm_id: unsigned }),
        structure({ md5_challenge: boolean, one_time_password: boolean, generic_token_card: boolean }),
      ),
    },
  }),
  defined(46, 0, 'SMTP setup', 'high', {
    attributes: {
      server_port: longUnsigned,
      user_name: octetString,
      login_password: octetString,
      server_address: octetString,
      sender_address: octetString,
    },
  }),
  defined(48, 0, 'IPv6 setup', 'high', {
    snMethodOffset: 96,
    attributes: {
      DL_reference: logicalName,
      address_config_mode: enumerated({
        0: 'auto-configuration (default)',
        1: 'DHCPv6',
        2: 'manual',
        3: 'ND (neighbour discovery)',
      }),
      unicast_IPv6_addresses: dynamic(array(octets(16))),
      multicast_IPv6_addresses: dynamic(array(octets(16))),
      gateway_IPv6_addresses: dynamic(array(octets(16))),
      primary_DNS_address: octets(0, 16),
      secondary_DNS_address: octets(0, 16),
      traffic_class: within(unsigned, 0, 63),
      neighbor_discovery_setup: array(
        structure({ RS_max_retry: unsigned, RS_retry_wait_time: longUnsigned, RA_send_period: doubleLongUnsigned }),
      ),
    },
    methods: {
      add_IPv6_address: optional(ipv6AddressEntry),
      remove_IPv6_address: optional(ipv6AddressEntry),
    },
  }),
  defined(100, 0, 'NTP setup', 'high', {
    attributes: {
      activated: boolean,
      server_address: octetString,
      server_port: longUnsigned,
      authentication_method: enumerated({ 0: 'no security', 1: 'shared secrets', 2: 'autokey IFF' }),
      authentication_keys: array(authenticationKey),
      client_key: octetString,
    },
    methods: {
      synchronize: optional(integer),
      add_authentication_key: optional(authenticationKey),
      delete_authentication_key: optional(doubleLongUnsigned),
    },
  }),
  defined(152, 0, 'CoAP setup', 'medium', {
    attributes: {
      udp_reference: logicalName,
      ack_timeout: longUnsigned,
      ack_random_factor: longUnsigned,
      max_retransmit: longUnsigned,
      nstart: longUnsigned,
      delay_ack_timeout: longUnsigned,
      exponential_back_off: longUnsigned,
      probing_rate: longUnsigned,
      coap_uri_path: octetString,
      transport_mode: enumerated({ 1: 'reliable', 2: 'unreliable', 3: 'reliable and unreliable' }),
      wrapper_version: instanceSpecific,
      token_length: unsigned,
    },
  }),
  defined(153, 0, 'CoAP diagnostic', 'medium', {
    attributes: {
      messages_counter: dynamic(
        structure({
          tx: doubleLongUnsigned,
          rx: doubleLongUnsigned,
          tx_resend: doubleLongUnsigned,
          tx_reset: doubleLongUnsigned,
          rx_reset: doubleLongUnsigned,
          tx_ack: doubleLongUnsigned,
          rx_ack: doubleLongUnsigned,
          rx_drop: doubleLongUnsigned,
          tx_non_piggybacked: doubleLongUnsigned,
          max_rtx_exceeded: doubleLongUnsigned,
        }),
      ),
      request_response_counter: dynamic(
        structure({
          rx_requests: doubleLongUnsigned,
          tx_requests: doubleLongUnsigned,
          rx_response: doubleLongUnsigned,
          tx_response: doubleLongUnsigned,
          tx_client_error: doubleLongUnsigned,
          rx_client_error: doubleLongUnsigned,
          tx_server_error: doubleLongUnsigned,
          rx_server_error: doubleLongUnsigned,
        }),
      ),
      bt_counter: dynamic(
        structure({
          block_wise_transfer_started: doubleLongUnsigned,
          block_wise_transfer_completed: doubleLongUnsigned,
          block_wise_transfer_timeout: doubleLongUnsigned,
        }),
      ),
      capture_time: dynamic(attributeTimestamp),
    },
    methods: {
      reset: optional(integer),
    },
  }),
]
