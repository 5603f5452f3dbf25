import type { MessageQueue } from '../../ports/message-queue.ts';

/** A message as it was sent. */
export interface SentMessage {
  readonly body: string;
  readonly delaySeconds: number;
}

/** A MessageQueue that lives as long as the process and keeps everything that was sent, in order. */
export function createMemoryMessageQueue(): MessageQueue & { readonly messages: readonly SentMessage[] } {
  const messages: SentMessage[] = [];
  return {
    messages,
    async send(body, delaySeconds = 0) {
      messages.push({ body, delaySeconds });
    },
  };
}
