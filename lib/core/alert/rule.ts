import { hash } from 'node:crypto';
import type { Condition, Operator, Threshold } from './condition.ts';
import { compareSeverity } from './condition.ts';
import type { AlertEventKind } from './event.ts';
import type { RuleDocument } from './rule-document.ts';

/** One alert rule, checked and complete. */
export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly runbook?: string;
  /** `shadow` is evaluated like `live` and tells nobody. */
  readonly mode: 'live' | 'shadow' | 'disabled';
  /** Changes with the rule's meaning, not with its name, its runbook or its channels. */
  readonly version: string;
  readonly indices: readonly string[];
  /** Lower-case values of `log.level`; none means all. */
  readonly levels: readonly string[];
  /** Values of `service.name`; none means all. */
  readonly services: readonly string[];
  readonly windowSeconds: number;
  readonly everySeconds: number;
  /** How long an incomplete window is waited for. */
  readonly maxWaitSeconds: number;
  readonly condition: Condition;
  /** Fires when `breaches` of the last `of` windows breach. */
  readonly need: { readonly breaches: number; readonly of: number };
  readonly recover: { readonly clears: number; readonly keepFiringSeconds: number };
  readonly notify: {
    readonly on: readonly AlertEventKind[];
    readonly repeatSeconds?: number;
    readonly channels: readonly string[];
  };
}

/** Completes a checked document. Throws RangeError with the field's path where its thresholds contradict each other. */
export function createRule(document: RuleDocument): Rule {
  const { id, name, runbook, mode, source, filter, notify } = document;
  return {
    id,
    name,
    ...(runbook === undefined ? {} : { runbook }),
    mode,
    version: versionOf(document),
    indices: source.indices,
    levels: filter.levels,
    services: filter.services,
    windowSeconds: document.window,
    everySeconds: document.every,
    maxWaitSeconds: document.lag.max_wait,
    condition: createCondition(document.condition),
    need: document.for,
    recover: { clears: document.recover.clears, keepFiringSeconds: document.recover.keep_firing_for },
    notify: {
      on: notify.on,
      ...(notify.repeat === undefined ? {} : { repeatSeconds: notify.repeat }),
      channels: notify.channels.map((channel) => channel.id),
    },
  };
}

function versionOf(document: RuleDocument): string {
  const { name: _name, runbook: _runbook, notify: _notify, lag: _lag, mode, ...meaning } = document;
  const parts = JSON.stringify([mode === 'disabled', meaning]);
  return hash('sha256', parts, 'base64url').slice(0, 12);
}

function createCondition(document: RuleDocument['condition']): Condition {
  const given = document.thresholds ?? [{ severity: 'warning' as const, value: document.value ?? 0 }];
  const [first, ...others] = given.toSorted((a, b) => compareSeverity(a.severity, b.severity));
  if (first === undefined) throw new RangeError('condition.thresholds: give at least one');
  const thresholds: readonly [Threshold, ...Threshold[]] = [first, ...others];
  checkOrder(document.operator, thresholds);
  const recoverAt = document.recover_at ?? first.value;
  if (document.recover_at !== undefined && !isMilder(document.operator, recoverAt, first.value, true)) {
    throw new RangeError(
      `condition.recover_at: ${recoverAt} lies beyond the mildest threshold, ${first.value}; it has to be on the healthy side`,
    );
  }
  return { operator: document.operator, thresholds, recoverAt };
}

function checkOrder(operator: Operator, thresholds: readonly Threshold[]): void {
  for (const [index, graver] of thresholds.entries()) {
    const milder = thresholds[index - 1];
    if (milder !== undefined && !isMilder(operator, milder.value, graver.value, false)) {
      throw new RangeError(
        `condition.thresholds: with ${operator}, ${graver.severity} (${graver.value}) has to be further out than ${milder.severity} (${milder.value})`,
      );
    }
  }
}

/** With `equals` there is no further out: one threshold, no hysteresis. */
function isMilder(operator: Operator, milder: number, graver: number, orSame: boolean): boolean {
  if (milder === graver) return orSame;
  if (operator === 'equals') return false;
  return operator.startsWith('less') ? milder > graver : milder < graver;
}
