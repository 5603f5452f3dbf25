import { describe, expect, test } from 'vitest';
import { toSearchBody } from './count-query.ts';

const window = { start: 60, end: 120 };

describe('toSearchBody', () => {
  test('counts everything in the half-open window when nothing is filtered', () => {
    expect(toSearchBody({ indices: ['a'], levels: [], services: [], window })).toEqual({
      size: 0,
      track_total_hits: true,
      query: {
        bool: { filter: [{ range: { '@timestamp': { gte: 60_000, lt: 120_000, format: 'epoch_millis' } } }] },
      },
    });
  });

  test('adds one condition for the levels and one for the services', () => {
    const body = toSearchBody({ indices: ['a'], levels: ['error'], services: ['orders', 'pay'], window });
    expect(body['query']).toMatchObject({
      bool: {
        filter: [{}, { terms: { 'log.level': ['error'] } }, { terms: { 'service.name': ['orders', 'pay'] } }],
      },
    });
  });
});
