import { type FieldValue, fieldPath } from '../event/log-event.ts';
import { LEVEL_NAMES, severityOf } from './severity.ts';

/** What becomes of a name at the top of a JSON record. */
export type RootName =
  /** An ECS object: a plain value under its name belongs to the field at `path`. */
  | { readonly kind: 'object'; readonly path: readonly string[] }
  /** Another name for the ECS field at `path`, where that is free and the value is one for it. */
  | {
      readonly kind: 'alias';
      readonly path: readonly string[];
      readonly accepts: (value: FieldValue) => boolean;
    }
  /** A name that Weir or OpenSearch keeps for itself. */
  | { readonly kind: 'reserved' };

/** ECS objects and the field of each that a plain value stands for, as `event: "started"` stands for an action. */
const OBJECTS: Readonly<Record<string, string>> = {
  agent: 'agent.name',
  client: 'client.address',
  cloud: 'cloud.provider',
  container: 'container.name',
  destination: 'destination.address',
  error: 'error.message',
  event: 'event.action',
  file: 'file.path',
  host: 'host.name',
  http: 'http.value',
  labels: 'labels.value',
  log: 'message',
  network: 'network.name',
  organization: 'organization.name',
  process: 'process.name',
  server: 'server.address',
  service: 'service.name',
  source: 'source.address',
  span: 'span.id',
  trace: 'trace.id',
  transaction: 'transaction.id',
  url: 'url.original',
  user: 'user.name',
  user_agent: 'user_agent.original',
};

/** Names that loggers of several languages share. */
const ALIASES: Readonly<Record<string, string>> = {
  msg: 'message',
  '@m': 'message',
  logger: 'log.logger',
  logger_name: 'log.logger',
  loggerName: 'log.logger',
  trace_id: 'trace.id',
  traceId: 'trace.id',
  traceID: 'trace.id',
  span_id: 'span.id',
  spanId: 'span.id',
  service_name: 'service.name',
  serviceName: 'service.name',
  hostname: 'host.name',
  stack_trace: 'error.stack_trace',
};

/** Weir's own object, and the metadata fields of a document, which a document may not hold. */
const RESERVED = [
  'weir',
  '_data_stream_timestamp',
  '_doc_count',
  '_field_names',
  '_id',
  '_ignored',
  '_index',
  '_nested_path',
  '_primary_term',
  '_routing',
  '_seq_no',
  '_size',
  '_source',
  '_type',
  '_version',
];

/** The names at the top of a JSON record that are not simply kept. */
export const ROOT_NAMES: ReadonlyMap<string, RootName> = new Map<string, RootName>([
  ...Object.entries(OBJECTS).map(
    ([name, field]) => [name, { kind: 'object', path: fieldPath(field) }] as const,
  ),
  ...Object.entries(ALIASES).map(([name, field]) => [name, alias(field, isText)] as const),
  ...LEVEL_NAMES.map((name) => [name, alias('log.level', isLevel)] as const),
  ...RESERVED.map((name) => [name, { kind: 'reserved' }] as const),
]);

function alias(field: string, accepts: (value: FieldValue) => boolean): RootName {
  return { kind: 'alias', path: fieldPath(field), accepts };
}

function isText(value: FieldValue): boolean {
  return typeof value === 'string';
}

function isLevel(value: FieldValue): boolean {
  return severityOf(value) !== undefined;
}
