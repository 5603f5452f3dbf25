import type { TemplateName } from '../../core/setup/domain-template.ts';
import type { JsonObject } from '../../core/setup/json-value.ts';
import type { DomainSetup } from '../../ports/domain-setup.ts';
import type { OpenSearchConnection } from './client.ts';

const READY_TIMEOUT_MS = 5_000;

/** The DomainSetup of an OpenSearch domain: composable templates through its REST API. */
export function createOpenSearchSetup(connect: OpenSearchConnection): DomainSetup {
  return {
    async ready() {
      const client = await connect();
      try {
        // A node answers before it has a cluster manager; only then does it take a template.
        await client.cluster.health({ timeout: '1s' }, { requestTimeout: READY_TIMEOUT_MS });
        return { kind: 'ready' };
      } catch (error) {
        return { kind: 'not-ready', reason: error instanceof Error ? error.message : String(error) };
      }
    },
    async find(template) {
      const client = await connect();
      const { statusCode, body } = await client.transport.request(
        { method: 'GET', path: pathOf(template) },
        { ignore: [404] },
      );
      return statusCode === 404 ? undefined : readDefinition(template, body);
    },
    async put(template) {
      const client = await connect();
      await client.transport.request({ method: 'PUT', path: pathOf(template), body: template.definition });
    },
  };
}

function pathOf({ kind, name }: TemplateName): string {
  return `/_${kind}/${encodeURIComponent(name)}`;
}

/** `{"index_templates":[{"name","index_template":{…}}]}`, and the same with `component`. */
function readDefinition({ kind, name }: TemplateName, body: Record<string, unknown>): JsonObject | undefined {
  const listed = body[`${kind}s`] as readonly (Record<string, JsonObject> & { readonly name: unknown })[];
  return listed.find((entry) => entry.name === name)?.[kind];
}
