import { expect, test } from 'vitest';
import { refusalResponse, refuse } from './refusal.ts';

test('refusalResponse is problem details with the headers of the refusal', () => {
  const response = refusalResponse(refuse(429, 'rate-exceeded', 'Wait.', { 'retry-after': '7' }));
  expect(response.status).toBe(429);
  expect(response.headers).toEqual({ 'retry-after': '7', 'content-type': 'application/problem+json' });
  expect(JSON.parse(response.body)).toEqual({
    type: 'urn:weir:problem:rate-exceeded',
    title: 'Too Many Requests',
    status: 429,
    detail: 'Wait.',
  });
});
