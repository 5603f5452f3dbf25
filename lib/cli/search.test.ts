import { describe, expect, test } from 'vitest';
import { createTestTerminal } from '../../test/support/create-test-terminal.ts';
import { createMemoryEventSearch } from '../adapters/memory/event-search.ts';
import { search } from './search.ts';

const EVENT = {
  '@timestamp': '2026-11-21T12:59:00.000Z',
  message: 'refused',
  log: { level: 'error' },
  service: { name: 'shop' },
};
const events = createMemoryEventSearch([{ _index: 'logs-shop-default', _id: 'a', _source: EVENT }]);

describe('search', () => {
  test('prints one line an event, and how many there are beside it', async () => {
    const { terminal, lines, notes } = createTestTerminal();
    await search(terminal, events, { q: 'refused' }, 'text');
    expect(lines).toEqual(['2026-11-21T12:59:00.000Z ERROR shop refused']);
    expect(notes).toEqual(['1 of 1 events from 2026-11-21T12:45:00.000Z to 2026-11-21T13:00:00.000Z']);
  });

  test("prints the API's own answer as JSON", async () => {
    const { terminal, json } = createTestTerminal();
    await search(terminal, events, {}, 'json');
    expect(json()).toMatchObject({
      items: [{ _id: 'a', _source: EVENT }],
      total: { value: 1, relation: 'eq' },
    });
  });

  test('says so when there may be more', async () => {
    const partial = {
      search: async () =>
        ({
          kind: 'found',
          page: { items: [], total: { value: 0, relation: 'gte' }, tookMs: 1, complete: false },
        }) as const,
    };
    const { terminal, notes } = createTestTerminal();
    await search(terminal, partial, {}, 'text');
    expect(notes.join('\n')).toContain('there may be more');
  });

  test('tells a wrong option from an index that does not answer', async () => {
    const { terminal } = createTestTerminal();
    await expect(search(terminal, events, { size: '5000' }, 'text')).rejects.toMatchObject({ exitCode: 2 });
    const down = { search: async () => ({ kind: 'unavailable', reason: 'refused' }) as const };
    await expect(search(terminal, down, {}, 'text')).rejects.toMatchObject({ exitCode: 3 });
  });
});
