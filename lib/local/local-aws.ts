/** The account and region that the emulator plays. */
export const LOCAL_AWS = { account: '000000000000', region: 'eu-west-1' } as const;

/** Gives `environment` with all that points to a real AWS account replaced by the emulator at `endpointUrl`. */
export function withLocalAws(environment: NodeJS.ProcessEnv, endpointUrl: string): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL: endpointUrl,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: LOCAL_AWS.region,
    AWS_DEFAULT_REGION: LOCAL_AWS.region,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/** Has every AWS client that this process makes from now on talk to the emulator, and never to a real account. */
export function useLocalAws(endpointUrl: string): void {
  process.env = withLocalAws(process.env, endpointUrl);
}
