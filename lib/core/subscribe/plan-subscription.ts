import { isCoveredBy } from '../auth/source-glob.ts';
import type { LogGroup, SubscriptionFilter } from './log-group.ts';

/** Subscription filters that CloudWatch Logs allows a log group; the quota cannot be raised. */
const MAX_FILTERS = 2;

/** The tag that CloudFormation puts on whatever it makes. */
const STACK_TAG = 'aws:cloudformation:stack-name';

/** Which log groups are to be subscribed, and how. */
export interface SubscriptionSettings {
  /** The filter that is put on them. Filters of other names are never touched. */
  readonly filter: SubscriptionFilter;
  /** Log groups whose names begin with one of these are subscribed. */
  readonly prefixes: readonly string[];
  /** Log groups that carry this tag are subscribed. */
  readonly tag: { readonly key: string; readonly value: string } | undefined;
  /** Log groups whose names one of these describes are not, whatever else holds; `*` stands for any characters. */
  readonly exclude: readonly string[];
  /** What the names of Weir's stacks begin with. */
  readonly ownPrefix: string;
}

/** Why a log group is not Weir's to subscribe; `forwarded` is one that sends to Weir by a filter that somebody else made. */
export type SkipReason = 'own' | 'excluded' | 'unmatched' | 'forwarded';

/** What becomes of a log group; `conflict` is one that should be subscribed and has no room for a filter. */
export type SubscriptionPlan =
  | { readonly kind: 'subscribe' | 'keep' | 'conflict' }
  | { readonly kind: 'unsubscribe' | 'skip'; readonly reason: SkipReason };

/**
 * Decides what has to be done to one log group, so that in the end it has the filter where it should and not where it
 * should not. Planned again after it was done, it is `keep`, `skip` or `conflict`.
 */
export function planSubscription(group: LogGroup, settings: SubscriptionSettings): SubscriptionPlan {
  const { filter } = settings;
  const present = group.filters.find(({ name }) => name === filter.name);
  const reason = findSkipReason(group, settings);
  if (reason !== undefined) return { kind: present === undefined ? 'skip' : 'unsubscribe', reason };
  if (present === undefined) return { kind: group.filters.length < MAX_FILTERS ? 'subscribe' : 'conflict' };
  const isRight = present.pattern === filter.pattern && present.destinationArn === filter.destinationArn;
  return { kind: isRight ? 'keep' : 'subscribe' };
}

function findSkipReason(group: LogGroup, settings: SubscriptionSettings): SkipReason | undefined {
  const { filter, prefixes, tag, exclude, ownPrefix } = settings;
  // What Weir logs about a batch would be the next batch, without end.
  if (isOwn(group, ownPrefix)) return 'own';
  if (exclude.some((glob) => isCoveredBy(glob, group.name))) return 'excluded';
  const isTagged = tag !== undefined && group.tags[tag.key] === tag.value;
  if (!isTagged && !prefixes.some((prefix) => group.name.startsWith(prefix))) return 'unmatched';
  // A second filter to the same place would bring every event in twice.
  const isForwarded = group.filters.some(
    ({ name, destinationArn }) => name !== filter.name && destinationArn === filter.destinationArn,
  );
  return isForwarded ? 'forwarded' : undefined;
}

/** Whether a stack of Weir made the log group, of whichever stage: two that read each other's would be a loop as well. */
function isOwn({ name, tags }: LogGroup, ownPrefix: string): boolean {
  return [...name.split('/'), tags[STACK_TAG] ?? ''].some((part) => part.startsWith(ownPrefix));
}
