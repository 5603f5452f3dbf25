import { hash } from 'node:crypto';
import * as z from 'zod';
import { Operator, Severity } from './condition.ts';

/** What can happen to an episode that somebody may want to be told of. */
export const AlertEventKind = z.enum(['firing', 'severity_up', 'still_firing', 'resolved']);
export type AlertEventKind = z.infer<typeof AlertEventKind>;

/** Why an episode ended. */
export const ResolveReason = z.enum(['recovered', 'rule_changed', 'rule_disabled']);
export type ResolveReason = z.infer<typeof ResolveReason>;

/** One event in an episode's life, complete enough to be told without looking anything up. Times are ISO 8601, UTC. */
export const AlertEvent = z.strictObject({
  /** The same for the same event, whoever computes it and however often. */
  id: z.string(),
  kind: AlertEventKind,
  episode: z.string(),
  /** Position in the episode, from 1. */
  sequence: z.int().positive(),
  rule: z.strictObject({ id: z.string(), name: z.string(), runbook: z.string().optional() }),
  group: z.string(),
  severity: Severity,
  operator: Operator,
  threshold: z.number(),
  value: z.number(),
  /** The worst value of the episode so far. */
  peak: z.number(),
  window: z.strictObject({ start: z.iso.datetime(), end: z.iso.datetime() }),
  /** End of the episode's first breaching window. */
  started_at: z.iso.datetime(),
  duration_seconds: z.int().nonnegative(),
  /** Below 1, events of the window may have been missing: the value is a lower bound. */
  completeness: z.number(),
  /** Breaching windows since the last message, this one included. */
  suppressed: z.int().nonnegative(),
  reason: ResolveReason.optional(),
  query: z.strictObject({
    indices: z.array(z.string()),
    levels: z.array(z.string()),
    services: z.array(z.string()),
  }),
});
export type AlertEvent = z.infer<typeof AlertEvent>;

/** The id of the episode of (rule, group) whose first breaching window ended at `firstBreachEnd` (epoch seconds). */
export function episodeId(rule: string, group: string, firstBreachEnd: number): string {
  return `ep_${digest([rule, group, firstBreachEnd])}`;
}

/** The id of an episode's event. */
export function eventId(episode: string, sequence: number, kind: AlertEventKind): string {
  return `ev_${digest([episode, sequence, kind])}`;
}

function digest(parts: readonly (string | number)[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
}
