import { describe, expect, test } from 'vitest';
import { createMemorySetup } from '../../lib/adapters/memory/domain-setup.ts';
import type { DeploymentReply, DeploymentRequest } from '../../lib/core/setup/deployment-request.ts';
import type { DomainSetup } from '../../lib/ports/domain-setup.ts';
import { answerDeployment } from './answer-deployment.ts';

const request: DeploymentRequest = {
  RequestType: 'Create',
  ResponseURL: 'https://cloudformation.example/answer',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'DomainSetup',
  ResourceProperties: { DatedPatterns: ['orders-*'] },
};

async function answer(change: Partial<DeploymentRequest>, domain: DomainSetup = createMemorySetup()) {
  const replies: { url: string; reply: DeploymentReply }[] = [];
  const callback = {
    answer: async (url: string, reply: DeploymentReply): Promise<void> => {
      replies.push({ url, reply });
    },
  };
  let time = 0;
  const sleep = async (ms: number): Promise<void> => {
    time += ms;
  };
  const dependencies = { domain, callback, refreshSeconds: 5, replicas: 0, now: () => time, sleep };
  await answerDeployment(dependencies, { ...request, ...change }, 10_000);
  expect(replies).toHaveLength(1);
  return replies[0]!;
}

describe('answerDeployment', () => {
  test('reports success with the ids of the request and a physical id that never changes', async () => {
    const created = await answer({});
    expect(created).toEqual({
      url: 'https://cloudformation.example/answer',
      reply: {
        Status: 'SUCCESS',
        Reason: '4 of 4 templates written',
        PhysicalResourceId: 'weir-domain-setup',
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'DomainSetup',
      },
    });
    expect((await answer({ RequestType: 'Update' })).reply.PhysicalResourceId).toBe('weir-domain-setup');
  });

  test('answers a deletion without touching the domain', async () => {
    const domain = createMemorySetup({ failures: Number.POSITIVE_INFINITY });
    expect((await answer({ RequestType: 'Delete' }, domain)).reply.Status).toBe('SUCCESS');
  });

  test('reports failure in time when the domain never answers', async () => {
    const domain = createMemorySetup({ failures: Number.POSITIVE_INFINITY });
    const { reply } = await answer({}, domain);
    expect(reply.Status).toBe('FAILED');
    expect(reply.Reason).toContain('connection refused');
  });

  test('reports what the domain refused, cut to what CloudFormation takes', async () => {
    const domain: DomainSetup = {
      ...createMemorySetup(),
      put: async () => {
        throw new Error('ж'.repeat(10_000));
      },
    };
    const { reply } = await answer({}, domain);
    expect(reply.Status).toBe('FAILED');
    expect(Buffer.byteLength(JSON.stringify(reply))).toBeLessThan(4096);
  });

  test('names a wrong property instead of leaving the stack waiting', async () => {
    const { reply } = await answer({ ResourceProperties: { DatedPatterns: ['*'] } });
    expect(reply).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('DatedPatterns[0]') });
  });

  test('sets up the dated indices that the stack names', async () => {
    const { reply } = await answer({ ResourceProperties: { DatedPatterns: ['orders-*', 'audit-*'] } });
    expect(reply.Reason).toBe('5 of 5 templates written');
  });
});
