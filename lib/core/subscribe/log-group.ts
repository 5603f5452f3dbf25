/** A subscription filter of CloudWatch Logs: whatever matches `pattern` is sent on; the empty pattern matches everything. */
export interface SubscriptionFilter {
  readonly name: string;
  readonly pattern: string;
  readonly destinationArn: string;
}

/** A log group as the plan has to know it. */
export interface LogGroup {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly filters: readonly SubscriptionFilter[];
}
