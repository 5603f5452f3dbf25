import type { AttemptResult, DeliveryLog, DeliverySubject } from '../../ports/delivery-log.ts';

/** What a memory delivery log knows of one message. */
export interface DeliveryRecord extends DeliverySubject {
  readonly state: 'sending' | AttemptResult['kind'];
  readonly attempts: number;
  readonly response?: string;
  /** End of the lease, or time of the next attempt. */
  readonly dueAt: number;
}

/** A DeliveryLog that lives as long as the process. */
export function createMemoryDeliveryLog(): DeliveryLog & {
  readonly deliveries: ReadonlyMap<string, DeliveryRecord>;
} {
  const deliveries = new Map<string, DeliveryRecord>();
  const disabled = new Set<string>();
  return {
    deliveries,
    async claim(subject, now, leaseMs) {
      const known = deliveries.get(subject.message);
      if (known?.state === 'delivered' || known?.state === 'dead') {
        return { kind: 'finished', state: known.state };
      }
      if (known !== undefined && known.dueAt > now) return { kind: 'wait', until: known.dueAt };
      const attempt = (known?.attempts ?? 0) + 1;
      deliveries.set(subject.message, {
        ...subject,
        state: 'sending',
        attempts: attempt,
        dueAt: now + leaseMs,
      });
      return { kind: 'claimed', attempt };
    },
    async record(message, attempt, result) {
      const known = deliveries.get(message);
      if (known?.state !== 'sending' || known.attempts !== attempt) return;
      const dueAt = 'nextAttemptAt' in result ? result.nextAttemptAt : 0;
      deliveries.set(message, { ...known, state: result.kind, response: result.response, dueAt });
    },
    async disable(channel, destination) {
      disabled.add(JSON.stringify([channel, destination]));
    },
    async isDisabled(channel, destination) {
      return disabled.has(JSON.stringify([channel, destination]));
    },
  };
}
