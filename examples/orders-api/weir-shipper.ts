import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { CircuitBreaker } from './circuit-breaker.ts';
import { LogBuffer } from './log-buffer.ts';
import { postBatch, type SealedBatch } from './post-batch.ts';
import type { IntakeTarget } from './read-settings.ts';

const gzipAsync = promisify(gzip);

/** What the shipper has to say of itself: once per change, not once per attempt. */
export type Notice =
  | { readonly kind: 'dropped'; readonly lines: number }
  | { readonly kind: 'refused'; readonly lines: number; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'recovered' };

export interface ShipperOptions {
  readonly target: IntakeTarget;
  readonly source: string;
  readonly report: (notice: Notice) => void;
  readonly maxBufferedLines?: number;
  readonly maxBufferedBytes?: number;
  readonly maxBatchLines?: number;
  readonly maxBatchBytes?: number;
  readonly flushIntervalMs?: number;
  readonly requestTimeoutMs?: number;
  readonly firstDelayMs?: number;
  readonly maxDelayMs?: number;
  readonly failuresToOpen?: number;
  readonly cooldownMs?: number;
}

const DEFAULTS = {
  maxBufferedLines: 20_000,
  maxBufferedBytes: 16 * 1024 * 1024,
  maxBatchLines: 500,
  maxBatchBytes: 1024 * 1024,
  flushIntervalMs: 1000,
  requestTimeoutMs: 10_000,
  firstDelayMs: 200,
  maxDelayMs: 30_000,
  failuresToOpen: 5,
  cooldownMs: 15_000,
} as const;

/**
 * Ships log lines to Weir beside the application: `ship` only puts a line into a bounded buffer, one loop delivers
 * them in order. A line is lost only where the buffer is full, Weir refuses it, or `close` runs out of time; each such
 * line is counted and reported.
 */
export class WeirShipper {
  readonly #options: Required<ShipperOptions>;
  readonly #buffer: LogBuffer;
  readonly #breaker: CircuitBreaker;
  readonly #closing = new AbortController();
  readonly #deadline = new AbortController();
  #loop: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #unreported = 0;
  #dropped = 0;

  constructor(options: ShipperOptions) {
    this.#options = { ...DEFAULTS, ...options };
    const { maxBufferedLines, maxBufferedBytes, maxBatchLines, maxBatchBytes } = this.#options;
    this.#buffer = new LogBuffer(
      { maxLines: maxBufferedLines, maxBytes: maxBufferedBytes },
      { maxLines: maxBatchLines, maxBytes: maxBatchBytes },
    );
    this.#breaker = new CircuitBreaker(this.#options.failuresToOpen, this.#options.cooldownMs);
  }

  /** Lines that wait, and lines that were lost since the start. */
  get stats(): { readonly buffered: number; readonly dropped: number } {
    return { buffered: this.#buffer.size, dropped: this.#dropped };
  }

  /** Takes one line (without its line end) for delivery. Returns at once and never throws. */
  ship(line: string): void {
    if (this.#closing.signal.aborted || !this.#buffer.add(line)) {
      this.#dropped += 1;
      this.#unreported += 1;
    } else if (this.#buffer.holdsFullBatch) {
      this.#startLoop();
    } else {
      this.#flushLater();
    }
  }

  /** Delivers what waits, for at most `graceMs`; takes no further line. Resolves when nothing is under way any more. */
  async close(graceMs: number): Promise<void> {
    this.#closing.abort();
    const timer = setTimeout(() => this.#deadline.abort(), graceMs);
    do {
      this.#startLoop();
      await this.#loop;
    } while (this.#buffer.size > 0 && !this.#deadline.signal.aborted);
    clearTimeout(timer);
    clearTimeout(this.#timer);
    this.#drop(this.#buffer.size);
    this.#reportDropped();
  }

  #startLoop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#loop ??= this.#run()
      // Whatever goes wrong here must not end the application; the lines are still there for the next flush.
      .catch(() => undefined)
      .finally(() => {
        this.#loop = undefined;
        if (this.#buffer.size > 0) this.#flushLater();
      });
  }

  #flushLater(): void {
    this.#timer ??= setTimeout(() => this.#startLoop(), this.#options.flushIntervalMs).unref();
  }

  async #run(): Promise<void> {
    do {
      const lines = this.#buffer.peekBatch();
      if (lines.length === 0) return;
      const body = await gzipAsync(`${lines.join('\n')}\n`);
      await this.#deliver({ key: randomUUID(), body, lines: lines.length });
    } while (this.#goesOn());
  }

  /** A part of a batch waits for the next flush; at the end everything goes. */
  #goesOn(): boolean {
    if (this.#deadline.signal.aborted) return false;
    return this.#closing.signal.aborted || this.#buffer.holdsFullBatch;
  }

  async #deliver(batch: SealedBatch): Promise<void> {
    for (let attempt = 1; !this.#deadline.signal.aborted; attempt += 1) {
      if (!this.#closing.signal.aborted) await this.#pause(this.#breaker.waitMs(Date.now()));
      const delivery = await this.#post(batch);
      if (delivery.kind === 'delivered') return this.#settle(batch);
      if (delivery.kind === 'refused') return this.#refuse(batch, delivery.reason);
      if (this.#breaker.fail(Date.now())) {
        this.#options.report({ kind: 'unreachable', reason: delivery.reason });
      }
      await this.#pause(Math.max(this.#backOffMs(attempt), delivery.retryAfterMs));
    }
  }

  #post(batch: SealedBatch): ReturnType<typeof postBatch> {
    const { target, source, requestTimeoutMs } = this.#options;
    const signal = AbortSignal.any([AbortSignal.timeout(requestTimeoutMs), this.#deadline.signal]);
    return postBatch(target, source, batch, signal);
  }

  #settle(batch: SealedBatch): void {
    this.#buffer.discard(batch.lines);
    if (this.#breaker.succeed()) this.#options.report({ kind: 'recovered' });
    this.#reportDropped();
  }

  /** A refusal will be the same next time: the batch is given up, and the next one waits as after a failure. */
  #refuse(batch: SealedBatch, reason: string): void {
    this.#buffer.discard(batch.lines);
    this.#dropped += batch.lines;
    this.#options.report({ kind: 'refused', lines: batch.lines, reason });
    this.#breaker.open(Date.now());
  }

  #drop(lines: number): void {
    this.#buffer.discard(lines);
    this.#dropped += lines;
    this.#unreported += lines;
  }

  #reportDropped(): void {
    const lines = this.#unreported;
    this.#unreported = 0;
    if (lines > 0) this.#options.report({ kind: 'dropped', lines });
  }

  /** Full jitter, so that many applications do not come back at the same moment. */
  #backOffMs(attempt: number): number {
    const { firstDelayMs, maxDelayMs } = this.#options;
    return Math.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
  }

  /** Waits without keeping the process alive; `close` cuts the wait short, and then only its deadline does. */
  async #pause(ms: number): Promise<void> {
    if (ms <= 0) return;
    const isClosing = this.#closing.signal.aborted;
    const signal = isClosing ? this.#deadline.signal : this.#closing.signal;
    await sleep(ms, undefined, { signal, ref: isClosing }).catch(() => undefined);
  }
}
