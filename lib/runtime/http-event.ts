import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import type { HttpRequest, HttpResponse } from '../core/http/http-message.ts';

/** The request in the event of a function URL or an HTTP API (payload format 2.0). */
export function toHttpRequest(event: LambdaFunctionURLEvent): HttpRequest {
  const headers = Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    query: new URLSearchParams(event.rawQueryString),
    headers: Object.fromEntries(headers),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    client: event.requestContext.http.sourceIp,
  };
}

/** The answer as a function URL or an HTTP API takes it. */
export function toHttpResult({ status, headers, body }: HttpResponse): LambdaFunctionURLResult {
  return { statusCode: status, headers, body };
}
