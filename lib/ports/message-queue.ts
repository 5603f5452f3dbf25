/** A queue that keeps a message until somebody has acknowledged it. */
export interface MessageQueue {
  /** Sends one message (a string of at most 1 MiB), after `delaySeconds` (0 to 900). Throws where it was not taken. */
  send(body: string, delaySeconds?: number): Promise<void>;
}
