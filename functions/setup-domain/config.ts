import * as z from 'zod';

/** The environment of `setup-domain`. */
export const Config = z.object({
  /** Set by Lambda. */
  AWS_REGION: z.string().min(1),
  OPENSEARCH_URL: z.url(),
  INDEX_REFRESH_SECONDS: z.coerce.number().int().positive(),
  INDEX_REPLICAS: z.coerce.number().int().nonnegative(),
});
export type Config = z.infer<typeof Config>;
