import { describe, expect, test } from 'vitest';
import { onFreshStack } from '../support/gates/stack-step.ts';

function recordingStack(start: () => Promise<string> = async () => 'stack') {
  const calls: string[] = [];
  const lifecycle = {
    start: () => {
      calls.push('start');
      return start();
    },
    stop: async () => {
      calls.push('stop');
    },
  };
  return { calls, lifecycle };
}

describe('onFreshStack', () => {
  test('ends what is left of an earlier stack, works, and stops', async () => {
    const { calls, lifecycle } = recordingStack();
    const result = await onFreshStack(lifecycle, async (stack) => {
      calls.push(`work on ${stack}`);
      return 7;
    });
    expect(result).toBe(7);
    expect(calls).toEqual(['stop', 'start', 'work on stack', 'stop']);
  });

  test('stops when the work fails', async () => {
    const { calls, lifecycle } = recordingStack();
    await expect(onFreshStack(lifecycle, () => Promise.reject(new Error('crash')))).rejects.toThrow('crash');
    expect(calls.at(-1)).toBe('stop');
  });

  test('stops what had come up when the start fails', async () => {
    const { calls, lifecycle } = recordingStack(() => Promise.reject(new Error('no Java')));
    await expect(onFreshStack(lifecycle, async () => 1)).rejects.toThrow('no Java');
    expect(calls).toEqual(['stop', 'start', 'stop']);
  });
});
