import type { Delivery } from '../../ports/event-index.ts';
import { itemVerdict } from './retry-policy.ts';

interface BulkItem {
  readonly status?: number;
  readonly error?: {
    readonly type?: string;
    readonly reason?: string;
    readonly index?: string;
    readonly caused_by?: { readonly reason?: string };
  };
  readonly _index?: string;
}

/** The part of a `_bulk` answer that is read. */
export interface BulkAnswer {
  readonly items?: readonly { readonly create?: BulkItem }[];
}

/** What became of each item; undefined where it is to be tried again. An answer with too few or too many items tells nothing. */
export function readBulkAnswer(answer: BulkAnswer, expected: number): (Delivery | undefined)[] {
  const items = answer.items ?? [];
  if (items.length !== expected) return Array.from({ length: expected }, () => undefined);
  return items.map((item) => readItem(item.create));
}

function readItem(item: BulkItem | undefined): Delivery | undefined {
  const verdict = item?.status === undefined ? 'retry' : itemVerdict(item.status);
  switch (verdict) {
    case 'created':
      return { kind: 'created' };
    case 'exists':
      return { kind: 'exists', index: item?.error?.index ?? item?._index ?? '' };
    case 'rejected': {
      const { type = 'unknown', reason = '', caused_by } = item?.error ?? {};
      return {
        kind: 'rejected',
        type,
        reason: caused_by?.reason ? `${reason}: ${caused_by.reason}` : reason,
      };
    }
    default:
      return undefined;
  }
}
