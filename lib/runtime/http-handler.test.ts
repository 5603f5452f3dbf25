import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type HttpRequest, type HttpResponse, jsonResponse } from '../core/http/http-message.ts';
import { createHttpHandler } from './http-handler.ts';

function eventOf(body: string): LambdaFunctionURLEvent {
  return {
    rawPath: '/ingest/orders',
    rawQueryString: 'a=1',
    headers: { 'Content-Type': 'text/plain' },
    requestContext: { http: { method: 'POST', sourceIp: '203.0.113.9' } },
    body,
    isBase64Encoded: false,
  } as unknown as LambdaFunctionURLEvent;
}

const contextOf = (remainingMs: number) =>
  ({ functionName: 'intake', getRemainingTimeInMillis: () => remainingMs }) as Context;

const PROBLEM = { 'content-type': 'application/problem+json', 'retry-after': '5' };

describe('createHttpHandler', () => {
  const lines: string[] = [];

  function handle(respond: (request: HttpRequest) => Promise<HttpResponse>, remainingMs = 10_000) {
    const logger = new Logger({ serviceName: 'intake' });
    const metrics = new Metrics({ namespace: 'Weir', serviceName: 'intake' });
    const handler = createHttpHandler(logger, metrics, respond);
    return handler(eventOf('secret line'), contextOf(remainingMs));
  }

  beforeEach(() => {
    lines.length = 0;
    // Makes both write to the global console instead of their own.
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    for (const method of ['log', 'error', 'warn'] as const) {
      vi.spyOn(console, method).mockImplementation((line) => lines.push(line));
    }
    return () => {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
    };
  });

  test('hands over the request and gives back the answer', async () => {
    const requests: HttpRequest[] = [];
    const respond = async (request: HttpRequest) => {
      requests.push(request);
      return jsonResponse(202, { accepted: 1 });
    };
    const result = await handle(respond);
    expect(result).toEqual({
      statusCode: 202,
      headers: { 'content-type': 'application/json' },
      body: '{"accepted":1}',
    });
    expect(requests[0]).toEqual({
      method: 'POST',
      path: '/ingest/orders',
      query: new URLSearchParams('a=1'),
      headers: { 'content-type': 'text/plain' },
      body: Buffer.from('secret line'),
      client: '203.0.113.9',
    });
  });

  test('answers 503 with Retry-After for whatever is thrown, and counts it', async () => {
    const result = await handle(() => Promise.reject(new Error('table is gone')));
    expect(result).toMatchObject({ statusCode: 503, headers: PROBLEM });
    expect(lines.join('\n')).toContain('REQUEST_FAILED');
    expect(lines.join('\n')).toContain('"Failures":1');
    expect(lines.join('\n')).not.toContain('secret line');
  });

  test('answers 503 before the function runs out of time', async () => {
    const result = await handle(() => new Promise(() => undefined), 510);
    expect(result).toMatchObject({ statusCode: 503, headers: PROBLEM });
  });
});
