import { describe, expect, test } from 'vitest';
import { deliverBatch } from './deliver-batch.ts';

describe('deliverBatch', () => {
  test('leaves exactly the messages that failed on the queue', async () => {
    const errors: unknown[] = [];
    const messages = ['a', 'b', 'c'].map((body) => ({ messageId: `id-${body}`, body }));
    const deliver = async (body: string) => {
      if (body === 'b') throw new Error('no');
    };
    expect(await deliverBatch(messages, deliver, (error) => errors.push(error))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'id-b' }],
    });
    expect(errors).toHaveLength(1);
  });
});
