import { abandonWindows, type Evaluation, evaluate, restart } from '../../lib/core/alert/evaluate.ts';
import type { AlertEvent } from '../../lib/core/alert/event.ts';
import type { Rule } from '../../lib/core/alert/rule.ts';
import { dueWindows, type Window } from '../../lib/core/alert/schedule.ts';
import { type AlertState, initialState, WHOLE } from '../../lib/core/alert/state.ts';
import type { CountOutcome } from '../../lib/core/alert/verdict.ts';
import { completeness, watermark } from '../../lib/core/alert/watermark.ts';
import { countQuery } from '../../lib/core/query/count-query.ts';
import type { AlertStateStore, StoredAlert } from '../../lib/ports/alert-state-store.ts';
import type { EventCounter } from '../../lib/ports/event-counter.ts';
import type { Ledger } from '../../lib/ports/ledger.ts';
import type { MessageQueue } from '../../lib/ports/message-queue.ts';
import { sendOutbox } from './send-outbox.ts';

/** A day of one-minute windows is caught up with, two hours of them in each tick. */
const CATCH_UP = { maxWindows: 1440, maxPerTick: 120 };
/** An outbox of this age was left behind: the tick that wrote it ends before the next one begins. */
const UNSENT_AFTER_MS = 30_000;

/** What a tick works with. */
export interface Evaluator {
  readonly rules: readonly Rule[];
  readonly counter: EventCounter;
  readonly states: AlertStateStore;
  readonly ledger: Pick<Ledger, 'oldestOpen'>;
  readonly queue: MessageQueue;
  /** How far the watermark stays behind what the ledger says. */
  readonly marginSeconds: number;
}

/** What became of one rule in a tick. */
export type RuleReport =
  | {
      readonly kind: 'evaluated';
      readonly rule: string;
      readonly events: readonly AlertEvent[];
      /** Windows given up, because they were too old or a later one proved a breach first. */
      readonly passedOver: number;
      /** Why windows could not be counted; they stay due. */
      readonly queryFailures: readonly string[];
    }
  /** Another evaluator wrote the same step first. */
  | { readonly kind: 'overtaken'; readonly rule: string }
  | { readonly kind: 'failed'; readonly rule: string; readonly error: unknown };

/** What became of a tick. `recovered` counts the messages that an interrupted tick had left unsent. */
export interface TickReport {
  readonly rules: readonly RuleReport[];
  readonly recovered: number;
}

interface Task {
  readonly rule: Rule;
  readonly version: number;
  readonly before: AlertState;
  /** The step before the first observation: a changed rule begins anew. */
  readonly start: Evaluation;
  readonly windows: readonly Window[];
}

/**
 * One tick: looks at every window that is due at `scheduledAt` (ISO 8601), writes each state together with the messages it
 * calls for, and puts those on the queue. Any number of evaluators may run the same tick, and any tick may be repeated.
 */
export async function evaluateRules(evaluator: Evaluator, scheduledAt: string): Promise<TickReport> {
  const now = Math.floor(Date.parse(scheduledAt) / 1000);
  const recovered = await sendLeftovers(evaluator, now);
  const tasks = await planTasks(evaluator, now);
  // Read before the counts: a batch that settles in between is then counted, and never missed as settled.
  const frontier = watermark(await evaluator.ledger.oldestOpen(), now, evaluator.marginSeconds);
  const queries = tasks.flatMap(({ rule, windows }) => windows.map((window) => countQuery(rule, window)));
  const outcomes = queries.length === 0 ? [] : await evaluator.counter.count(queries);
  let place = 0;
  const steps = tasks.map((task) => {
    const own = outcomes.slice(place, place + task.windows.length);
    place += task.windows.length;
    return finishTask(evaluator, task, own, now, frontier);
  });
  return { rules: await Promise.all(steps), recovered };
}

async function sendLeftovers(evaluator: Evaluator, now: number): Promise<number> {
  const unsent = await evaluator.states.listUnsent(toIso(now * 1000 - UNSENT_AFTER_MS));
  let sent = 0;
  for (const { state, version } of unsent) {
    await sendOutbox(evaluator, version, state, toIso(now * 1000));
    sent += state.outbox.length;
  }
  return sent;
}

async function planTasks({ rules, states }: Evaluator, now: number): Promise<Task[]> {
  const stored = await states.load(rules.map((rule) => ({ rule: rule.id, group: WHOLE })));
  const byRule = new Map(stored.map((alert) => [alert.state.rule, alert]));
  return rules.flatMap((rule) => planTask(rule, byRule.get(rule.id), now) ?? []);
}

function planTask(rule: Rule, stored: StoredAlert | undefined, now: number): Task | undefined {
  const before = stored?.state ?? initialState(rule, WHOLE, now);
  const isSame = before.rule_version === rule.version;
  if (rule.mode === 'disabled' && (stored === undefined || isSame)) return undefined;
  const begun = isSame ? { state: before, events: [] } : restart(rule, before, now);
  const due = dueWindows(rule, begun.state.last_window_end, now, CATCH_UP);
  const state = abandonWindows(rule, begun.state, due.missed);
  return {
    rule,
    version: stored?.version ?? 0,
    before,
    start: { state, events: begun.events },
    windows: rule.mode === 'disabled' ? [] : due.windows,
  };
}

/** One rule's trouble must not keep the others from being evaluated. */
async function finishTask(
  evaluator: Evaluator,
  task: Task,
  outcomes: readonly CountOutcome[],
  now: number,
  frontier: number,
): Promise<RuleReport> {
  const rule = task.rule.id;
  try {
    const { state, events } = observe(task, outcomes, now, frontier);
    // A new rule's state is written although nothing is decided yet: it remembers which window is the first.
    if (state !== task.before || task.version === 0) {
      const written = await evaluator.states.compareAndSet(task.version, state, toIso(now * 1000));
      if (written.kind === 'conflict') return { kind: 'overtaken', rule };
      await sendOutbox(evaluator, written.version, state, toIso(now * 1000));
    }
    const queryFailures = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? outcome.reason : []));
    return { kind: 'evaluated', rule, events, passedOver: passedOver(task.before, state), queryFailures };
  } catch (error) {
    return { kind: 'failed', rule, error };
  }
}

function observe(task: Task, outcomes: readonly CountOutcome[], now: number, frontier: number): Evaluation {
  let { state, events } = task.start;
  for (const [place, outcome] of outcomes.entries()) {
    const window = task.windows[place];
    if (window === undefined) break;
    const seen = { window, scheduledAt: now, completeness: completeness(window, frontier), outcome };
    const step = evaluate(task.rule, state, seen);
    state = step.state;
    events = [...events, ...step.events];
  }
  return { state, events };
}

function passedOver(before: AlertState, after: AlertState): number {
  const sum = ({ windows }: AlertState) => windows.undecided + windows.missed;
  return sum(after) - sum(before);
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
