/** What a local stack stands on, whether processes or containers. */
export interface Platform {
  /** Of this very emulator; another one is empty. */
  readonly emulatorId: string;
  /** As this machine reaches them. */
  readonly openSearchUrl: string;
  readonly awsEndpointUrl: string;
  readonly webhookReceiverUrl: string;
  /** As the functions reach them. */
  readonly forFunctions: {
    readonly openSearchUrl: string;
    readonly webhookReceiverUrl: string;
    /** The private addresses that the receiver may have. */
    readonly allowedPrivateCidrs: string;
  };
}
