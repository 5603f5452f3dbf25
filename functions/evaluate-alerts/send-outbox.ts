import type { AlertState } from '../../lib/core/alert/state.ts';
import type { AlertStateStore } from '../../lib/ports/alert-state-store.ts';
import type { MessageQueue } from '../../lib/ports/message-queue.ts';

/**
 * Puts a stored state's messages on the notification queue and then empties its outbox. Where that is interrupted, or
 * somebody has written the state meanwhile, they are sent again later; the delivery log knows them by their ids.
 */
export async function sendOutbox(
  { states, queue }: { readonly states: AlertStateStore; readonly queue: MessageQueue },
  version: number,
  state: AlertState,
  now: string,
): Promise<void> {
  if (state.outbox.length === 0) return;
  for (const notification of state.outbox) await queue.send(JSON.stringify(notification));
  await states.clearOutbox(version, state, now);
}
