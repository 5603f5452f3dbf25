import * as z from 'zod';
import { imbalance } from '../../lib/core/batch/law.ts';
import type { LedgerEntry } from '../../lib/core/batch/law-report.ts';
import { type Refusal, refuse } from '../../lib/core/http/refusal.ts';
import { resolveRange, TimeBounds } from '../../lib/core/query/time-range.ts';
import type { Ledger } from '../../lib/ports/ledger.ts';

const DEFAULT_RANGE_SECONDS = 24 * 3600;
const LONGEST_RANGE_DAYS = 31;
/** A front door takes 6 MB; the totals are exact whatever is listed. */
const LISTED_AT_MOST = 1000;

/** Whose batches to add up: those received in [from, to), the last 24 hours where nothing is said. */
export const LawRequest = z.strictObject(TimeBounds);
export type LawRequest = z.infer<typeof LawRequest>;

/** One batch of the report. Times are ISO 8601, all else counts records or bytes. */
type ListedBatch = Readonly<Record<string, string | number | undefined>>;

/** The law over a range of time, as the API and the CLI print it. */
export interface LawSummary {
  readonly from: string;
  readonly to: string;
  /** Whether every settled batch adds up; open ones do not count against it. */
  readonly balanced: boolean;
  readonly batches: number;
  readonly sums: Readonly<Record<string, number>>;
  readonly open_batches: number;
  readonly unbalanced_batches: number;
  /** Batches that are not settled yet, at most 1,000. */
  readonly open: readonly ListedBatch[];
  /** Batches that do not add up, at most 1,000. */
  readonly unbalanced: readonly ListedBatch[];
}

/** Adds up what was accepted and where it went. Refuses a range that is empty or longer than 31 days. */
export async function reportLaw(
  ledger: Pick<Ledger, 'report'>,
  request: LawRequest,
  nowMs: number,
): Promise<{ readonly kind: 'reported'; readonly summary: LawSummary } | Refusal> {
  const { fromMs, toMs } = resolveRange(request, nowMs, DEFAULT_RANGE_SECONDS);
  if (fromMs >= toMs) return refuse(400, 'empty-time-range', '`from` must be before `to`.');
  if (toMs - fromMs > LONGEST_RANGE_DAYS * 86_400_000) {
    const detail = `Ask for at most ${LONGEST_RANGE_DAYS} days at once.`;
    return refuse(400, 'time-range-too-long', detail);
  }
  const from = new Date(fromMs).toISOString();
  const to = new Date(toMs).toISOString();
  const report = await ledger.report(from, to);
  const { batches, sums, open, unbalanced } = report;
  const summary = {
    from,
    to,
    balanced: unbalanced.length === 0,
    batches,
    sums: { ...sums },
    open_batches: open.length,
    unbalanced_batches: unbalanced.length,
    open: open.slice(0, LISTED_AT_MOST).map(listBatch),
    unbalanced: unbalanced.slice(0, LISTED_AT_MOST).map(listBatch),
  };
  return { kind: 'reported', summary };
}

function listBatch(entry: LedgerEntry): ListedBatch {
  const { receivedAt, bodyHash: _hash, request: _request, ...same } = entry;
  return { ...same, received_at: receivedAt, missing: imbalance(entry) };
}
