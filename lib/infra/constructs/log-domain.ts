import { Aws } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { StageConfig } from '../stage/stage-config.ts';
import type { HouseFunction } from './house-function.ts';
import { ManagedDomain } from './managed-domain.ts';

type Method = 'Get' | 'Post' | 'Put';

/** Host of a managed domain, made of `search-` or `vpc-`, its name and what AWS adds; the name makes its ARN. */
const MANAGED_HOST =
  /^(?:search|vpc)-(?<name>[a-z0-9-]+)-[a-z0-9]{26}\.(?<region>[a-z0-9-]+)\.es\.amazonaws\.com$/;

/** Where events are searched: a domain of this stage, or an endpoint that exists already. */
export class LogDomain extends Construct {
  /** Base URL, with the name and password in it where an existing endpoint was given so. */
  readonly url: string;
  /** Resource name of the domain's paths, or undefined where AWS does not guard the endpoint. */
  readonly #paths: string | undefined;

  constructor(scope: Construct, id: string, stage: StageConfig) {
    super(scope, id);
    if (stage.domain.kind === 'existing') {
      this.url = stage.domain.endpoint;
      this.#paths = existingPaths(stage.domain.endpoint);
    } else {
      const domain = new ManagedDomain(this, 'Managed', { ...stage.domain, stage });
      this.url = `https://${domain.endpoint}`;
      this.#paths = domain.paths;
    }
  }

  /** The URL as it may be shown: without name and password. */
  get publicUrl(): string {
    return this.url.replace(/(?<=:\/\/)[^/@]*@/, '');
  }

  /** Lets a function send requests of these methods to any path of the domain. */
  allow(user: HouseFunction, ...methods: readonly Method[]): void {
    if (this.#paths === undefined) return;
    user.allowUnder(
      methods.map((method) => `es:ESHttp${method}`),
      this.#paths,
      'Data streams and indices are made at run time, so the paths below the domain are not known at deployment.',
    );
  }
}

function existingPaths(endpoint: string): string | undefined {
  const { name, region } = MANAGED_HOST.exec(new URL(endpoint).hostname)?.groups ?? {};
  return name === undefined
    ? undefined
    : `arn:${Aws.PARTITION}:es:${region}:${Aws.ACCOUNT_ID}:domain/${name}/`;
}
