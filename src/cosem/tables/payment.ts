// Interface classes for payment.
import {
  array,
  bitString,
  bits,
  dateTime,
  defined,
  doubleLong,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  flags,
  integer,
  logicalName,
  long,
  long64Unsigned,
  longUnsigned,
  octetString,
  optional,
  structure,
  taggedDateTime,
  tolerating,
  unsigned,
  utf8String,
  visibleString,
  within,
  type InterfaceClass,
} from '../definition.ts'
import { attributeReference } from './shared.ts'

const chargeTable = array(structure({ index: octetString, charge_per_unit: long }))

const unitCharge = structure({
  charge_per_unit_scaling: structure({ commodity_scale: integer, price_scale: integer }),
  commodity_reference: attributeReference,
  charge_table: chargeTable,
})

export const paymentClasses: readonly InterfaceClass[] = [
  defined(111, 0, 'Account', 'high', {
    attributes: {
      account_mode_and_status: dynamic(
        structure({
          payment_mode: enumerated({ 1: 'credit mode', 2: 'prepayment mode' }),
          account_status: enumerated({ 1: 'new (inactive) account', 2: 'account active', 3: 'account closed' }),
        }),
      ),
      current_credit_in_use: dynamic(unsigned),
      current_credit_status: dynamic(
        flags(
          'bit-string',
          {
            0: 'in_credit',
            1: 'low_credit',
            2: 'next_credit_enabled',
            3: 'next_credit_selectable',
            4: 'next_credit_selected',
            5: 'selectable_credit_in_use',
            6: 'out_of_credit',
            7: 'reserved',
          },
          8,
        ),
      ),
      available_credit: dynamic(doubleLong),
      amount_to_clear: dynamic(doubleLong),
      clearance_threshold: doubleLong,
      aggregated_debt: dynamic(doubleLong),
      credit_reference_list: array(logicalName),
      charge_reference_list: array(logicalName),
      credit_charge_configuration: array(
        structure({ credit_reference: logicalName, charge_reference: logicalName, collection_configuration: bits(3) }),
      ),
      token_gateway_configuration: array(
        structure({ credit_reference: logicalName, token_proportion: within(unsigned, 0, 100) }),
      ),
      account_activation_time: dateTime,
      account_closure_time: dateTime,
      currency: structure({
        currency_name: utf8String,
        currency_scale: integer,
        currency_unit: enumerated({ 0: 'time', 1: 'consumption', 2: 'monetary' }),
      }),
      low_credit_threshold: doubleLong,
      next_credit_available_threshold: doubleLong,
      max_provision: longUnsigned,
      max_provision_period: doubleLong,
    },
    methods: {
      activate_account: optional(integer),
      close_account: optional(integer),
      reset_account: optional(integer),
    },
  }),
  defined(112, 0, 'Credit', 'high', {
    attributes: {
      current_credit_amount: dynamic(doubleLong),
      credit_type: enumerated({
        0: 'token_credit',
        1: 'reserved_credit',
        2: 'emergency_credit',
        3: 'time_based_credit',
        4: 'consumption_based_credit',
      }),
      priority: unsigned,
      warning_threshold: doubleLong,
      limit: doubleLong,
      credit_configuration: flags(
        'bit-string',
        {
          0: 'requires visual indication',
          1: 'requires confirmation before selection',
          2: 'requires paying back the credit amount',
          3: 'resettable',
          4: 'able to receive credit amounts from tokens',
        },
        5,
      ),
      credit_status: dynamic(
        enumerated({ 0: 'enabled', 1: 'selectable', 2: 'selected/invoked', 3: 'in use', 4: 'exhausted' }),
      ),
      preset_credit_amount: doubleLong,
      credit_available_threshold: doubleLong,
      period: dateTime,
    },
    methods: {
      update_amount: optional(doubleLong),
      set_amount_to_value: optional(doubleLong),
      invoke_credit: optional(integer),
    },
  }),
  defined(113, 0, 'Charge', 'high', {
    attributes: {
      total_amount_paid: dynamic(doubleLong),
      charge_type: enumerated({
        0: 'consumption_based_collection',
        1: 'time_based_collection',
        2: 'payment_event_based_collection',
      }),
      priority: unsigned,
      unit_charge_active: unitCharge,
      unit_charge_passive: unitCharge,
      unit_charge_activation_time: dateTime,
      period: doubleLongUnsigned,
      charge_configuration: flags('bit-string', { 0: 'percentage based collection', 1: 'continuous collection' }, 2),
      last_collection_time: dynamic(tolerating(taggedDateTime, 'octet-string')),
      last_collection_amount: dynamic(doubleLong),
      total_amount_remaining: dynamic(doubleLong),
      proportion: within(longUnsigned, 0, 10000),
    },
    methods: {
      update_unit_charge: optional(chargeTable),
      activate_passive_unit_charge: optional(integer),
      collect: optional(integer),
      update_total_amount_remaining: optional(doubleLong),
      set_total_amount_remaining: optional(doubleLong),
    },
  }),
  defined(115, 0, 'Token gateway', 'high', {
    attributes: {
      token: dynamic(octetString),
      token_time: dynamic(dateTime),
      token_description: dynamic(array(octetString)),
      token_delivery_method: dynamic(
        enumerated({ 0: 'via remote communications', 1: 'via local communications', 2: 'via manual entry' }),
      ),
      token_status: dynamic(
        structure({
          status_code: enumerated({
            0: 'token format result OK',
            1: 'authentication result OK',
            2: 'validation result OK',
            3: 'token execution result OK',
            4: 'token format failure',
            5: 'authentication failure',
            6: 'validation result failure',
            7: 'token execution result failure',
            8: 'token received and not yet processed',
          }),
          data_value: bitString,
        }),
      ),
    },
    methods: {
      enter: optional(octetString),
    },
  }),
  defined(116, 0, 'IEC 62055-41 attributes', 'medium', {
    attributes: {
      meterPAN: structure({
        issuer_identification_number: doubleLongUnsigned,
        decoder_reference_number: long64Unsigned,
        PAN_check_digit: unsigned,
      }),
      commodity: visibleString,
      token_carrier_types: array(unsigned),
      encryption_algorithm: unsigned,
      supply_group_code: doubleLongUnsigned,
      tariff_index: unsigned,
      key_revision_number: unsigned,
      key_type: unsigned,
      key_expiry_number: unsigned,
      number_of_kct_supported: unsigned,
      STS_certificate_number: visibleString,
    },
  }),
]
