import type { Window } from './schedule.ts';

/**
 * The time (epoch seconds) before which everything received is searchable: when the oldest unsettled batch was received,
 * or `now` if there is none, less `marginSeconds` for what is being accepted or refreshed at this moment.
 */
export function watermark(oldestOpen: string | undefined, now: number, marginSeconds: number): number {
  const frontier = oldestOpen === undefined ? now : Math.min(now, Date.parse(oldestOpen) / 1000);
  return frontier - marginSeconds;
}

/** The share of the window, 0 to 1, that lies before the watermark. Only at 1 is its count final. */
export function completeness(window: Window, watermarkSeconds: number): number {
  const share = (watermarkSeconds - window.start) / (window.end - window.start);
  return Math.min(1, Math.max(0, share));
}
