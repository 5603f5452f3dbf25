import { describe, expect, test } from 'vitest';
import { createTestTerminal } from '../../test/support/create-test-terminal.ts';
import { reportFailure } from './report-failure.ts';
import { CommandError, EXIT } from './terminal.ts';

function report(error: unknown) {
  const { terminal, notes } = createTestTerminal();
  return { code: reportFailure(terminal, error), notes: notes.join('\n') };
}

describe('reportFailure', () => {
  test('exits with the code of the command and prints its message alone', () => {
    expect(report(new CommandError(EXIT.findings, 'three rules are wrong'))).toEqual({
      code: 1,
      notes: 'weir: three rules are wrong',
    });
  });

  test('says what to start when nothing answers, however deep the cause is', () => {
    const refused = Object.assign(new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:1')]), {});
    const { code, notes } = report(new TypeError('fetch failed', { cause: refused }));
    expect(code).toBe(3);
    expect(notes).toContain('fetch failed: connect ECONNREFUSED 127.0.0.1:1');
    expect(notes).toContain('npm run up');
  });

  test('says how to give credentials when there are none', () => {
    const { code, notes } = report(new Error('Could not load credentials from any providers'));
    expect(code).toBe(3);
    expect(notes).toContain('AWS_PROFILE');
  });
});
