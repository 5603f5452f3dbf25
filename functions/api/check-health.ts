import type { HealthCheck, ServiceHealth } from '../../lib/ports/health-check.ts';

const TIMEOUT_MS = 3_000;
/** The path is open to anybody: however often it is asked, each service is asked once in this time. */
const KEPT_MS = 5_000;

/** How Weir is as a whole (its worst service), and each service by name. */
export interface HealthReport {
  readonly status: ServiceHealth['status'];
  readonly services: Readonly<Record<string, ServiceHealth>>;
}

/** What checking needs from outside. */
export interface HealthDependencies {
  readonly checks: readonly HealthCheck[];
  /** Epoch ms. */
  readonly now: () => number;
  /** Hears of a check that threw; the report says only that the service does not answer. */
  readonly failed: (error: unknown) => void;
}

/** Gives a function that asks every service at the same time, 3 seconds at most, and keeps the answer for 5. */
export function createHealthReport(dependencies: HealthDependencies): () => Promise<HealthReport> {
  let kept: { readonly atMs: number; readonly report: Promise<HealthReport> } | undefined;
  return () => {
    const atMs = dependencies.now();
    if (kept === undefined || atMs - kept.atMs >= KEPT_MS) {
      kept = { atMs, report: checkAll(dependencies) };
    }
    return kept.report;
  };
}

async function checkAll({ checks, failed }: HealthDependencies): Promise<HealthReport> {
  const services = await Promise.all(
    checks.map(async (check) => [check.name, await ask(check, failed)] as const),
  );
  const states = services.map(([, { status }]) => status);
  const status = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'up';
  return { status, services: Object.fromEntries(services) };
}

async function ask(check: HealthCheck, failed: (error: unknown) => void): Promise<ServiceHealth> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${check.name} took over ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([check.check(), tooLate]);
  } catch (error) {
    failed(error);
    return { status: 'down', detail: 'does not answer' };
  } finally {
    clearTimeout(timer);
  }
}

/** A check that only needs an answer: any answer means that the service is up. */
export function answers(name: string, ask: () => Promise<unknown>): HealthCheck {
  return {
    name,
    async check() {
      await ask();
      return { status: 'up' };
    },
  };
}
