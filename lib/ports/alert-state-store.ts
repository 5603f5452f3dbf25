import type { AlertState } from '../core/alert/state.ts';

/** Names one alert state. */
export interface AlertKey {
  readonly rule: string;
  readonly group: string;
}

/** A state as it is stored; `version` counts its writes. */
export interface StoredAlert {
  readonly state: AlertState;
  readonly version: number;
}

/** `conflict`: somebody else has written the state since it was read, and nothing was written. */
export type StateWrite =
  | { readonly kind: 'stored'; readonly version: number }
  | { readonly kind: 'conflict' };

/** Where alert states live, outside of the domain they watch. Times are ISO 8601, UTC. */
export interface AlertStateStore {
  /** The states that exist, in no order. Sees every write that has returned. */
  load(keys: readonly AlertKey[]): Promise<StoredAlert[]>;
  /**
   * Replaces version `version` of a state (0 where there is none) in one write, with its outbox. Refused as a conflict
   * where the version is another, or where the window of `state` is not after the stored one.
   */
  compareAndSet(version: number, state: AlertState, now: string): Promise<StateWrite>;
  /** Empties the outbox of version `version`, once its messages are on the queue. */
  clearOutbox(version: number, key: AlertKey, now: string): Promise<StateWrite>;
  /** States whose outbox has not been emptied since before `before`: their writer was stopped in between. */
  listUnsent(before: string): Promise<StoredAlert[]>;
}
