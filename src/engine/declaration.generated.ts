// Generated from schemas/meter.schema.json by scripts/generate-types.ts: change the schema, not this file.

export type Name = string
/**
 * 8 octets of system title as 16 hex digits.
 *
 */
export type SystemTitle = string
export type Ms = number
export type ConformanceBit =
  | 'general-protection'
  | 'general-block-transfer'
  | 'read'
  | 'write'
  | 'unconfirmed-write'
  | 'delta-value-encoding'
  | 'attribute0-supported-with-set'
  | 'priority-mgmt-supported'
  | 'attribute0-supported-with-get'
  | 'block-transfer-with-get-or-read'
  | 'block-transfer-with-set-or-write'
  | 'block-transfer-with-action'
  | 'multiple-references'
  | 'information-report'
  | 'data-notification'
  | 'access'
  | 'parameterized-access'
  | 'get'
  | 'set'
  | 'selective-access'
  | 'event-notification'
  | 'action'
export type LogicalName = string
/**
 * An image of the maker, in a file or as it is.
 *
 */
export type ImageFile = {
  readonly identification: string
  /**
   * Relative to this declaration.
   */
  readonly file?: string
  readonly octets?: string
} & ImageFile1
export type ImageFile1 = {
  readonly [k: string]: unknown
}
/**
 * @minItems 1
 *
 */
export type Argv = [string, ...string[]]

/**
 * A meter as its maker declares it (the Yellow Book's CTI): what it claims to support, how it is reached, how it may be tested.
 */
