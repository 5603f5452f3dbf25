import type { DomainTemplate } from '../../lib/core/setup/domain-template.ts';
import type { JsonObject } from '../../lib/core/setup/json-value.ts';
import { planSetup, type SetupAction } from '../../lib/core/setup/setup-plan.ts';
import type { DomainSetup } from '../../lib/ports/domain-setup.ts';

const PAUSE_MS = 2_000;

/** What the set-up needs from outside. */
export interface SetupDependencies {
  readonly domain: DomainSetup;
  /** Epoch ms. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** What to set up, and how. */
export interface SetupRequest {
  readonly wanted: readonly DomainTemplate[];
  /** `diff` only compares; `apply` writes what differs. */
  readonly mode: 'diff' | 'apply';
  /** Until when to wait for a domain that does not answer, epoch ms. */
  readonly deadline: number;
}

/** The plan (carried out in mode `apply`), or why the domain could not be asked. */
export type SetupOutcome =
  | { readonly kind: 'planned'; readonly actions: readonly SetupAction[] }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Brings the domain's templates to the wanted state, or says what that would take. A second run changes nothing. */
export async function setUpDomain(
  dependencies: SetupDependencies,
  { wanted, mode, deadline }: SetupRequest,
): Promise<SetupOutcome> {
  const reason = await waitUntilReady(dependencies, deadline);
  if (reason !== undefined) return { kind: 'unreachable', reason };
  const { domain } = dependencies;
  const found = new Map<DomainTemplate, JsonObject | undefined>();
  for (const template of wanted) found.set(template, await domain.find(template));
  const actions = planSetup(wanted, (template) => found.get(template));
  if (mode === 'apply') {
    for (const { kind, template } of actions) if (kind !== 'unchanged') await domain.put(template);
  }
  return { kind: 'planned', actions };
}

/** Returns undefined once the domain is ready, or why it was not at the deadline. */
async function waitUntilReady(
  { domain, now, sleep }: SetupDependencies,
  deadline: number,
): Promise<string | undefined> {
  for (;;) {
    const state = await domain.ready();
    if (state.kind === 'ready') return undefined;
    if (now() + PAUSE_MS > deadline) return state.reason;
    await sleep(PAUSE_MS);
  }
}
