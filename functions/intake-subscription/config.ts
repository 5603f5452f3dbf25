import * as z from 'zod';

/** The environment of `intake-subscription`. */
export const Config = z.object({
  LOG_QUEUE_URL: z.url(),
  BUCKET: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  MAX_OPEN_BYTES: z.coerce.number().int().positive(),
  MAX_INLINE_BYTES: z.coerce.number().int().positive(),
});
export type Config = z.infer<typeof Config>;
