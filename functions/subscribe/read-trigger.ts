import * as z from 'zod';

/** What the function was invoked for: its schedule, or a log group that has just been made. */
export type Trigger =
  | { readonly kind: 'tick'; readonly time: string }
  | { readonly kind: 'created'; readonly logGroup: string };

/**
 * The events that EventBridge sends: `CreateLogGroup` as CloudTrail records it, and a schedule's. Of both no more is read
 * than what counts.
 */
const Event = z.union([
  z
    .object({ detail: z.object({ requestParameters: z.object({ logGroupName: z.string().min(1) }) }) })
    .transform(
      ({ detail }): Trigger => ({ kind: 'created', logGroup: detail.requestParameters.logGroupName }),
    ),
  z.object({ time: z.iso.datetime() }).transform(({ time }): Trigger => ({ kind: 'tick', time })),
]);

/** Reads an event of EventBridge. Throws ZodError where it is neither of the two. */
export function readTrigger(event: unknown): Trigger {
  return Event.parse(event);
}
