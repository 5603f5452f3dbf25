import * as z from 'zod';

/** The environment of `recover`. */
export const Config = z.object({
  /** Set by Lambda. */
  AWS_REGION: z.string().min(1),
  BUCKET: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  CONTROL_TABLE: z.string().min(1),
  OPENSEARCH_URL: z.url(),
  ARCHIVE_COMPRESSION: z.enum(['zstd', 'gzip']),
  /** Compressed bytes of parked objects that one run takes to the index at most. */
  MAX_UNPARK_BYTES: z.coerce.number().int().positive(),
});
export type Config = z.infer<typeof Config>;
