// Interface classes for time and what happens by it.
import {
  array,
  bitString,
  bits,
  boolean,
  date,
  dateTime,
  defined,
  dynamic,
  enumerated,
  flags,
  instanceSpecific,
  integer,
  logicalName,
  long,
  longUnsigned,
  octetString,
  optional,
  structure,
  time,
  unsigned,
  within,
  type InterfaceClass,
} from '../definition.ts'
import { scriptReference } from './shared.ts'

const specialDay = structure({ index: longUnsigned, specialday_date: date, day_id: unsigned })

const seasonProfiles = array(
  structure({ season_profile_name: octetString, season_start: dateTime, week_name: octetString }),
)

const weekProfiles = array(
  structure({
    week_profile_name: octetString,
    monday: unsigned,
    tuesday: unsigned,
    wednesday: unsigned,
    thursday: unsigned,
    friday: unsigned,
    saturday: unsigned,
    sunday: unsigned,
  }),
)

const dayProfiles = array(
  structure({
    day_id: unsigned,
    day_schedule: array(
      structure({ start_time: time, script_logical_name: logicalName, script_selector: longUnsigned }),
    ),
  }),
)

const scheduleEntry = structure({
  index: within(longUnsigned, 1, 9999),
  enable: boolean,
  script_logical_name: logicalName,
  script_selector: longUnsigned,
  switch_time: time,
  validity_window: longUnsigned,
  exec_weekdays: bits(7),
  exec_specdays: bitString,
  begin_date: date,
  end_date: date,
})

export const timeClasses: readonly InterfaceClass[] = [
  defined(8, 0, 'Clock', 'high', {
    snMethodOffset: 96,
    attributes: {
      time: dynamic(dateTime),
      time_zone: long,
      status: dynamic(
        flags('unsigned', {
          0: 'invalid value',
          1: 'doubtful value',
          2: 'different clock base',
          3: 'invalid clock status',
          7: 'daylight saving active',
        }),
      ),
      daylight_savings_begin: dateTime,
      daylight_savings_end: dateTime,
      daylight_savings_deviation: within(integer, -120, 120),
      daylight_savings_enabled: boolean,
      clock_base: enumerated({
        0: 'not defined',
        1: 'internal crystal',
        2: 'mains frequency 50 Hz',
        3: 'mains frequency 60 Hz',
        4: 'GPS (global positioning system)',
        5: 'radio controlled',
      }),
    },
    methods: {
      adjust_to_quarter: optional(integer),
      adjust_to_measuring_period: optional(integer),
      adjust_to_minute: optional(integer),
      adjust_to_preset_time: optional(integer),
      preset_adjusting_time: optional(
        structure({ preset_time: dateTime, validity_interval_start: dateTime, validity_interval_end: dateTime }),
      ),
      shift_time: optional(within(long, -900, 900)),
    },
  }),
  defined(9, 0, 'Script table', 'high', {
    snMethodOffset: 32,
    attributes: {
      scripts: array(
        structure({
          script_identifier: within(longUnsigned, 1, 65535),
          actions: array(
            structure({
              service_id: enumerated({ 1: 'write attribute', 2: 'execute specific method' }),
              class_id: longUnsigned,
              logical_name: logicalName,
              index: integer,
              parameter: instanceSpecific,
            }),
          ),
        }),
      ),
    },
    methods: {
      execute: longUnsigned,
    },
  }),
  defined(10, 0, 'Schedule', 'high', {
    snMethodOffset: 32,
    attributes: { entries: array(scheduleEntry) },
    methods: {
      enable_disable: optional(
        structure({
          firstIndexA: longUnsigned,
          lastIndexA: longUnsigned,
          firstIndexB: longUnsigned,
          lastIndexB: longUnsigned,
        }),
      ),
      insert: optional(scheduleEntry),
      delete: optional(structure({ firstIndex: longUnsigned, lastIndex: longUnsigned })),
    },
  }),
  defined(11, 0, 'Special days table', 'high', {
    snMethodOffset: 16,
    attributes: { entries: array(specialDay) },
    methods: {
      insert: optional(specialDay),
      delete: optional(longUnsigned),
    },
  }),
  defined(20, 0, 'Activity calendar', 'high', {
    snMethodOffset: 80,
    attributes: {
      calendar_name_active: octetString,
      season_profile_active: seasonProfiles,
      week_profile_table_active: weekProfiles,
      day_profile_table_active: dayProfiles,
      calendar_name_passive: octetString,
      season_profile_passive: seasonProfiles,
      week_profile_table_passive: weekProfiles,
      day_profile_table_passive: dayProfiles,
      activate_passive_calendar_time: dateTime,
    },
    methods: {
      activate_passive_calendar: optional(integer),
    },
  }),
  defined(22, 0, 'Single action schedule', 'high', {
    attributes: {
      executed_script: scriptReference,
      type: enumerated({
        1: 'size of execution_time = 1, wildcard in date allowed',
        2: 'size n, all time values the same, wildcards in date not allowed',
        3: 'size n, all time values the same, wildcards in date allowed',
        4: 'size n, time values may differ, wildcards in date not allowed',
        5: 'size n, time values may differ, wildcards in date allowed',
      }),
      execution_time: array(structure({ time: time, date: date })),
    },
  }),
]
