/** How one service is, in words that may be shown to anybody: no host names, versions or data. */
export interface ServiceHealth {
  /** `degraded`: it works, and somebody should look at it. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail?: string;
}

/** A service that can be asked how it is. */
export interface HealthCheck {
  readonly name: string;
  /** Throws where the service does not answer. */
  check(): Promise<ServiceHealth>;
}
