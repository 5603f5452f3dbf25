import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { toHttpRequest } from './http-event.ts';

function eventOf(body: string | undefined, isBase64Encoded: boolean): LambdaFunctionURLEvent {
  const requestContext = { http: { method: 'POST', sourceIp: '203.0.113.9' } };
  return {
    rawPath: '/ingest',
    rawQueryString: '',
    headers: {},
    requestContext,
    body,
    isBase64Encoded,
  } as unknown as LambdaFunctionURLEvent;
}

test('toHttpRequest gives the bytes of the body, however the event holds them', () => {
  expect(toHttpRequest(eventOf('caf\u00e9', false)).body).toEqual(Buffer.from('caf\u00e9'));
  expect(toHttpRequest(eventOf('H4sIAA==', true)).body).toEqual(Buffer.from([0x1f, 0x8b, 0x08, 0x00]));
  expect(toHttpRequest(eventOf(undefined, false)).body).toEqual(Buffer.alloc(0));
});
