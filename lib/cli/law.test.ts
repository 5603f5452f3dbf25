import { describe, expect, test } from 'vitest';
import { createTestTerminal } from '../../test/support/create-test-terminal.ts';
import { createMemoryLedger } from '../adapters/memory/ledger.ts';
import { law } from './law.ts';

const RECEIVED = '2026-11-21T12:59:00.000Z';
const settlement = { indexed: 2, archived_only: 0, quarantined: 0, excluded: 1, duplicate: 0 };

async function startLedger(...batches: readonly { batch: string; count: number; isSettled: boolean }[]) {
  const ledger = createMemoryLedger();
  for (const { batch, count, isSettled } of batches) {
    const known = { request: batch, source: 'shop', bytes: 10, bodyHash: 'h', receivedAt: RECEIVED };
    await ledger.accept({ ...known, batch, count });
    if (isSettled) await ledger.settle(batch, settlement, count);
  }
  return ledger;
}

describe('law', () => {
  test('exits with 0 and prints the sums when everything adds up', async () => {
    const ledger = await startLedger({ batch: 'b1', count: 3, isSettled: true });
    const { terminal, lines, codes } = createTestTerminal();
    await law(terminal, ledger, {}, 'text');
    expect(codes).toEqual([0]);
    expect(lines[0]).toContain('1 batches');
    expect(lines[0]).toContain('adds up');
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}accepted +3$/));
  });

  test('exits with 1 and names the batch when records are missing', async () => {
    const ledger = await startLedger(
      { batch: 'good', count: 3, isSettled: true },
      { batch: 'short', count: 5, isSettled: true },
    );
    const { terminal, lines, codes } = createTestTerminal();
    await law(terminal, ledger, {}, 'text');
    expect(codes).toEqual([1]);
    expect(lines.filter((line) => line.startsWith('short'))).toEqual([expect.stringContaining('UNBALANCED')]);
    expect(lines.join('\n')).toContain('missing 2');
    expect(lines.some((line) => line.startsWith('good'))).toBe(false);
  });

  test('does not mind an open batch unless it was told to wait for it', async () => {
    const ledger = await startLedger({ batch: 'open', count: 3, isSettled: false });
    const patient = createTestTerminal();
    await law(patient.terminal, ledger, { wait: 5 }, 'json');
    expect(patient.codes).toEqual([1]);
    expect(patient.json()).toMatchObject({ balanced: true, open: [{ batch: 'open' }] });
    const { terminal, codes } = createTestTerminal();
    await law(terminal, ledger, {}, 'text');
    expect(codes).toEqual([0]);
  });

  test('waits until the last batch is settled', async () => {
    const ledger = await startLedger({ batch: 'late', count: 3, isSettled: false });
    const { terminal, codes, json } = createTestTerminal();
    let naps = 0;
    const sleep = async (ms: number): Promise<void> => {
      naps += 1;
      if (naps === 2) await ledger.settle('late', settlement, 3);
      await terminal.sleep(ms);
    };
    await law({ ...terminal, sleep }, ledger, { wait: 60 }, 'json');
    expect([naps, codes, json().open_batches]).toEqual([2, [0], 0]);
  });

  test('refuses a time that it does not understand', async () => {
    const { terminal } = createTestTerminal();
    await expect(law(terminal, createMemoryLedger(), { from: 'noon' }, 'text')).rejects.toMatchObject({
      exitCode: 2,
    });
  });
});
