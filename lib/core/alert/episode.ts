import { compareSeverity, type Threshold, worseValue } from './condition.ts';
import { type AlertEvent, type AlertEventKind, episodeId, eventId, type ResolveReason } from './event.ts';
import type { Rule } from './rule.ts';
import type { Window } from './schedule.ts';
import type { AlertState, Episode } from './state.ts';

/** What was seen in the window that moves an episode. */
export interface Sighting {
  readonly window: Window;
  readonly completeness: number;
  readonly value: number;
}

/** A sighting beyond a threshold. */
export interface Breach extends Sighting {
  readonly threshold: Threshold;
}

interface Step {
  readonly state: AlertState;
  readonly events: readonly AlertEvent[];
}

/** Begins an episode, whose first breaching window ended at `firstBreachEnd`, and tells the rule's channels. */
export function openEpisode(rule: Rule, state: AlertState, firstBreachEnd: number, breach: Breach): Step {
  const { value, threshold, window } = breach;
  const episode: Episode = {
    id: episodeId(rule.id, state.group, firstBreachEnd),
    started_at: firstBreachEnd,
    severity: threshold.severity,
    threshold: threshold.value,
    value,
    peak: value,
    sequence: 0,
    told: [],
    notified_at: window.end,
    suppressed: 0,
    last_breach_at: window.end,
    clears: 0,
    milder: 0,
  };
  const opened: AlertState = { ...state, status: 'firing', breaches: [] };
  return tell(rule, opened, episode, 'firing', untoldChannels(rule, episode), breach);
}

/**
 * Takes a breach into a running episode. A channel that was not told that it fires is told now, whatever the cause: what
 * counts is who knows of it, not when it began.
 */
export function recordBreach(rule: Rule, state: AlertState, before: Episode, breach: Breach): Step {
  const isGraver = compareSeverity(breach.threshold.severity, before.severity) > 0;
  const episode = withSeverity(rule, before, breach.threshold, isGraver);
  const seen: Episode = {
    ...episode,
    value: breach.value,
    peak: worseValue(rule.condition.operator, before.peak, breach.value),
    last_breach_at: breach.window.end,
    clears: 0,
    suppressed: before.suppressed + 1,
  };
  const untold = untoldChannels(rule, before);
  let step: Step = { state: { ...state, status: 'firing', episode: seen }, events: [] };
  if (untold.length > 0) step = tell(rule, step.state, seen, 'firing', untold, breach);
  const kind = isGraver ? 'severity_up' : isRepeatDue(rule, before, breach) ? 'still_firing' : undefined;
  if (kind === undefined || step.state.episode === undefined) return step;
  const told = isHeard(rule, kind) ? before.told : [];
  const second = tell(rule, step.state, step.state.episode, kind, told, breach);
  return { state: second.state, events: [...step.events, ...second.events] };
}

/** Takes a clear window into a running episode, and ends it when the rule's recovery is met. */
export function recordClear(rule: Rule, state: AlertState, before: Episode, seen: Sighting): Step {
  const { clears, keepFiringSeconds } = rule.recover;
  const episode: Episode = { ...before, value: seen.value, clears: before.clears + 1 };
  const isQuiet = seen.window.end - episode.last_breach_at >= keepFiringSeconds;
  const next: AlertState = { ...state, episode };
  if (episode.clears >= clears && isQuiet) return endEpisode(rule, next, seen, 'recovered');
  return { state: { ...next, status: 'recovering' }, events: [] };
}

/** Ends the state's episode, if it has one, and tells every channel that was told that it fires. */
export function endEpisode(rule: Rule, state: AlertState, seen: Sighting, reason: ResolveReason): Step {
  if (state.episode === undefined) return { state, events: [] };
  const told = rule.notify.on.includes('resolved') ? state.episode.told : [];
  const last = tell(rule, state, state.episode, 'resolved', told, seen, reason);
  const { episode: _ended, ...rest } = last.state;
  return { state: { ...rest, status: 'inactive' }, events: last.events };
}

/** A graver breach counts at once; a milder one only when it has lasted as long as a recovery has to. */
function withSeverity(rule: Rule, episode: Episode, threshold: Threshold, isGraver: boolean): Episode {
  const milder = compareSeverity(threshold.severity, episode.severity) < 0 ? episode.milder + 1 : 0;
  if (!isGraver && (milder === 0 || milder < rule.recover.clears)) return { ...episode, milder };
  return { ...episode, severity: threshold.severity, threshold: threshold.value, milder: 0 };
}

function isRepeatDue(rule: Rule, episode: Episode, breach: Breach): boolean {
  const { repeatSeconds } = rule.notify;
  return repeatSeconds !== undefined && breach.window.end - episode.notified_at >= repeatSeconds;
}

function isHeard(rule: Rule, kind: AlertEventKind): boolean {
  return rule.mode === 'live' && rule.notify.on.includes(kind);
}

function untoldChannels(rule: Rule, episode: Episode): string[] {
  if (!isHeard(rule, 'firing')) return [];
  return rule.notify.channels.filter((channel) => !episode.told.includes(channel));
}

function tell(
  rule: Rule,
  state: AlertState,
  episode: Episode,
  kind: AlertEventKind,
  channels: readonly string[],
  seen: Sighting,
  reason?: ResolveReason,
): Step {
  const event = createEvent(rule, state.group, episode, kind, seen, reason);
  const told = kind === 'firing' ? [...episode.told, ...channels] : episode.told;
  const next: Episode = {
    ...episode,
    sequence: event.sequence,
    told,
    notified_at: seen.window.end,
    suppressed: 0,
  };
  const outbox = [...state.outbox, ...channels.map((channel) => ({ event, channel }))];
  return { state: { ...state, episode: next, outbox }, events: [event] };
}

function createEvent(
  rule: Rule,
  group: string,
  episode: Episode,
  kind: AlertEventKind,
  seen: Sighting,
  reason: ResolveReason | undefined,
): AlertEvent {
  const sequence = episode.sequence + 1;
  return {
    id: eventId(episode.id, sequence, kind),
    kind,
    episode: episode.id,
    sequence,
    rule: { id: rule.id, name: rule.name, ...(rule.runbook === undefined ? {} : { runbook: rule.runbook }) },
    group,
    severity: episode.severity,
    operator: rule.condition.operator,
    threshold: episode.threshold,
    value: seen.value,
    peak: episode.peak,
    window: { start: toIso(seen.window.start), end: toIso(seen.window.end) },
    started_at: toIso(episode.started_at),
    duration_seconds: seen.window.end - episode.started_at,
    completeness: seen.completeness,
    suppressed: episode.suppressed,
    ...(reason === undefined ? {} : { reason }),
    query: { indices: [...rule.indices], levels: [...rule.levels], services: [...rule.services] },
  };
}

function toIso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
