import type { LogGroup } from '../../lib/core/subscribe/log-group.ts';
import {
  planSubscription,
  type SubscriptionPlan,
  type SubscriptionSettings,
} from '../../lib/core/subscribe/plan-subscription.ts';
import { takeTurn } from '../../lib/core/subscribe/take-turn.ts';
import type { LogGroupSummary, LogGroups } from '../../lib/ports/log-groups.ts';
import type { Trigger } from './read-trigger.ts';

/**
 * Log groups that one run looks at: two requests each, at a pace that the quotas allow, fit into a run. An account that
 * has more is gone through in turns.
 */
export const MAX_GROUPS_A_RUN = 250;
const RUN_MS = 5 * 60_000;
const GROUPS_AT_ONCE = 4;

/** What a run works with. */
export interface Subscriber {
  readonly groups: LogGroups;
  readonly settings: SubscriptionSettings;
}

/** What became of one log group. */
export type GroupReport = { readonly logGroup: string } & (
  | SubscriptionPlan
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly error: unknown }
);

/**
 * One run: brings the subscriptions of the log groups that are up in line with the settings. On a tick these are all of
 * them, or a part where there are many; for a log group that was just made it is that one. Any number of runs may overlap.
 */
export async function subscribeLogGroups(
  subscriber: Subscriber,
  trigger: Trigger,
): Promise<readonly GroupReport[]> {
  const reports: GroupReport[] = [];
  const left = [...(await findGroups(subscriber.groups, trigger))];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      reports.push(await settleGroup(subscriber, next));
    }
  };
  await Promise.all(Array.from({ length: GROUPS_AT_ONCE }, worker));
  return reports;
}

async function findGroups(groups: LogGroups, trigger: Trigger): Promise<readonly LogGroupSummary[]> {
  if (trigger.kind === 'created') {
    // In order of name, so that the one of just this name comes before those that only begin with it.
    for await (const summary of groups.list(trigger.logGroup)) {
      return summary.name === trigger.logGroup ? [summary] : [];
    }
    return [];
  }
  const all = [];
  for await (const summary of groups.list()) all.push(summary);
  return takeTurn(all, Math.floor(Date.parse(trigger.time) / RUN_MS), MAX_GROUPS_A_RUN);
}

/** One log group that fails, by a right that is missing perhaps, must not keep the others from their turn. */
async function settleGroup(subscriber: Subscriber, summary: LogGroupSummary): Promise<GroupReport> {
  const logGroup = summary.name;
  try {
    const group = await subscriber.groups.describe(summary);
    return { logGroup, ...(group === undefined ? { kind: 'gone' } : await carryOut(subscriber, group)) };
  } catch (error) {
    return { logGroup, kind: 'failed', error };
  }
}

async function carryOut({ groups, settings }: Subscriber, group: LogGroup): Promise<SubscriptionPlan> {
  const plan = planSubscription(group, settings);
  if (plan.kind === 'subscribe') await groups.subscribe(group.name, settings.filter);
  if (plan.kind === 'unsubscribe') await groups.unsubscribe(group.name, settings.filter.name);
  return plan;
}
