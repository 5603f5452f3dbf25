import { describe, expect, test } from 'vitest';
import { SearchRequest, searchBody, searchQuery } from './search-query.ts';

const NOW = Date.UTC(2026, 10, 21, 13);
const bodyOf = (query: Record<string, string>) => searchBody(searchQuery(SearchRequest.parse(query), NOW));

describe('searchBody', () => {
  test('asks for the last 15 minutes and 100 events, newest first, when nothing is said', () => {
    expect(bodyOf({})).toMatchObject({
      size: 100,
      query: {
        bool: {
          filter: [
            { range: { '@timestamp': { gte: '2026-11-21T12:45:00.000Z', lt: '2026-11-21T13:00:00.000Z' } } },
          ],
        },
      },
      sort: [{ '@timestamp': { order: 'desc' } }, { 'event.id': { order: 'desc' } }],
    });
  });

  test('matches words, service and level as filters, so that nothing is ranked', () => {
    const { query } = bodyOf({ q: ' refused ', service: 'orders', level: 'ERROR' });
    expect(query).toMatchObject({
      bool: {
        filter: [
          {},
          { term: { 'service.name': 'orders' } },
          { term: { 'log.level': 'ERROR' } },
          { simple_query_string: { query: 'refused', default_operator: 'and' } },
        ],
      },
    });
  });

  test('never lets a query reach fuzzy or slop syntax', () => {
    const text = JSON.stringify(bodyOf({ q: 'refused~2' }));
    expect(text).not.toMatch(/FUZZY|NEAR|SLOP|ALL/);
    expect(JSON.stringify(bodyOf({ q: '*' }))).not.toContain('simple_query_string');
  });
});
