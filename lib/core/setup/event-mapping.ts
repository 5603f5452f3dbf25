import type { JsonObject } from './json-value.ts';

const KEYWORD: JsonObject = { type: 'keyword', ignore_above: 1024 };
/** Prose that is matched, counted by phrase in alerts, and never ranked by relevance: positions are kept, norms are not. */
const PROSE: JsonObject = { type: 'text', norms: false };
/** Long text that is searched for words, seldom for phrases: positions are not kept, phrases are checked against `_source`. */
const LONG_TEXT: JsonObject = { type: 'match_only_text' };
const WHOLE_NUMBER: JsonObject = { type: 'long' };
const ADDRESS: JsonObject = { type: 'ip' };

const object = (properties: JsonObject): JsonObject => ({ properties });

/**
 * How a field that is not named in EVENT_PROPERTIES is typed by the first document that carries it. Numbers become
 * `double` whether or not the first one had a fraction: typed `long`, a later 12.5 would be indexed as 12 unseen. Strings
 * stay strings even where they look like dates or numbers, so the second document cannot contradict the first.
 */
export const DYNAMIC_TEMPLATES: readonly JsonObject[] = [
  { labels: { path_match: 'labels.*', mapping: KEYWORD } },
  { whole_numbers: { match_mapping_type: 'long', mapping: { type: 'double' } } },
  { fractions: { match_mapping_type: 'double', mapping: { type: 'double' } } },
  { strings: { match_mapping_type: 'string', mapping: KEYWORD } },
];

/** The types of the ECS (9.x) fields that Weir's pipelines write, and of Weir's own. */
export const EVENT_PROPERTIES: JsonObject = {
  '@timestamp': { type: 'date_nanos' },
  message: PROSE,
  tags: KEYWORD,
  event: object({
    id: KEYWORD,
    ingested: { type: 'date' },
    original: { type: 'keyword', index: false, doc_values: false },
    duration: WHOLE_NUMBER,
  }),
  log: object({
    level: { ...KEYWORD, normalizer: 'lowercase' },
    logger: KEYWORD,
    syslog: object({ severity: object({ code: WHOLE_NUMBER }) }),
  }),
  service: object({ name: KEYWORD, environment: KEYWORD }),
  host: object({ name: KEYWORD, ip: ADDRESS }),
  process: object({ pid: WHOLE_NUMBER }),
  trace: object({ id: KEYWORD }),
  span: object({ id: KEYWORD }),
  source: object({ ip: ADDRESS, port: WHOLE_NUMBER, geo: object({ country_iso_code: KEYWORD }) }),
  client: object({ ip: ADDRESS, port: WHOLE_NUMBER }),
  http: object({
    request: object({ method: KEYWORD, body: object({ bytes: WHOLE_NUMBER }) }),
    response: object({ status_code: WHOLE_NUMBER, body: object({ bytes: WHOLE_NUMBER }) }),
  }),
  url: object({ original: KEYWORD, path: KEYWORD, query: KEYWORD }),
  user_agent: object({ original: KEYWORD, name: KEYWORD, version: KEYWORD }),
  error: object({ type: KEYWORD, message: PROSE, stack_trace: LONG_TEXT }),
  data_stream: object({ type: KEYWORD, dataset: KEYWORD, namespace: KEYWORD }),
  weir: object({
    batch: KEYWORD,
    pipeline: KEYWORD,
    source: KEYWORD,
    flags: KEYWORD,
    extra: LONG_TEXT,
  }),
};
