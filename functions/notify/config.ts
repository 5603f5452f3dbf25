import * as z from 'zod';

const CommaList = z.string().transform((list) => list.split(',').filter((item) => item !== ''));

/** The environment of `notify`. */
export const Config = z.object({
  ALERTS_TABLE: z.string().min(1),
  NOTIFY_QUEUE_URL: z.url(),
  /** Where the rules' default webhook channel posts to; empty where there is none. */
  ALERT_WEBHOOK: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  WEBHOOK_SECRET_ARN: z.string().min(1),
  /** Seconds to wait before each attempt, the first included. */
  RETRY_SECONDS: CommaList.pipe(z.array(z.coerce.number<string>().int().nonnegative()).min(1)),
  /** Private address ranges that a webhook may be in all the same. */
  ALLOWED_PRIVATE_CIDRS: CommaList,
});
export type Config = z.infer<typeof Config>;
