import { hash } from 'node:crypto';

/** What makes two requests the same batch. */
export type BatchKey =
  | { readonly kind: 'client'; readonly keyId: string; readonly key: string }
  | {
      readonly kind: 'content';
      readonly keyId: string;
      readonly source: string;
      readonly client: string;
      readonly bodyHash: string;
    }
  | { readonly kind: 'aws'; readonly service: 'sqs' | 'cloudwatch'; readonly key: string };

/** Hash of a body: 43 URL-safe characters. Of the opened body, so that a retry that compresses again has the same. */
export function bodyHash(bytes: Buffer): string {
  return hash('sha256', bytes, 'base64url');
}

/** The batch id of a key: 22 URL-safe characters. Two keys of different kinds never meet. */
export function batchId(key: BatchKey): string {
  const parts =
    key.kind === 'client'
      ? ['client', key.keyId, key.key]
      : key.kind === 'content'
        ? ['content', key.keyId, key.source, key.client, key.bodyHash]
        : ['aws', key.service, key.key];
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
}
