import * as z from 'zod';

/** The comparisons a condition may make between the measured value and a threshold. */
export const Operator = z.enum([
  'greater_than',
  'greater_than_or_equal',
  'less_than',
  'less_than_or_equal',
  'equals',
]);
export type Operator = z.infer<typeof Operator>;

/** Severities from the mildest to the gravest. */
export const Severity = z.enum(['info', 'warning', 'error', 'critical']);
export type Severity = z.infer<typeof Severity>;

/** The value from which a rule breaches with a severity. */
export interface Threshold {
  readonly severity: Severity;
  readonly value: number;
}

/** What a rule holds a value against. Thresholds run from the mildest severity to the gravest. */
export interface Condition {
  readonly operator: Operator;
  readonly thresholds: readonly [Threshold, ...Threshold[]];
  /** Hysteresis: a value that still holds against this one does not clear. */
  readonly recoverAt: number;
}

const COMPARE: Readonly<Record<Operator, (value: number, threshold: number) => boolean>> = {
  greater_than: (value, threshold) => value > threshold,
  greater_than_or_equal: (value, threshold) => value >= threshold,
  less_than: (value, threshold) => value < threshold,
  less_than_or_equal: (value, threshold) => value <= threshold,
  equals: (value, threshold) => value === threshold,
};

/** The gravest threshold that `value` breaches, if it breaches one. */
export function breachedThreshold(condition: Condition, value: number): Threshold | undefined {
  return condition.thresholds.findLast((threshold) => COMPARE[condition.operator](value, threshold.value));
}

/** Whether `value`, which breaches no threshold, is far enough from them to clear. */
export function isClear(condition: Condition, value: number): boolean {
  return !COMPARE[condition.operator](value, condition.recoverAt);
}

/** Whether a count that breaches now must still breach when more events have arrived: a count only grows. */
export function isMonotone(operator: Operator): boolean {
  return operator === 'greater_than' || operator === 'greater_than_or_equal';
}

/** Positive where `a` is graver than `b`, negative where it is milder. */
export function compareSeverity(a: Severity, b: Severity): number {
  return Severity.options.indexOf(a) - Severity.options.indexOf(b);
}

/** The worse of two values in the direction that the operator looks. */
export function worseValue(operator: Operator, a: number, b: number): number {
  return operator.startsWith('less') ? Math.min(a, b) : Math.max(a, b);
}
