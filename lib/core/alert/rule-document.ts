import * as z from 'zod';
import { Channel } from '../notify/channel.ts';
import { Operator, Severity } from './condition.ts';
import { Duration } from './duration.ts';

const MINUTE = 60;
const LONGEST_WINDOW = 31 * 86_400;
const MOST_WINDOWS = 60;

/** Text of at most `length` characters, none of them a control character. */
const Text = (length: number) =>
  z
    .string()
    .min(1)
    .max(length)
    .regex(/^\P{Cc}*$/u, 'must not hold control characters');

const Filter = z.strictObject({
  /** Values of `log.level`; upper and lower case are the same. */
  levels: z.array(Text(32).toLowerCase()).max(16).default([]),
  /** Values of `service.name`. */
  services: z.array(Text(256)).max(64).default([]),
});

const ConditionDocument = z
  .strictObject({
    operator: Operator,
    thresholds: z
      .array(z.strictObject({ severity: Severity, value: z.number() }))
      .min(1)
      .max(Severity.options.length)
      .optional(),
    /** Short for one threshold of severity `warning`. */
    value: z.number().optional(),
    recover_at: z.number().optional(),
  })
  .refine((condition) => (condition.thresholds === undefined) !== (condition.value === undefined), {
    message: 'give either "thresholds" or "value"',
  });

const Notify = z
  .strictObject({
    on: z
      .array(z.enum(['firing', 'severity_up', 'still_firing', 'resolved']))
      .default(['firing', 'severity_up', 'still_firing', 'resolved']),
    /** How long after a message the next `still_firing` is due; never, without it. */
    repeat: Duration.optional(),
    channels: z.array(z.strictObject({ id: Channel })).min(1),
  })
  .refine((notify) => new Set(notify.channels.map((channel) => channel.id)).size === notify.channels.length, {
    path: ['channels'],
    message: 'names a channel twice',
  });

/** A rule as `rules/*.yaml` writes it. Durations are parsed into seconds; a field that is not here is an error. */
export const RuleDocument = z.strictObject({
  apiVersion: z.literal('alerts/v1'),
  id: z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be 1 to 64 of a-z, 0-9 and -'),
  name: Text(256),
  runbook: z
    .url({ protocol: /^https?$/ })
    .max(1024)
    .optional(),
  mode: z.enum(['live', 'shadow', 'disabled']).default('live'),
  kind: z.literal('count'),
  source: z.strictObject({ indices: z.array(Text(255)).min(1).max(8) }),
  filter: Filter.default({ levels: [], services: [] }),
  window: Duration.refine((seconds) => seconds >= MINUTE && seconds <= LONGEST_WINDOW, {
    message: 'must be from 1m to 31d',
  }),
  every: Duration.refine((seconds) => seconds >= MINUTE && seconds % MINUTE === 0, {
    message: 'must be whole minutes: rules are looked at once a minute',
  }).default(MINUTE),
  lag: z.strictObject({ max_wait: Duration }).default({ max_wait: 10 * MINUTE }),
  condition: ConditionDocument,
  for: z
    .strictObject({ breaches: z.int().positive(), of: z.int().positive().max(MOST_WINDOWS) })
    .refine((need) => need.breaches <= need.of, { message: '"breaches" cannot be more than "of"' })
    .default({ breaches: 1, of: 1 }),
  recover: z
    .strictObject({ clears: z.int().positive().default(1), keep_firing_for: Duration.default(0) })
    .default({ clears: 1, keep_firing_for: 0 }),
  notify: Notify,
});
export type RuleDocument = z.infer<typeof RuleDocument>;
