import * as z from 'zod';

/** The environment of `process`. */
export const Config = z.object({
  /** Set by Lambda. */
  AWS_REGION: z.string().min(1),
  BUCKET: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  CONTROL_TABLE: z.string().min(1),
  OPENSEARCH_URL: z.url(),
  ARCHIVE_COMPRESSION: z.enum(['zstd', 'gzip']),
  MAX_OPEN_BYTES: z.coerce.number().int().positive(),
});
export type Config = z.infer<typeof Config>;
