import { randomBytes } from 'node:crypto';
import { connectDynamo } from '../adapters/dynamodb/document-client.ts';
import { createDynamoKeyStore } from '../adapters/dynamodb/key-store.ts';
import { generateTokenKey } from '../adapters/jose/token-key.ts';
import { createIngestKey, KEY_RANDOM_BYTES } from '../core/auth/ingest-key.ts';
import { hashPassword, SALT_BYTES } from '../core/auth/password.ts';
import type { StackOutputs } from './deploy.ts';
import { requireOutput } from './require-output.ts';
import type { Credentials } from './state-file.ts';

const ADMIN_EMAIL = 'admin@weir.local';
const PASSWORD_BYTES = 15;

/** Makes an ingest key for every source, the first admin and the key that signs sessions, in a freshly deployed stack. */
export async function createCredentials(outputs: StackOutputs): Promise<Credentials> {
  const keys = createDynamoKeyStore(connectDynamo(), requireOutput(outputs, 'ControlTable'));
  const createdAt = new Date().toISOString();
  const ingest = createIngestKey(randomBytes(KEY_RANDOM_BYTES), { name: 'local', sources: ['*'], createdAt });
  const adminPassword = randomBytes(PASSWORD_BYTES).toString('base64url');
  const passwordHash = hashPassword(adminPassword, randomBytes(SALT_BYTES));
  await Promise.all([
    keys.putIngestKey(ingest.key),
    keys.putUser({ email: ADMIN_EMAIL, role: 'admin', passwordHash, createdAt }),
    writeTokenKey(requireOutput(outputs, 'TokenKeyArn')),
  ]);
  return { ingestKey: ingest.text, adminEmail: ADMIN_EMAIL, adminPassword };
}

async function writeTokenKey(secretArn: string): Promise<void> {
  const { PutSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const SecretString = await generateTokenKey();
  await new SecretsManagerClient({}).send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));
}
