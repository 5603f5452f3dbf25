import { setTimeout as delay } from 'node:timers/promises';
import { LocalStackError } from './local-stack-error.ts';

const POLL_INTERVAL_MS = 50;

/** Asks `holds` until it is true; false where it is not within `timeoutSeconds`. */
export async function comesTrue(
  timeoutSeconds: number,
  holds: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await delay(POLL_INTERVAL_MS);
  }
  return true;
}

/** Asks `holds` until it is true. Throws LocalStackError naming `what` after `timeoutSeconds`. */
export async function awaitCondition(
  what: string,
  timeoutSeconds: number,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  if (!(await comesTrue(timeoutSeconds, holds)))
    throw new LocalStackError(`${what}: not within ${timeoutSeconds} s.`);
}
