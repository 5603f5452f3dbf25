/** What all invocations together know of whether the index takes documents: its failures in a row. */
export interface Breaker {
  /** Failures since the last success. */
  failures(): Promise<number>;
  /** Counts one failure. Returns how many there are now. */
  fail(): Promise<number>;
  /** Forgets the failures, unless they have opened the breaker: a success that began before proves nothing then. */
  succeed(): Promise<void>;
  /** Sets the failures to so many, whatever they are: the one way out of an open breaker. */
  reset(failures: number): Promise<void>;
}
