import { describe, expect, test } from 'vitest';
import { createTestTerminal } from '../../test/support/create-test-terminal.ts';
import { createMemorySetup } from '../adapters/memory/domain-setup.ts';
import { SETTINGS_TEMPLATE } from '../core/setup/domain-template.ts';
import { setup } from './setup.ts';

async function run(domain = createMemorySetup(), options: Parameters<typeof setup>[2] = { dated: [] }) {
  const { terminal, codes, json } = createTestTerminal();
  await setup(terminal, domain, options, 'json');
  const actions = json().actions.map(({ action }: { action: string }) => action);
  return { code: codes[0], actions };
}

describe('setup', () => {
  test('exits with 1 and changes nothing when only the difference is asked for', async () => {
    const domain = createMemorySetup();
    const { code, actions } = await run(domain, { diff: true, dated: [] });
    expect([code, actions, domain.writes]).toEqual([1, ['create', 'create', 'create', 'create'], 0]);
  });

  test('writes the templates; afterwards there is no difference', async () => {
    const domain = createMemorySetup();
    expect((await run(domain)).code).toBe(0);
    const { code, actions } = await run(domain, { diff: true, dated: [] });
    expect([code, new Set(actions)]).toEqual([0, new Set(['unchanged'])]);
  });

  test('leaves what the deployment chose when nothing else is asked for', async () => {
    const domain = createMemorySetup();
    await run(domain, { dated: [], refreshSeconds: 30, replicas: 2 });
    expect((await run(domain, { diff: true, dated: [] })).code).toBe(0);
    expect(JSON.stringify(await domain.find(SETTINGS_TEMPLATE))).toContain('"30s"');
  });

  test('refuses a pattern that takes over names of others', async () => {
    await expect(run(createMemorySetup(), { dated: ['*'] })).rejects.toMatchObject({ exitCode: 2 });
  });

  test('exits with 3 when the domain does not answer', async () => {
    const domain = createMemorySetup({ failures: Number.POSITIVE_INFINITY });
    await expect(run(domain)).rejects.toMatchObject({ exitCode: 3 });
  });
});
