/** One signed request. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a request ended. Reasons and statuses only: what a receiver answers is never kept. */
export type WebhookAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter?: string }
  /** Nothing can have reached the receiver. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The connection broke, or time ran out, after bytes were sent: the receiver may have it. */
  | { readonly kind: 'ambiguous'; readonly reason: string }
  /** The address may not be called. */
  | { readonly kind: 'forbidden'; readonly reason: string };

/** Posts to the outside world. Never throws for what the other side does. */
export interface Notifier {
  post(request: WebhookRequest): Promise<WebhookAnswer>;
}
