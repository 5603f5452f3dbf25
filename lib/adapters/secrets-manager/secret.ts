import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** One secret's text. */
export interface Secret {
  /** Throws where there is none. */
  read(): Promise<string>;
  /** Replaces it. */
  write(value: string): Promise<void>;
}

/** The secret of that ARN in Secrets Manager. Nothing is kept: whoever reads decides how long a value is good. */
export function createSecret(arn: string): Secret {
  let loaded:
    | Promise<{ sdk: typeof import('@aws-sdk/client-secrets-manager'); client: SecretsManagerClient }>
    | undefined;
  const connect = () => {
    loaded ??= import('@aws-sdk/client-secrets-manager').then((sdk) => ({
      sdk,
      client: new sdk.SecretsManagerClient({}),
    }));
    return loaded;
  };
  return {
    async read() {
      const { sdk, client } = await connect();
      const { SecretString } = await client.send(new sdk.GetSecretValueCommand({ SecretId: arn }));
      if (SecretString === undefined) throw new Error('The secret holds no text.');
      return SecretString;
    },
    async write(value) {
      const { sdk, client } = await connect();
      await client.send(new sdk.PutSecretValueCommand({ SecretId: arn, SecretString: value }));
    },
  };
}
