import { appendFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { docsGate } from '../support/gates/gates.ts';
import { ROOT, runCommand } from '../support/gates/run-command.ts';
import { plantTree } from './plant-tree.ts';

const PAGE = 'docs/reference/processors.md';
const FOLDERS = ['bin', 'docs', 'functions', 'lib'];

describe('docsGate', { timeout: 60_000 }, () => {
  test('passes on pages as they were generated, and fails when one was changed by hand', async () => {
    await using tree = await plantTree({});
    for (const folder of FOLDERS) await cp(join(ROOT, folder), join(tree.root, folder), { recursive: true });
    const generated = await runCommand(['node', 'bin/weir.ts', 'docs'], { root: tree.root });
    expect(generated.exitCode, generated.output).toBe(0);
    const gate = docsGate(tree.root);
    const { signal } = new AbortController();
    const fresh = await gate.run(signal);
    expect(fresh.failed, fresh.output).toBe(0);
    await appendFile(join(tree.root, PAGE), 'A sentence that no code says.\n');
    const stale = await gate.run(signal);
    expect(stale.failed).toBe(1);
    expect(stale.output).toContain(PAGE);
  });
});
