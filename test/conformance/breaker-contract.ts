import { beforeEach, describe, expect, test } from 'vitest';
import { FAILURES_TO_OPEN, HALF_OPEN_FAILURES, isBreakerOpen } from '../../lib/core/batch/breaker.ts';
import type { Breaker } from '../../lib/ports/breaker.ts';

/** What every Breaker does. `create` gives one that nothing has failed yet. */
export function defineBreakerContract(name: string, create: () => Promise<Breaker>): void {
  describe(`the breaker contract, ${name}`, () => {
    let breaker: Breaker;
    beforeEach(async () => {
      breaker = await create();
    });
    const failOften = () => Promise.all(Array.from({ length: FAILURES_TO_OPEN }, () => breaker.fail()));

    test('has seen no failure at first, also after a success', async () => {
      expect(await breaker.failures()).toBe(0);
      await breaker.succeed();
      expect(await breaker.failures()).toBe(0);
    });

    test('counts every failure, also those at the same time, until it is open', async () => {
      const counts = await failOften();
      expect(counts.sort()).toEqual(Array.from({ length: FAILURES_TO_OPEN }, (_, place) => place + 1));
      expect(isBreakerOpen(await breaker.failures())).toBe(true);
    });

    test('forgets the failures on a success in between', async () => {
      await breaker.fail();
      await breaker.succeed();
      expect(await breaker.failures()).toBe(0);
      expect(await breaker.fail()).toBe(1);
    });

    test('stays open when a success comes late', async () => {
      await failOften();
      await breaker.succeed();
      expect(isBreakerOpen(await breaker.failures())).toBe(true);
    });

    test('opens again on the first failure when it was half-open, and closes on the first success', async () => {
      await failOften();
      await breaker.reset(HALF_OPEN_FAILURES);
      expect(isBreakerOpen(await breaker.failures())).toBe(false);
      expect(isBreakerOpen(await breaker.fail())).toBe(true);
      await breaker.reset(HALF_OPEN_FAILURES);
      await breaker.succeed();
      expect(await breaker.failures()).toBe(0);
    });
  });
}
