import * as z from 'zod';
import { addressKind, readAddressList } from '../enrich/address.ts';
import { TwoGenerationCache } from '../enrich/two-generation-cache.ts';
import { keepField } from '../event/keep-field.ts';
import type { FieldValue, LogEvent } from '../event/log-event.ts';
import { defineProcessor, type StepFailure } from '../processor/spec.ts';
import { type AccessLine, readAccessLine } from './access-line.ts';
import { keepOriginal } from './keep-original.ts';

const REMEMBERED_CLIENTS = 20_000;

const NO_MATCH: StepFailure = {
  kind: 'failed',
  tag: '_parsefailure',
  reason: 'the line is neither in common nor in combined access log format',
};

/** An access log line of a web server. */
export const combinedAccess = defineProcessor({
  name: 'combined_access',
  summary: 'Reads the common and combined access log formats of Apache and nginx.',
  options: z.strictObject({}),
  build() {
    const sources = new TwoGenerationCache<LogEvent>(REMEMBERED_CLIENTS);
    return (event) => {
      const text = event['message'];
      const line = typeof text === 'string' ? readAccessLine(text) : undefined;
      if (line === undefined) return NO_MATCH;
      keepOriginal(event);
      event['message'] = line.request;
      const client = line.forwarded === '-' ? line.client : `${line.forwarded}, ${line.client}`;
      put(event, 'source', { ...sources.get(client, sourceFields) });
      put(event, '@timestamp', line.time);
      const request = readRequest(line.request);
      put(event, 'http', httpFields(line, request));
      if (line.user !== '-') put(event, 'user', { name: line.user });
      if (line.agent !== '-') put(event, 'user_agent', { original: line.agent });
      if (request !== undefined) put(event, 'url', urlFields(request.target));
      return undefined;
    };
  },
  guarantees: [
    '`source.ip` is an address that an index takes: the first public one of client and `X-Forwarded-For`, else the client.',
    'A request that is not HTTP (a TLS handshake, noise) is kept as `message`.',
    'The line stays in `event.original`; a line of another format is left as it is.',
    'The time it takes grows with the length of the line alone.',
  ],
  limits: [
    'What follows the user agent is kept in `event.original` only, but for a third quoted part: `X-Forwarded-For`.',
    '`X-Forwarded-For` is what the client says: where no proxy of yours writes it, it can be forged.',
  ],
  examples: [
    {
      title: 'nginx, combined',
      options: {},
      given: {
        message:
          '203.0.113.9 - bob [02/Nov/2025:10:11:12 +0000] "GET /a/b?q=1 HTTP/1.1" 404 153 "https://example.com/" "curl/8.5.0"',
      },
      expect: {
        '@timestamp': '02/Nov/2025:10:11:12 +0000',
        message: 'GET /a/b?q=1 HTTP/1.1',
        source: { address: '203.0.113.9', ip: '203.0.113.9' },
        user: { name: 'bob' },
        http: {
          version: '1.1',
          request: { method: 'GET', referrer: 'https://example.com/' },
          response: { status_code: 404, body: { bytes: 153 } },
        },
        url: { original: '/a/b?q=1', path: '/a/b', query: 'q=1' },
        user_agent: { original: 'curl/8.5.0' },
        event: {
          original:
            '203.0.113.9 - bob [02/Nov/2025:10:11:12 +0000] "GET /a/b?q=1 HTTP/1.1" 404 153 "https://example.com/" "curl/8.5.0"',
        },
      },
    },
    {
      title: 'common, a host name, noise instead of a request',
      options: {},
      given: { message: 'scan.example.org - - [02/Nov/2025:10:11:12 +0000] "\\x16\\x03" 400 -' },
      expect: {
        '@timestamp': '02/Nov/2025:10:11:12 +0000',
        message: '\\x16\\x03',
        source: { address: 'scan.example.org' },
        http: { response: { status_code: 400 } },
        event: { original: 'scan.example.org - - [02/Nov/2025:10:11:12 +0000] "\\x16\\x03" 400 -' },
      },
    },
    {
      title: 'a line of another format',
      options: {},
      given: { message: 'GET / 200' },
      expect: { message: 'GET / 200' },
      fails: '_parsefailure',
    },
  ],
});

function sourceFields(client: string): LogEvent {
  const addresses = readAddressList(client);
  const ip = addresses.find((address) => addressKind(address) === 'public') ?? addresses.at(-1);
  const peer = client.slice(client.lastIndexOf(',') + 1).trim();
  return ip === undefined ? { address: peer } : { address: peer, ip };
}

interface HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly version: string;
}

/** Takes `GET /path HTTP/1.1` apart; undefined where the request is not HTTP. */
function readRequest(request: string): HttpRequest | undefined {
  const start = request.indexOf(' ') + 1;
  const end = request.lastIndexOf(' HTTP/');
  if (start === 0 || end < start) return undefined;
  return {
    method: request.slice(0, start - 1),
    target: request.slice(start, end),
    version: request.slice(end + ' HTTP/'.length),
  };
}

function httpFields(line: AccessLine, request: HttpRequest | undefined): LogEvent {
  const response: LogEvent = { status_code: Number(line.status) };
  if (line.bytes !== '-') response['body'] = { bytes: Number(line.bytes) };
  const http: LogEvent = { response };
  if (request !== undefined) http['version'] = request.version;
  const sent: LogEvent = request === undefined ? {} : { method: request.method };
  if (line.referrer !== '-') sent['referrer'] = line.referrer;
  if (Object.keys(sent).length > 0) http['request'] = sent;
  return http;
}

function urlFields(target: string): LogEvent {
  if (!target.startsWith('/')) return { original: target };
  const mark = target.indexOf('?');
  if (mark < 0) return { original: target, path: target };
  return { original: target, path: target.slice(0, mark), query: target.slice(mark + 1) };
}

function put(event: LogEvent, name: string, value: FieldValue): void {
  if (Object.hasOwn(event, name)) keepField(event, [name], value);
  else event[name] = value;
}
