import { type FieldValue, fieldPath, getField, type LogEvent } from '../event/log-event.ts';
import { indexName, indexNamePart, streamPart } from './index-name.ts';

/** A compiled target: names the index of an event, and says in the event which data stream that is. */
export type Route = (event: LogEvent, iso: string) => string;

type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'date' } | FieldPart;
interface FieldPart {
  readonly kind: 'field';
  readonly path: readonly string[];
}

/** What an index name gets where its field is missing. */
const MISSING = 'default';

const PLACEHOLDER = /\{([^{}]*)\}/g;
const FIELD = /^[^\s.{}]+(\.[^\s.{}]+)*$/;
const TEXT = /^[a-z0-9._-]*$/;
/** Types of data streams that Weir keeps templates for: what begins so cannot be an index of its own. */
const STREAM_TYPES = ['logs'];
/** A fixed beginning, by which templates and searches find all indices of one target. */
const DATED = /^[a-z0-9][a-z0-9._-]*-\{/;

/** Says what is wrong with a template such as `logs-{service.name}-default` or `orders-{date}`; undefined where nothing is. */
export function routeProblem(template: string): string | undefined {
  const rest = template.replace(PLACEHOLDER, '');
  if (!TEXT.test(rest))
    return 'may hold lower-case letters, digits, ".", "_", "-" and placeholders such as {service.name}';
  if (!/^[a-z0-9]/.test(template)) return 'must begin with a lower-case letter or a digit';
  for (const [placeholder, name] of template.matchAll(PLACEHOLDER)) {
    if (!FIELD.test(name ?? '')) return `has an illegal placeholder: ${placeholder}`;
  }
  const type = STREAM_TYPES.find((name) => template.startsWith(`${name}-`));
  if (type !== undefined && streamParts(template) === undefined) {
    return `begins with ${type}-, so it must be a data stream: ${type}-<dataset>-<namespace>, without {date}`;
  }
  if (type === undefined && !DATED.test(template)) {
    return 'must begin with a fixed name and go on with a placeholder, such as orders-{date}';
  }
  return undefined;
}

/** The pattern of all indices of a legal template, such as `orders-*`; undefined where it names data streams. */
export function datedPattern(template: string): string | undefined {
  return streamParts(template) === undefined ? `${template.slice(0, template.indexOf('{'))}*` : undefined;
}

/** Compiles a legal template. `{date}` is the day of the event as `yyyy.MM.dd`, every other placeholder a field. */
export function compileRoute(template: string): Route {
  const stream = streamParts(template);
  if (stream === undefined) {
    const parts = readParts(template);
    return (event, iso) => indexName(fill(parts, event, iso));
  }
  const [type, dataset, namespace] = stream.map(readParts) as [Part[], Part[], Part[]];
  return (event, iso) => {
    const names = {
      type: streamPart(fill(type, event, iso)),
      dataset: streamPart(fill(dataset, event, iso)),
      namespace: streamPart(fill(namespace, event, iso)),
    };
    event['data_stream'] = names;
    return `${names.type}-${names.dataset}-${names.namespace}`;
  };
}

/** The three parts of a data stream's name; undefined where the template names an index. */
function streamParts(template: string): string[] | undefined {
  const parts = template.split(/-(?![^{]*\})/);
  const isStream =
    parts.length === 3 && STREAM_TYPES.includes(parts[0] ?? '') && !template.includes('{date}');
  return isStream ? parts : undefined;
}

function readParts(template: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    if (match.index > at) parts.push({ kind: 'text', text: template.slice(at, match.index) });
    const name = match[1] ?? '';
    parts.push(name === 'date' ? { kind: 'date' } : { kind: 'field', path: fieldPath(name) });
    at = match.index + match[0].length;
  }
  if (at < template.length) parts.push({ kind: 'text', text: template.slice(at) });
  return parts;
}

function fill(parts: readonly Part[], event: LogEvent, iso: string): string {
  let name = '';
  for (const part of parts) {
    if (part.kind === 'text') name += part.text;
    else if (part.kind === 'date') name += `${iso.slice(0, 4)}.${iso.slice(5, 7)}.${iso.slice(8, 10)}`;
    else name += namePart(getField(event, part.path));
  }
  return name;
}

function namePart(value: FieldValue | undefined): string {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return (isPlain && indexNamePart(String(value))) || MISSING;
}
