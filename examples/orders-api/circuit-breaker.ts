/** Stops calling what keeps failing: after `failuresToOpen` failures in a row it asks for a pause of `cooldownMs`. */
export class CircuitBreaker {
  readonly #failuresToOpen: number;
  readonly #cooldownMs: number;
  #failures = 0;
  #openUntilMs = 0;

  constructor(failuresToOpen: number, cooldownMs: number) {
    this.#failuresToOpen = failuresToOpen;
    this.#cooldownMs = cooldownMs;
  }

  /** How long to wait before the next call; 0 while closed. The first call after the pause is the probe. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#openUntilMs - nowMs);
  }

  /** Notes a success. Returns true where this closed the breaker. */
  succeed(): boolean {
    const wasOpen = this.#failures >= this.#failuresToOpen;
    this.#failures = 0;
    this.#openUntilMs = 0;
    return wasOpen;
  }

  /** Notes a failure. Returns true where this opened the breaker; a failed probe only prolongs the pause. */
  fail(nowMs: number): boolean {
    const wasOpen = this.#failures >= this.#failuresToOpen;
    this.#failures += 1;
    if (this.#failures < this.#failuresToOpen) return false;
    this.open(nowMs);
    return !wasOpen;
  }

  /** Opens at once, for a failure that no quick repeat can mend. */
  open(nowMs: number): void {
    this.#failures = this.#failuresToOpen;
    this.#openUntilMs = nowMs + this.#cooldownMs;
  }
}
