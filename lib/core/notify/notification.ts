import { hash } from 'node:crypto';
import * as z from 'zod';
import { AlertEvent } from '../alert/event.ts';

/** One message on the notification queue: one event for one channel. */
export const Notification = z.strictObject({
  event: AlertEvent,
  /** Id of the channel that the rule names. */
  channel: z.string().min(1),
});
export type Notification = z.infer<typeof Notification>;

/** The id of the delivery, constant over every retry and repeat, so that a receiver can tell them from a new message. */
export function messageId(notification: Notification): string {
  const parts = JSON.stringify([notification.event.id, notification.channel]);
  return `msg_${hash('sha256', parts, 'base64url').slice(0, 22)}`;
}
