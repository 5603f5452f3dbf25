import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import type { HttpRequest, HttpResponse } from '../core/http/http-message.ts';
import { refusalResponse, refuse } from '../core/http/refusal.ts';
import { toHttpRequest, toHttpResult } from './http-event.ts';
import { createInternalEvents } from './internal-events.ts';
import { publishMetrics } from './publish-metrics.ts';

const RETRY_AFTER_SECONDS = 5;
/** Kept of the function's time, so that a hanging write is answered by Weir and not by the front door's 502. */
const ANSWER_MILLIS = 500;

/**
 * The handler of a function behind HTTP. Whatever `respond` throws, and running out of time, is answered with 503 and
 * `Retry-After`: senders give up for good on 500 (OTLP forbids its retry), so it never leaves a function.
 */
export function createHttpHandler(
  logger: Logger,
  metrics: Metrics,
  respond: (request: HttpRequest) => Promise<HttpResponse>,
) {
  const events = createInternalEvents(logger, metrics);
  return middy<LambdaFunctionURLEvent, LambdaFunctionURLResult>({ timeoutEarlyInMillis: ANSWER_MILLIS })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(publishMetrics(metrics))
    .onError((request) => {
      events.failed('REQUEST_FAILED', request.error);
      // Set, not returned: a returned response would keep the metrics from being published.
      request.response = toHttpResult(unavailable());
    })
    .handler(async (event) => toHttpResult(await respond(toHttpRequest(event))));
}

function unavailable(): HttpResponse {
  const detail = `Nothing was accepted, because a part that Weir needs did not answer. Send the same request again in ${RETRY_AFTER_SECONDS} seconds, with the same Idempotency-Key if it has one.`;
  return refusalResponse(refuse(503, 'unavailable', detail, { 'retry-after': String(RETRY_AFTER_SECONDS) }));
}
