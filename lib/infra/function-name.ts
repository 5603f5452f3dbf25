import * as z from 'zod';

/** The deployed functions. Each is the folder of that name under `functions/`. */
export const FunctionName = z.enum([
  'intake',
  'intake-subscription',
  'process',
  'recover',
  'subscribe',
  'evaluate-alerts',
  'notify',
  'setup-domain',
  'api',
]);
export type FunctionName = z.infer<typeof FunctionName>;
