import { describe, expect, test } from 'vitest';
import { createMemorySetup } from '../../lib/adapters/memory/domain-setup.ts';
import { domainTemplates } from '../../lib/core/setup/domain-template.ts';
import { setUpDomain } from './set-up-domain.ts';

const wanted = domainTemplates({ refreshSeconds: 5, replicas: 0, datedPatterns: ['orders-*'] });

function startSetup(failures = 0) {
  const domain = createMemorySetup({ failures });
  let time = 0;
  const sleep = async (ms: number): Promise<void> => {
    time += ms;
  };
  const run = async (mode: 'diff' | 'apply') => {
    const outcome = await setUpDomain({ domain, now: () => time, sleep }, { wanted, mode, deadline: 60_000 });
    return outcome.kind === 'planned' ? outcome.actions.map(({ kind }) => kind) : outcome;
  };
  return { domain, run, elapsed: () => time };
}

describe('setUpDomain', () => {
  test('writes every template once, then finds nothing to do', async () => {
    const { domain, run } = startSetup();
    expect(await run('apply')).toEqual(['create', 'create', 'create', 'create']);
    expect(await run('apply')).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(domain.writes).toBe(4);
  });

  test('writes nothing when it only compares', async () => {
    const { domain, run } = startSetup();
    expect(await run('diff')).toEqual(['create', 'create', 'create', 'create']);
    expect(domain.writes).toBe(0);
  });

  test('waits for a domain that comes up late', async () => {
    const { run, elapsed } = startSetup(3);
    expect(await run('apply')).toHaveLength(4);
    expect(elapsed()).toBe(6_000);
  });

  test('gives up at the deadline and says what the domain said last', async () => {
    const { run, elapsed } = startSetup(Number.POSITIVE_INFINITY);
    expect(await run('apply')).toEqual({ kind: 'unreachable', reason: 'connection refused' });
    expect(elapsed()).toBeLessThanOrEqual(60_000);
  });
});
