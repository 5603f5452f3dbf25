import * as z from 'zod';

/** The environment of `setup-domain`. */
export const Config = z.object({
  OPENSEARCH_URL: z.url(),
  INDEX_REFRESH_SECONDS: z.coerce.number().int().positive(),
  INDEX_REPLICAS: z.coerce.number().int().nonnegative(),
});
export type Config = z.infer<typeof Config>;
