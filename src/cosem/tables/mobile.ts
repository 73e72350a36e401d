// Interface classes for mobile networks.
import {
  array,
  defined,
  doubleLongUnsigned,
  dynamic,
  enumerated,
  integer,
  longUnsigned,
  octetString,
  structure,
  taggedDateTime,
  unsigned,
  visibleString,
  within,
  type InterfaceClass,
} from '../definition.ts'

const csAttachment = enumerated({ 0: 'inactive', 1: 'incoming call', 2: 'active' }, [3, 255, 'reserved'])

const adjacentCells = array(structure({ cell_ID: doubleLongUnsigned, signal_quality: within(unsigned, 0, 99) }))

const qualityOfService = structure({
  precedence: unsigned,
  delay: unsigned,
  reliability: unsigned,
  peak_throughput: unsigned,
  mean_throughput: unsigned,
})

const modemStatus = enumerated(
  {
    0: 'not registered',
    1: 'registered, home network',
    2: 'not registered, searching',
    3: 'registration denied',
    4: 'unknown',
    5: 'registered, roaming',
  },
  [6, 255, 'reserved'],
)

const cellInfo = structure({
  cell_ID: doubleLongUnsigned,
  location_ID: longUnsigned,
  signal_quality: within(unsigned, 0, 99),
  ber: within(unsigned, 0, 99),
  mcc: longUnsigned,
  mnc: longUnsigned,
  channel_number: doubleLongUnsigned,
})

const gsmDiagnostic0 = {
  operator: dynamic(visibleString),
  status: dynamic(modemStatus),
  cs_attachment: dynamic(csAttachment),
  ps_status: dynamic(enumerated({ 0: 'inactive', 1: 'GPRS', 2: 'EDGE', 3: 'UMTS', 4: 'HSDPA' }, [5, 255, 'reserved'])),
  cell_info: dynamic(
    structure({
      cell_ID: longUnsigned,
      location_ID: longUnsigned,
      signal_quality: within(unsigned, 0, 99),
      ber: within(unsigned, 0, 99),
    }),
  ),
  adjacent_cells: dynamic(array(structure({ cell_ID: longUnsigned, signal_quality: within(unsigned, 0, 99) }))),
  capture_time: dynamic(taggedDateTime),
}

const gsmDiagnostic1 = {
  ...gsmDiagnostic0,
  ps_status: dynamic(
    enumerated({ 0: 'inactive', 1: 'GPRS', 2: 'EDGE', 3: 'UMTS', 4: 'HSDPA', 5: 'LTE', 6: 'CDMA' }, [
      7,
      255,
      'reserved',
    ]),
  ),
  cell_info: dynamic(cellInfo),
  adjacent_cells: dynamic(adjacentCells),
}

export const mobileClasses: readonly InterfaceClass[] = [
  defined(45, 0, 'GPRS modem setup', 'high', {
    attributes: {
      APN: octetString,
      PIN_code: longUnsigned,
      quality_of_service: structure({ default: qualityOfService, requested: qualityOfService }),
    },
  }),
  defined(47, 0, 'GSM diagnostic', 'high', {
    attributes: gsmDiagnostic0,
  }),
  defined(47, 1, 'GSM diagnostic', 'high', {
    attributes: gsmDiagnostic1,
  }),
  defined(47, 2, 'GSM diagnostic', 'medium', {
    attributes: {
      ...gsmDiagnostic1,
      ps_status: dynamic(
        enumerated(
          {
            0: 'inactive',
            1: 'GPRS',
            2: 'EDGE',
            3: 'UMTS',
            4: 'HSDPA',
            5: 'LTE',
            6: 'CDMA',
            7: 'LTE Cat M1',
            8: 'LTE Cat NB1',
            9: 'LTE Cat NB2',
          },
          [10, 255, 'reserved'],
        ),
      ),
    },
  }),
  defined(151, 0, 'LTE monitoring', 'high', {
    attributes: {
      LTE_network_parameters: dynamic(
        structure({ T3402: longUnsigned, T3412: longUnsigned, RSRQ: unsigned, RSRP: unsigned, q_rxlev_min: integer }),
      ),
    },
  }),
  defined(151, 1, 'LTE monitoring', 'high', {
    attributes: {
      LTE_network_parameters: dynamic(
        structure({
          T3402: longUnsigned,
          T3412: longUnsigned,
          T3412ext2: doubleLongUnsigned,
          T3324: longUnsigned,
          TeDRX: doubleLongUnsigned,
          TPTW: longUnsigned,
          q_rxlev_min: integer,
          q_rxlev_min_CE: integer,
          q_rxlev_min_CE1: integer,
        }),
      ),
      LTE_quality_of_service: dynamic(
        structure({
          signal_quality: integer,
          signal_level: integer,
          signal_to_noise_ratio: integer,
          coverage_enhancement: enumerated({ 0: 'CE level 0', 1: 'CE level 1', 2: 'CE level 2' }),
        }),
      ),
    },
  }),
]
