import type { DomainTemplate, TemplateName } from '../core/setup/domain-template.ts';
import type { JsonObject } from '../core/setup/json-value.ts';

/** The definitions that a search domain keeps, and their change. */
export interface DomainSetup {
  /** Whether the domain answers and can take a change now; says why where it cannot. */
  ready(): Promise<{ readonly kind: 'ready' } | { readonly kind: 'not-ready'; readonly reason: string }>;
  /** The definition that the domain has under that kind and name. Throws where the domain refuses. */
  find(template: TemplateName): Promise<JsonObject | undefined>;
  /** Writes or replaces the template. Throws where the domain refuses it. */
  put(template: DomainTemplate): Promise<void>;
}
