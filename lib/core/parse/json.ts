import * as z from 'zod';
import { foldField } from '../event/fold-field.ts';
import { keepField } from '../event/keep-field.ts';
import {
  addFlag,
  defineField,
  type FieldValue,
  getField,
  isObject,
  type LogEvent,
} from '../event/log-event.ts';
import { defineProcessor, type StepFailure } from '../processor/spec.ts';
import { ROOT_NAMES } from './json-names.ts';
import { nestsDeeperThan } from './nesting.ts';
import { parseJson } from './parse-json.ts';
import { tidyFields } from './tidy-fields.ts';

/** Deeper than any logger writes, and shallow enough for every recursion that follows. */
const NESTING_AT_MOST = 1000;

const NOT_JSON: StepFailure = {
  kind: 'failed',
  tag: '_parsefailure',
  reason: 'message is not JSON, or nests deeper than 1000 levels',
};

/** A structured line: the fields of a JSON object become the fields of the event. */
export const json = defineProcessor({
  name: 'json',
  summary:
    'Reads the JSON object in `message` into the fields of the event, under ECS names where they are known.',
  options: z.strictObject({}),
  build: () => (event) => {
    const text = event['message'];
    if (typeof text !== 'string') return NOT_JSON;
    const value = parseJson(text);
    if (value === undefined || nestsDeeperThan(value, NESTING_AT_MOST, text.length)) return NOT_JSON;
    if (isObject(value)) readObject(event, value);
    else if (typeof value === 'string') event['message'] = value;
    return undefined;
  },
  guarantees: [
    'Every field is kept: under its own name, under the ECS name that it stands for, or in `weir.extra`.',
    'Dotted names become nested fields; of two values for one field the second is kept in `weir.extra`.',
    'Names that OpenSearch refuses, levels below the 20th and leaves beyond 500 are folded into `weir.extra`.',
    'A line that is not JSON is left as it is; a value that is not an object stays the text of `message`.',
  ],
  limits: [
    'Whole numbers beyond 2^53 become strings of their digits; other numbers are those of JavaScript.',
    '`event.original` is not kept: the fields hold all of it.',
  ],
  examples: [
    {
      title: 'nested and dotted fields',
      options: {},
      given: {
        message: '{"event":{"customer":"demo","latency_ms":12},"http.request.method":"POST","msg":"made"}',
      },
      expect: {
        event: { customer: 'demo', latency_ms: 12 },
        http: { request: { method: 'POST' } },
        message: 'made',
      },
    },
    {
      title: 'plain values under the names of ECS objects',
      options: {},
      given: { message: '{"service":"orders","host":"a","error":"boom","event":"started","user":"bob"}' },
      expect: {
        service: { name: 'orders' },
        host: { name: 'a' },
        error: { message: 'boom' },
        event: { action: 'started' },
        user: { name: 'bob' },
      },
    },
    {
      title: 'names that an index refuses',
      options: {},
      given: { message: '{"":1,"a..b":2,"_id":3}' },
      expect: { weir: { extra: { '': 1, 'a..b': 2, _id: 3 }, flags: ['folded'] } },
    },
    {
      title: 'a line that is not JSON',
      options: {},
      given: { message: '{"half":' },
      expect: { message: '{"half":' },
      fails: '_parsefailure',
    },
  ],
});

function readObject(event: LogEvent, object: LogEvent): void {
  // Not deleted: that would make the event slow for good, and most records bring a message.
  event['message'] = null;
  const fields = tidyFields(event, object);
  let hasAliases = false;
  for (const name in fields) {
    const root = ROOT_NAMES.get(name);
    if (root?.kind === 'alias') hasAliases = true;
    else placeRoot(event, name, fields[name] as FieldValue, root);
  }
  if (hasAliases) placeAliases(event, fields);
  coerceMessage(event);
  if (Object.hasOwn(event, 'tags')) coerceTags(event);
}

function placeRoot(
  event: LogEvent,
  name: string,
  value: FieldValue,
  root: ReturnType<typeof ROOT_NAMES.get>,
): void {
  if (root?.kind === 'reserved') foldField(event, name, value);
  else if (root?.kind === 'object' && isPlain(value)) keepField(event, root.path, value);
  else if (Object.hasOwn(event, name)) keepField(event, [name], value);
  else defineField(event, name, value);
}

/** A list of plain values stands for the same field as one of them does; a list of objects for the object itself. */
function isPlain(value: FieldValue): boolean {
  return Array.isArray(value) ? value.every(isPlain) : typeof value !== 'object';
}

function placeAliases(event: LogEvent, fields: LogEvent): void {
  for (const name in fields) {
    const root = ROOT_NAMES.get(name);
    if (root?.kind !== 'alias') continue;
    const value = fields[name] as FieldValue;
    const isFree = (getField(event, root.path) ?? null) === null;
    keepField(event, isFree && root.accepts(value) ? root.path : [name], value);
  }
}

/** `message` is prose to an index and to every step behind this one. */
function coerceMessage(event: LogEvent): void {
  const message = event['message'];
  if (typeof message === 'string') return;
  if (message === null) {
    delete event['message'];
    return;
  }
  event['message'] = JSON.stringify(message);
  addFlag(event, 'coerced');
}

/** `tags` is a list of keywords; anything else in it would end up beside the tags of failing steps. */
function coerceTags(event: LogEvent): void {
  const tags = event['tags'];
  if (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string')) return;
  delete event['tags'];
  if (typeof tags === 'string') event['tags'] = [tags];
  else if (tags !== undefined && tags !== null) foldField(event, 'tags', tags);
}
