import type { Operator } from '../../alert/condition.ts';
import type { AlertEvent, AlertEventKind, ResolveReason } from '../../alert/event.ts';

const HEADINGS: Readonly<Record<AlertEventKind, string>> = {
  firing: 'FIRING',
  severity_up: 'WORSE',
  still_firing: 'STILL FIRING',
  resolved: 'RESOLVED',
};

const SIGNS: Readonly<Record<Operator, string>> = {
  greater_than: '>',
  greater_than_or_equal: '>=',
  less_than: '<',
  less_than_or_equal: '<=',
  equals: '=',
};

const ENDINGS: Readonly<Record<ResolveReason, string>> = {
  recovered: 'The count is back to normal',
  rule_changed: 'The rule was changed; it begins anew',
  rule_disabled: 'The rule was disabled',
};

/** Of long lists of indices and services, only the first few are told: they could fill the message. */
const NAMES_SHOWN = 4;

/**
 * The body of a webhook: `type`, `timestamp` and `data` as Standard Webhooks has them, and `text`, which chat systems
 * show as it is. JSON of less than 20 kB; the same for the same event.
 */
export function formatWebhook(event: AlertEvent): string {
  const { query, ...told } = event;
  const [indices, services] = [query.indices, query.services].map((names) => names.slice(0, NAMES_SHOWN));
  const data = { ...told, query: { ...query, indices, services } };
  return JSON.stringify({
    type: `alert.${event.kind}`,
    timestamp: event.window.end,
    text: describeEvent(event),
    data,
  });
}

/** The event in a few plain lines: what, how much of it, since when, and where to look. */
export function describeEvent(event: AlertEvent): string {
  const { window, rule, query } = event;
  const bound = event.completeness < 1 ? 'at least ' : '';
  const lines = [
    `${HEADINGS[event.kind]} (${event.severity}): ${rule.name}`,
    `${bound}${countOf(event.value)} from ${clock(window.start)} to ${clock(window.end)} UTC (alerts at ${SIGNS[event.operator]} ${event.threshold})`,
    event.reason === undefined
      ? `since ${clock(event.started_at)} UTC`
      : `${ENDINGS[event.reason]}. It lasted ${lasted(event.duration_seconds)}, at worst with ${countOf(event.peak)}`,
    `look in ${shorten(query.indices)}${conditionOf('log.level', query.levels)}${conditionOf('service.name', query.services)}`,
  ];
  if (rule.runbook !== undefined) lines.push(`runbook: ${rule.runbook}`);
  return lines.join('\n');
}

function countOf(events: number): string {
  return events === 1 ? '1 event' : `${events} events`;
}

function clock(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

function lasted(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function conditionOf(field: string, values: readonly string[]): string {
  return values.length === 0 ? '' : `, ${field}: ${shorten(values)}`;
}

function shorten(values: readonly string[]): string {
  const more = values.length - NAMES_SHOWN;
  return values.slice(0, NAMES_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
