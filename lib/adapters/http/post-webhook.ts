import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { AddressPolicy } from '../../core/notify/address-policy.ts';
import type { Notifier, WebhookAnswer, WebhookRequest } from '../../ports/notifier.ts';
import {
  checkAddress,
  createCheckedLookup,
  ForbiddenAddressError,
  type Resolve,
  resolveBySystem,
} from './checked-lookup.ts';

const TIMEOUT_MS = 15_000;

/** How to post. */
export interface PostSettings {
  readonly policy: AddressPolicy;
  /** For the whole exchange; 15 s unless given. */
  readonly timeoutMs?: number;
  /** By the operating system unless given. */
  readonly resolve?: Resolve;
}

/**
 * A Notifier over HTTP(S): addresses are checked when they are dialled, redirects are not followed, and of the answer only
 * the status and `Retry-After` are read.
 */
export function createHttpNotifier(settings: PostSettings): Notifier {
  return {
    async post(request) {
      const url = new URL(request.url);
      try {
        checkLiteral(settings.policy, url);
      } catch (error) {
        if (error instanceof ForbiddenAddressError) return { kind: 'forbidden', reason: error.message };
        throw error;
      }
      return exchange(settings, url, request);
    },
  };
}

/** An address in the URL itself is dialled without a look-up, so it is checked here. */
function checkLiteral(policy: AddressPolicy, url: URL): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ForbiddenAddressError(`"${url.protocol}" is not https:`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) checkAddress(policy, host, url.protocol === 'http:');
}

function exchange(settings: PostSettings, url: URL, message: WebhookRequest): Promise<WebhookAnswer> {
  const isPlain = url.protocol === 'http:';
  const body = Buffer.from(message.body, 'utf8');
  const request = (isPlain ? requestHttp : requestHttps)(url, {
    method: 'POST',
    headers: { ...message.headers, 'content-length': body.length },
    // A kept-alive socket would have been dialled, and checked, for an earlier answer of the resolver.
    agent: false,
    lookup: createCheckedLookup(settings.policy, isPlain, settings.resolve ?? resolveBySystem),
  });
  const timeoutMs = settings.timeoutMs ?? TIMEOUT_MS;
  const timer = setTimeout(() => request.destroy(new Error('ETIMEDOUT')), timeoutMs);
  let mayHaveArrived = false;
  return new Promise<WebhookAnswer>((resolve) => {
    request.on('socket', (socket) => {
      socket.once(isPlain ? 'connect' : 'secureConnect', () => {
        mayHaveArrived = true;
      });
    });
    request.on('response', (response) => {
      const retryAfter = response.headers['retry-after'];
      const status = response.statusCode ?? 0;
      resolve({ kind: 'answered', status, ...(retryAfter === undefined ? {} : { retryAfter }) });
      response.destroy();
    });
    request.on('error', (error) => resolve(readFailure(error, mayHaveArrived)));
    request.end(body);
  }).finally(() => clearTimeout(timer));
}

/** Codes only: messages of sockets may hold what the receiver sent. */
function readFailure(error: NodeJS.ErrnoException, mayHaveArrived: boolean): WebhookAnswer {
  if (error instanceof ForbiddenAddressError) return { kind: 'forbidden', reason: error.message };
  const reason = error.code ?? (error.message === 'ETIMEDOUT' ? error.message : error.name);
  return { kind: mayHaveArrived ? 'ambiguous' : 'unreachable', reason };
}
