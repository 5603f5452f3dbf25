import * as z from 'zod';

/** The environment of `api`. */
export const Config = z.object({
  /** Set by Lambda. */
  AWS_REGION: z.string().min(1),
  /** Patterns of the dated indices that the pipelines write, separated by commas. */
  DATED_PATTERNS: z.string().transform((list) => list.split(',').filter((pattern) => pattern !== '')),
  OPENSEARCH_URL: z.url(),
  BUCKET: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  CONTROL_TABLE: z.string().min(1),
  LOG_QUEUE_URL: z.url(),
  NOTIFY_QUEUE_URL: z.url(),
  LOG_DEAD_LETTER_URL: z.url(),
  NOTIFY_DEAD_LETTER_URL: z.url(),
  /** Secret that holds the Ed25519 private JWK which signs sessions. */
  TOKEN_KEY_ARN: z.string().min(1),
});
export type Config = z.infer<typeof Config>;
