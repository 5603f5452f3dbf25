import { isBreakerOpen } from '../../core/batch/breaker.ts';
import type { Breaker } from '../../ports/breaker.ts';

/** A Breaker that lives as long as the process. */
export function createMemoryBreaker(): Breaker {
  let failures = 0;
  return {
    async failures() {
      return failures;
    },
    async fail() {
      failures += 1;
      return failures;
    },
    async succeed() {
      if (!isBreakerOpen(failures)) failures = 0;
    },
    async reset(to) {
      failures = to;
    },
  };
}
