import * as z from 'zod';
import { DYNAMIC_TEMPLATES, EVENT_PROPERTIES } from './event-mapping.ts';
import type { JsonObject } from './json-value.ts';

/** A template that Weir keeps in the domain. `definition` is the body of its PUT request. */
export interface DomainTemplate {
  readonly kind: 'component_template' | 'index_template';
  readonly name: string;
  readonly definition: JsonObject;
}

/** Names a template without saying what is in it. */
export type TemplateName = Pick<DomainTemplate, 'kind' | 'name'>;

/** What a deployment chooses about its indices. */
export interface IndexChoices {
  readonly refreshSeconds: number;
  /** Copies of each shard beside the primary; 0 on a single node. */
  readonly replicas: number;
  readonly datedPatterns: readonly DatedPattern[];
}

/**
 * Names the dated indices of one pipeline, such as `orders-*` for `orders-2026.11.21`: a fixed beginning and one star at
 * the end, outside the data streams' own `logs-*`.
 */
export const DatedPattern = z
  .string()
  .max(100)
  .regex(
    /^(?!logs-)[a-z0-9][a-z0-9._-]*-\*$/,
    'allowed: a lower-case name that ends in "-*" and does not begin with "logs-", such as "orders-*"',
  );
export type DatedPattern = z.infer<typeof DatedPattern>;

/** The data streams that Weir writes, `{type}-{dataset}-{namespace}`. */
export const STREAM_PATTERN = 'logs-*-*';

const PRIORITY = 150;
const FIELDS_AT_MOST = 1000;
const DEPTH_AT_MOST = 20;
const OWNER: JsonObject = { _meta: { managed_by: 'weir' } };
const PARTS = ['weir-settings', 'weir-mappings'];

/** The template that holds what a deployment chose. */
export const SETTINGS_TEMPLATE: TemplateName = { kind: 'component_template', name: 'weir-settings' };
/** Chosen where nobody has chosen. */
const DEFAULT_CHOICES = { refreshSeconds: 5, replicas: 1 };
const PresentSettings = z.object({
  template: z.object({
    settings: z.object({
      index: z.object({
        refresh_interval: z
          .string()
          .regex(/^\d+s$/)
          .transform((interval) => Number.parseInt(interval, 10)),
        number_of_replicas: z.coerce.number(),
      }),
    }),
  }),
});

/**
 * The templates that a domain must have, in the order in which they can be written. Only names that Weir writes are
 * matched: a composable template switches off every legacy template that matches the same index, so a catch-all such as
 * `*-20*` would take the mappings away from other people's daily indices.
 */
export function domainTemplates(choices: IndexChoices): DomainTemplate[] {
  const streams: DomainTemplate = {
    kind: 'index_template',
    name: 'weir-logs',
    definition: {
      index_patterns: [STREAM_PATTERN],
      priority: PRIORITY,
      data_stream: {},
      composed_of: PARTS,
      ...OWNER,
    },
  };
  const dated = choices.datedPatterns.map(
    (pattern): DomainTemplate => ({
      kind: 'index_template',
      name: `weir-${pattern.slice(0, -'-*'.length)}`,
      definition: { index_patterns: [pattern], priority: PRIORITY, composed_of: PARTS, ...OWNER },
    }),
  );
  return [settingsPart(choices), MAPPINGS_PART, streams, ...dated];
}

/** What an earlier deployment chose, as the domain's SETTINGS_TEMPLATE says, or the defaults where there is none. */
export function presentChoices(
  settings: JsonObject | undefined,
): Pick<IndexChoices, 'refreshSeconds' | 'replicas'> {
  const present = PresentSettings.safeParse(settings);
  if (!present.success) return DEFAULT_CHOICES;
  const { refresh_interval, number_of_replicas } = present.data.template.settings.index;
  return { refreshSeconds: refresh_interval, replicas: number_of_replicas };
}

function settingsPart({ refreshSeconds, replicas }: IndexChoices): DomainTemplate {
  return {
    ...SETTINGS_TEMPLATE,
    definition: {
      template: {
        settings: {
          index: {
            // Explicit: an idle shard without it refreshes on the next search only, and alerts would count too few.
            refresh_interval: `${refreshSeconds}s`,
            number_of_replicas: replicas,
            codec: 'best_compression',
            mapping: { total_fields: { limit: FIELDS_AT_MOST }, depth: { limit: DEPTH_AT_MOST } },
            query: { default_field: ['message', 'error.message'] },
          },
        },
      },
      ...OWNER,
    },
  };
}

const MAPPINGS_PART: DomainTemplate = {
  kind: 'component_template',
  name: 'weir-mappings',
  definition: {
    template: {
      mappings: {
        date_detection: false,
        numeric_detection: false,
        dynamic_templates: DYNAMIC_TEMPLATES,
        properties: EVENT_PROPERTIES,
      },
    },
    ...OWNER,
  },
};
