import { beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryLog } from '../../lib/ports/delivery-log.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const LEASE_MS = 60_000;
const SUBJECT = { message: 'msg_1', event: 'ev_1', channel: 'webhook' };

/** What every DeliveryLog does. `create` gives an empty one. */
export function defineDeliveryLogContract(name: string, create: () => Promise<DeliveryLog>): void {
  describe(`the delivery log contract, ${name}`, () => {
    let log: DeliveryLog;
    const claimAt = (now: number) => log.claim(SUBJECT, now, LEASE_MS);
    beforeEach(async () => {
      log = await create();
    });

    test('gives the lease to one of two claimants', async () => {
      const claims = await Promise.all([claimAt(NOW), claimAt(NOW)]);
      expect(claims).toContainEqual({ kind: 'claimed', attempt: 1 });
      expect(claims).toContainEqual({ kind: 'wait', until: NOW + LEASE_MS });
    });

    test('lets a lease be taken over when it has run out, as another attempt', async () => {
      await claimAt(NOW);
      expect(await claimAt(NOW + LEASE_MS - 1)).toEqual({ kind: 'wait', until: NOW + LEASE_MS });
      expect(await claimAt(NOW + LEASE_MS)).toEqual({ kind: 'claimed', attempt: 2 });
    });

    test.each(['failed', 'ambiguous'] as const)(
      'holds a %s message back until its next attempt',
      async (kind) => {
        await claimAt(NOW);
        const nextAttemptAt = NOW + 5_000;
        await log.record('msg_1', 1, { kind, response: 'status 503', nextAttemptAt }, NOW);
        expect(await claimAt(NOW + 4_999)).toEqual({ kind: 'wait', until: nextAttemptAt });
        expect(await claimAt(nextAttemptAt)).toEqual({ kind: 'claimed', attempt: 2 });
      },
    );

    test.each(['delivered', 'dead'] as const)('never gives a %s message out again', async (kind) => {
      await claimAt(NOW);
      await log.record('msg_1', 1, { kind, response: 'status 200' }, NOW);
      expect(await claimAt(NOW + 10 * LEASE_MS)).toEqual({ kind: 'finished', state: kind });
    });

    test('does not let an attempt that was overtaken change anything', async () => {
      await claimAt(NOW);
      await claimAt(NOW + LEASE_MS);
      await log.record('msg_1', 1, { kind: 'dead', response: 'status 400' }, NOW + LEASE_MS);
      expect(await claimAt(NOW + LEASE_MS)).toEqual({ kind: 'wait', until: NOW + 2 * LEASE_MS });
      await log.record('msg_1', 2, { kind: 'delivered', response: 'status 200' }, NOW + LEASE_MS);
      expect(await claimAt(NOW + 9 * LEASE_MS)).toEqual({ kind: 'finished', state: 'delivered' });
    });

    test('keeps messages apart', async () => {
      await claimAt(NOW);
      const other = { ...SUBJECT, message: 'msg_2' };
      expect(await log.claim(other, NOW, LEASE_MS)).toEqual({ kind: 'claimed', attempt: 1 });
    });

    test('turns a channel off for one destination only', async () => {
      expect(await log.isDisabled('webhook', 'a')).toBe(false);
      await log.disable('webhook', 'a', NOW);
      expect(await log.isDisabled('webhook', 'a')).toBe(true);
      expect(await log.isDisabled('webhook', 'b')).toBe(false);
      expect(await log.isDisabled('other', 'a')).toBe(false);
    });
  });
}
