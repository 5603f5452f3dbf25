import type { DomainTemplate } from './domain-template.ts';
import type { JsonObject, JsonValue } from './json-value.ts';

/** What has to be done about one template. */
export interface SetupAction {
  readonly kind: 'create' | 'update' | 'unchanged';
  readonly template: DomainTemplate;
}

/**
 * Compares the wanted templates with what the domain has under their names (`undefined`: nothing), one action each, in
 * the order given.
 */
export function planSetup(
  wanted: readonly DomainTemplate[],
  found: (template: DomainTemplate) => JsonObject | undefined,
): SetupAction[] {
  return wanted.map((template) => {
    const present = found(template);
    if (present === undefined) return { kind: 'create', template };
    const same = canonical(template.definition) === canonical(present);
    return { kind: same ? 'unchanged' : 'update', template };
  });
}

/**
 * One text for all spellings of a definition. OpenSearch answers settings as strings, in another order, and names the
 * time field of a data stream that was given none.
 */
function canonical(definition: JsonObject): string {
  const { data_stream, template, ...rest } = definition;
  const settings = isObject(template) ? template['settings'] : undefined;
  return JSON.stringify(
    sorted({
      ...rest,
      ...(data_stream === undefined ? {} : { data_stream: true }),
      ...(isObject(template) ? { template: { ...template, settings: flatSettings(settings) } } : {}),
    }),
  );
}

/** Settings as `index.a.b` names and string values, whether they were nested, dotted or without `index.`. */
function flatSettings(settings: JsonValue | undefined, prefix = ''): JsonObject {
  if (!isObject(settings)) return {};
  const flat: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(settings)) {
    const path = prefix + name;
    if (isObject(value)) Object.assign(flat, flatSettings(value, `${path}.`));
    else flat[path.startsWith('index.') ? path : `index.${path}`] = asText(value);
  }
  return flat;
}

function asText(value: JsonValue): JsonValue {
  return Array.isArray(value) ? value.map(String) : String(value);
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] as JsonValue)]));
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
