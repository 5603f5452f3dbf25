/** How an attempt to deliver ended. */
export type AttemptResult =
  | { readonly kind: 'delivered'; readonly response: string }
  /** Not taken, or (`ambiguous`) perhaps taken; tried again at `nextAttemptAt`, epoch ms. */
  | { readonly kind: 'failed' | 'ambiguous'; readonly response: string; readonly nextAttemptAt: number }
  /** Given up. */
  | { readonly kind: 'dead'; readonly response: string };

/** Which message a delivery is about. */
export interface DeliverySubject {
  readonly message: string;
  readonly event: string;
  readonly channel: string;
}

/** Whether a message may be attempted now. */
export type Claim =
  /** The caller alone may attempt it until the lease ends. `attempt` counts from 1. */
  | { readonly kind: 'claimed'; readonly attempt: number }
  /** Somebody else attempts it, or the next attempt is not due: look again at `until`, epoch ms. */
  | { readonly kind: 'wait'; readonly until: number }
  /** Delivered or dead: there is nothing more to do. */
  | { readonly kind: 'finished'; readonly state: 'delivered' | 'dead' };

/**
 * What became of each message: `sending` while an attempt holds the lease, `failed` and `ambiguous` between attempts,
 * `delivered` and `dead` at the end. A lease that ran out is an attempt whose end nobody saw; the next claim takes it over.
 */
export interface DeliveryLog {
  /** Claims the next attempt, for `leaseMs` from `now` (epoch ms). */
  claim(subject: DeliverySubject, now: number, leaseMs: number): Promise<Claim>;
  /** Notes how attempt `attempt` ended. Without effect where a later attempt has begun. */
  record(message: string, attempt: number, result: AttemptResult, now: number): Promise<void>;
  /** Turns a channel off for one destination (a hash of it); another destination is not affected. */
  disable(channel: string, destination: string, now: number): Promise<void>;
  isDisabled(channel: string, destination: string): Promise<boolean>;
}
