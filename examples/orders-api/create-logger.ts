export type Level = 'INFO' | 'WARN' | 'ERROR';

/** What a log line may carry beside time, level, message and service; names as in ECS. */
export interface LogFields {
  readonly event?: {
    readonly action: string;
    readonly customer?: string;
    readonly latency_ms?: number;
    readonly order_id?: string;
    readonly lines?: number;
    readonly reason?: string;
  };
  readonly trace?: { readonly id: string };
  readonly http?: {
    readonly request: { readonly method: string };
    readonly response: { readonly status_code: number };
  };
  readonly url?: { readonly path: string };
  readonly error?: { readonly type: string; readonly message: string; readonly stack_trace?: string };
}

export type Log = (level: Level, message: string, fields: LogFields) => void;

/** Structured JSON lines: one object a line, the same line to each sink. */
export function createLogger(
  service: string,
  now: () => Date,
  sinks: readonly ((line: string) => void)[],
): Log {
  return (level, message, fields) => {
    const line = JSON.stringify({ '@timestamp': now().toISOString(), level, message, service, ...fields });
    for (const sink of sinks) sink(line);
  };
}

/** An exception under ECS names; the stack keeps the chain of causes. */
export function describeError(error: unknown): NonNullable<LogFields['error']> {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { name, message, stack, cause } = error;
  const causedBy = cause instanceof Error ? `\nCaused by: ${cause.stack}` : '';
  return { type: name, message, stack_trace: `${stack}${causedBy}` };
}
