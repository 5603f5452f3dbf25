import { describe, expect, test } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.ts';

describe('CircuitBreaker', () => {
  test('opens at the given number of failures in a row and tells it once', () => {
    const breaker = new CircuitBreaker(3, 1000);
    expect([breaker.fail(0), breaker.fail(0), breaker.fail(0), breaker.fail(500)]).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(breaker.waitMs(500)).toBe(1000);
  });

  test('lets a probe through when the pause is over', () => {
    const breaker = new CircuitBreaker(1, 1000);
    breaker.fail(0);
    expect(breaker.waitMs(400)).toBe(600);
    expect(breaker.waitMs(1000)).toBe(0);
  });

  test('closes on a success and starts to count again', () => {
    const breaker = new CircuitBreaker(2, 1000);
    breaker.fail(0);
    expect(breaker.succeed()).toBe(false);
    breaker.fail(0);
    expect(breaker.waitMs(0)).toBe(0);
    breaker.open(0);
    expect(breaker.succeed()).toBe(true);
    expect(breaker.waitMs(0)).toBe(0);
  });
});
