import * as z from 'zod';

/** The environment of `evaluate-alerts`. */
export const Config = z.object({
  AWS_REGION: z.string().min(1),
  OPENSEARCH_URL: z.url(),
  LEDGER_TABLE: z.string().min(1),
  ALERTS_TABLE: z.string().min(1),
  NOTIFY_QUEUE_URL: z.url(),
  WINDOW_MINUTES: z.coerce.number().int().positive(),
  ALERT_THRESHOLD: z.coerce.number().nonnegative(),
  INDEX_REFRESH_SECONDS: z.coerce.number().int().positive(),
});
export type Config = z.infer<typeof Config>;