export interface MeterDeclaration {
  readonly meter: Name
  readonly title?: string
  /**
   * A declaration that this one completes or overrides, relative to this file.
   */
  readonly extends?: string
  /**
   * The simulated meter behind ports whose url is `simulated`, relative to this file.
   */
  readonly simulated?: string
  /**
   * File of keys and passwords (mode 600), relative to this file.
   */
  readonly secrets?: string
  readonly identification?: {
    readonly [k: string]: string
  }
  /**
   * What is still to be found out about the meter: a run says how many.
   */
  readonly todo?: string[]
  /**
   * What the meter claims (PICS).
   */
  readonly supports?: {
    readonly hdlc?: {
      /**
       * Octets of a server address.
       */
      readonly addressing: 1 | 2 | 4
      /**
       * Lower (physical) HDLC address; not for addressing 1.
       */
      readonly lower?: number
      readonly maxInformationTransmit?: number
      readonly maxInformationReceive?: number
      readonly windowTransmit?: number
      readonly windowReceive?: number
    }
    readonly signOn?: {
      /**
       * @minItems 1
       */
      readonly modes: ['A' | 'B' | 'C' | 'D' | 'E', ...('A' | 'B' | 'C' | 'D' | 'E')[]]
      /**
       * The rate that the identification announces.
       */
      readonly baud?: number
      /**
       * Device address of the request message.
       */
      readonly address?: string
      readonly programming?: boolean
      readonly passwordRequired?: boolean
      /**
       * The identification holds \2.
       */
      readonly announcesHdlc?: boolean
      /**
       * Third letter lower case: reaction time from 20 ms.
       */
      readonly fastReaction?: boolean
    }
    readonly wrapper?: {
      readonly tcp?: boolean
      readonly udp?: boolean
      /**
       * TCP connections at once (nb_of_sim_conn).
       */
      readonly connections?: number
    }
    readonly association?: {
      /**
       * server-max-receive-pdu-size of every association.
       */
      readonly maxReceivePduSize?: number
      /**
       * RLRQ is answered over HDLC too; over the wrapper it always is.
       */
      readonly release?: boolean
    }
    readonly security?: {
      readonly systemTitle?: SystemTitle
    }
  }
  readonly devices?: {
    readonly [k: string]: {
      /**
       * Upper (logical) HDLC address.
       */
      readonly upper: number
      /**
       * wPort; absent: the upper address.
       */
      readonly sap?: number
      /**
       * COSEM logical device name: begins with the three letters of the manufacturer.
       */
      readonly logicalDeviceName?: string
    }
  }
  readonly ports?: {
    readonly [k: string]: Port
  }
  /**
   * How to test this meter (PIXIT).
   */
  readonly testing?: {
    readonly timing?: Timing
    readonly clients?: {
      readonly [k: string]: {
        /**
         * What the suites ask for: public, reader, management …; absent: the client's name.
         */
        readonly role?: string
        readonly sap: number
        /**
         * Logical devices that it may address; absent: all.
         *
         * @minItems 1
         */
        readonly devices?: [string, ...string[]]
        readonly mechanism?:
          'lowest' | 'lls' | 'hls-2' | 'hls-md5' | 'hls-sha1' | 'hls-gmac' | 'hls-sha256' | 'hls-ecdsa'
        readonly context?: 'ln' | 'sn'
        /**
         * What the association of this client supports: the negotiated block is the proposal and this.
         */
        readonly conformance?: ConformanceBit[]
        /**
         * user_id of users in its user_list: each AARQ has to name one; absent: the list is empty.
         *
         * @minItems 1
         */
        readonly users?: [number, ...number[]]
        /**
         * Name of the password, or of the HLS secret of mechanisms 2, 3, 4 and 6.
         */
        readonly secret?: string
        /**
         * Its application context is one with ciphering.
         */
        readonly ciphered?: boolean
        readonly security?: ClientSecurity
      }
    }
    /**
     * An authority that the meter trusts: the tester makes certificates with it. Names of secrets.
     */
    readonly certificateAuthority?: {
      /**
       * Its private key: 32 octets in suite 1, 48 in suite 2.
       */
      readonly key: string
      /**
       * Its own certificate, in DER.
       */
      readonly certificate: string
    }
    readonly objects?: {
      readonly [k: string]: Object
    }
    readonly signOn?: {
      /**
       * Name of the secret.
       */
      readonly password?: string
      readonly scratch?: {
        readonly register: string
        /**
         * Two values that may be written.
         *
         * @minItems 2
         */
        readonly values: [string, string, ...string[]]
      }
      /**
       * A register that must not be readable without the password.
       */
      readonly protected?: string
      /**
       * A register that anybody may read.
       */
      readonly public?: string
      /**
       * Mode D: time between two transmissions.
       */
      readonly periodMs?: number
      /**
       * A device address that is certainly not on this line.
       */
      readonly otherAddress?: string
    }
    readonly push?: {
      /**
       * HOST:PORT where this tool listens by TCP and UDP, as it stands in send_destination_and_method of the meter.
       */
      readonly destination?: string
      /**
       * HOST:PORT of this machine, where it is not the destination; absent: the destination.
       */
      readonly listen?: string
      /**
       * Addresses that the meter calls from: all other calls are refused; absent: any.
       *
       * @minItems 1
       */
      readonly from?: [string, ...string[]]
      readonly event?: Object
      readonly withinMs?: Ms
      readonly ui?: {
        readonly port: string
        readonly withinMs: number
        readonly gapMs?: number
        readonly count?: number
      }
    }
    /**
     * A test image that may be transferred and verified.
     */
    readonly image?: {
      readonly 'class-id': 18
      readonly 'instance-id': string
      readonly identification: string
      readonly size: number
      /**
       * It may be activated too: nothing can take that back.
       */
      readonly activate?: boolean
      /**
       * Its octets, again and again.
       */
      readonly fill?: string
    }
    /**
     * Images for the security of an Image transfer, each made by the maker of the meter: no tester can. Only for a spare unit.
     */
    readonly images?: {
      readonly 'class-id': 18
      readonly 'instance-id': string
      readonly valid: ImageFile
      readonly wrongSignature?: ImageFile
      readonly unsigned?: ImageFile
      readonly older?: ImageFile
      readonly foreign?: ImageFile
    }
    /**
     * How long the meter may be kept busy.
     */
    readonly endurance?: {
      /**
       * Associations one after the other, beside the fifty that are always made.
       */
      readonly associations?: number
    }
    /**
     * Effects and things touched that are forbidden for good, or globs of cases.
     */
    readonly never?: string[]
  }
  /**
   * A target that the tool starts and stops itself: argv arrays, run without a shell.
   */
  readonly managed?: {
    readonly start?: Argv
    readonly stop?: Argv
    readonly powerOff?: Argv
    readonly powerOn?: Argv
    /**
     * A line on its standard output that holds this text says that it is ready.
     */
    readonly ready?: string
    readonly readyMs?: number
  }
}
export interface Port {
  /**
   * @minItems 1
   */
  readonly profile?: [
    'sign-on' | 'hdlc' | 'serial' | 'wrapper' | 'tcp' | 'udp',
    ...('sign-on' | 'hdlc' | 'serial' | 'wrapper' | 'tcp' | 'udp')[],
  ]
  readonly url?: string
  readonly baud?: number
  readonly format?: '7E1' | '8N1'
  readonly line?:
    | 'serial'
    | {
        readonly kind?: 'serial' | 'stream' | 'datagram'
        /**
         * The optical head gives the tester's own octets back.
         */
        readonly echo?: boolean
        readonly parity?: 'hardware' | 'software'
        readonly tolerancePercent?: number
        readonly toleranceMs?: Ms
      }
  readonly timing?: Timing
}
export interface Timing {
  readonly responseMs?: Ms
  readonly interOctetMs?: Ms
  readonly interFrameMs?: Ms
  readonly inactivityMs?: Ms
  readonly signOffMs?: Ms
  readonly lockoutMs?: Ms
  readonly tcpInactivityMs?: Ms
  readonly bootMs?: Ms
  readonly caseMs?: Ms
  readonly runMs?: Ms
  /**
   * @minItems 2
   * @maxItems 2
   */
  readonly signOnReactionMs?: [Ms, Ms]
}
/**
 * How a client protects its APDUs and proves who it is. Of keys it has the names of the secrets, never the keys.
 *
 */
