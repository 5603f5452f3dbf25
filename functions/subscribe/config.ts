import * as z from 'zod';

const CommaList = z.string().transform((list) => list.split(',').filter((item) => item !== ''));

const Tag = z
  .string()
  .regex(/^([^=]+=[^=]*)?$/)
  .transform((tag) => {
    const [key = '', value = ''] = tag.split('=');
    return key === '' ? undefined : { key, value };
  });

/** The environment of `subscribe`. */
export const Config = z.object({
  /** Where subscribed log groups are sent. */
  SUBSCRIPTION_FUNCTION_ARN: z.string().min(1),
  /** The name of the filter that is put on log groups; another for each deployment, or two of them would fight for it. */
  FILTER_NAME: z.string().min(1),
  /** Beginnings of names of the log groups to subscribe. */
  SUBSCRIBE_PREFIXES: CommaList,
  /** The tag of the log groups to subscribe, as `key=value`; empty for none. */
  SUBSCRIBE_TAG: Tag,
  /** Globs of names of log groups that are never subscribed. */
  SUBSCRIBE_EXCLUDE: CommaList,
  /** What the names of Weir's own stacks begin with, and so the names of their log groups. */
  OWN_PREFIX: z.string().min(1),
});
export type Config = z.infer<typeof Config>;