export interface ClientSecurity {
  readonly suite: 0 | 1 | 2
  readonly systemTitle: SystemTitle
  /**
   * Names of the secrets; of ECDSA and ECDH the private keys of the client.
   */
  readonly keys?: {
    readonly 'global-unicast-encryption-key'?: string
    readonly 'global-broadcast-encryption-key'?: string
    readonly 'authentication-key'?: string
    readonly 'master-key'?: string
    readonly 'dedicated-key'?: string
    readonly 'signing-key'?: string
    readonly 'agreement-key'?: string
  }
  /**
   * Names of the secrets that hold the public keys of the server: x and y, without a tag.
   */
  readonly serverKeys?: {
    readonly 'signing-key'?: string
    readonly 'agreement-key'?: string
  }
  /**
   * What the tester uses where a case says nothing; absent: authenticated-encrypted.
   */
  readonly protection?: 'none' | 'authenticated' | 'encrypted' | 'authenticated-encrypted'
  /**
   * security_policy of its security setup.
   */
  readonly policy?: number
  /**
   * Version of the class Security setup; absent: 0 in suite 0, else 1.
   */
  readonly policyVersion?: 0 | 1
  /**
   * What the meter claims to take from this client; absent: glo.
   *
   * @minItems 1
   */
  readonly forms?: [
    'glo' | 'ded' | 'general-glo' | 'general-ded' | 'general-ciphering' | 'general-signing',
    ...('glo' | 'ded' | 'general-glo' | 'general-ded' | 'general-ciphering' | 'general-signing')[],
  ]
  /**
   * What general-ciphering authenticates besides the APDU. without-header: the meter leaves the fields of the header (transaction-id to other-information) out; the tester protects its requests so, and what the meter protects so is a remark. Absent: with-header, as the standard has it.
   */
  readonly generalCipheringAad?: 'with-header' | 'without-header'
  /**
   * What is signed in general-signing: the fields from transaction-id to content, each with its length (standard), without the length of the content, or with the tag of the APDU before them. The tester signs its requests so, and what the meter signs otherwise than the standard has it is a remark. Absent: standard.
   */
  readonly generalSigningInput?: 'standard' | 'content-without-length' | 'with-tag'
  /**
   * The client may give a dedicated key when it opens its association.
   */
  readonly dedicatedKey?: boolean
  readonly setup?: LogicalName
  /**
   * The object that tells the last invocation counter of the client to anybody: read before its first association on a real line.
   */
  readonly counter?: {
    readonly 'class-id': number
    readonly 'instance-id': LogicalName
    readonly 'attribute-id': number
  }
  /**
   * No invocation counter below this one is used.
   */
  readonly firstCounter?: number
  /**
   * V.44, in suites 1 and 2: compressed APDUs are taken.
   */
  readonly compression?: boolean
  /**
   * Its keys may be spent: cases may use a counter again, or change the keys.
   */
  readonly forTest?: boolean
  /**
   * From when on a transferred key protects; absent: next-apdu.
   */
  readonly newKeyFrom?: 'next-apdu' | 'next-association' | 'response'
}
export interface Object {
  readonly 'class-id': number
  readonly 'instance-id': string
  readonly 'attribute-id'?: number
  readonly 'method-id'?: number
  readonly parameter?: {}
  /**
   * Attribute that counts the executions of the method.
   */
  readonly counts?: number
  /**
   * Roles that have the right.
   */
  readonly for?: string[]
  readonly device?: string
  /**
   * Values that may be written, as tagged Data.
   */
  readonly values?: {}[]
  /**
   * Values of control_mode that a disconnect control may be given.
   */
  readonly modes?: number[]
  /**
   * What a harmless script writes into the scratch attribute, as tagged Data.
   */
  readonly sets?: {}
  readonly observeMs?: Ms
  /**
   * Seconds that a clock may gain or lose in a day.
   */
  readonly driftPerDay?: number
  /**
   * A clock whose daylight saving can be set, and happens.
   */
  readonly daylightSaving?: boolean
}
