import { type Command, Option } from 'commander';
import * as z from 'zod';
import { setUpDomain } from '../../functions/setup-domain/set-up-domain.ts';
import { loadPipelines } from '../adapters/files/load-pipelines.ts';
import { connectOpenSearch } from '../adapters/opensearch/client.ts';
import { createOpenSearchSetup } from '../adapters/opensearch/templates.ts';
import { datedPatterns } from '../core/pipeline/dated-patterns.ts';
import {
  DatedPattern,
  domainTemplates,
  presentChoices,
  SETTINGS_TEMPLATE,
} from '../core/setup/domain-template.ts';
import type { DomainSetup } from '../ports/domain-setup.ts';
import { openConnection } from './connection.ts';
import { PIPELINES } from './open-pipelines.ts';
import { alignRows, type OutputFormat, outputFormat, outputOption, print } from './output.ts';
import { CommandError, EXIT, type Terminal } from './terminal.ts';

const WAIT_MS = 10_000;

interface SetupOptions {
  readonly diff?: boolean;
  readonly dated: readonly string[];
  readonly refreshSeconds?: number;
  readonly replicas?: number;
}

/** Adds `weir setup`. */
export function registerSetup(program: Command, terminal: Terminal): void {
  program
    .command('setup')
    .description("Bring the domain's index templates up to date")
    .option('--diff', 'only print the plan; 1 where something differs')
    .option('--dated <patterns...>', 'dated indices beside those of the pipelines, such as audit-*', [])
    .addOption(
      new Option('--refresh-seconds <seconds>', 'refresh interval (default: as it is, or 5)').argParser(
        Number,
      ),
    )
    .addOption(new Option('--replicas <count>', 'replicas (default: as they are, or 1)').argParser(Number))
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ weir setup --diff')
    .action(async (options: SetupOptions, command: Command) => {
      const connection = openConnection(terminal.environment);
      const connect = connectOpenSearch(connection.need('openSearchUrl'), connection.region);
      await setup(terminal, createOpenSearchSetup(connect), options, outputFormat(command));
    });
}

const Choices = z.object({
  refreshSeconds: z.int().positive(),
  replicas: z.int().nonnegative(),
  datedPatterns: z.array(DatedPattern),
});

/** Prints the plan, and carries it out unless only the difference is asked for. */
export async function setup(
  terminal: Terminal,
  domain: DomainSetup,
  { diff, dated, refreshSeconds, replicas }: SetupOptions,
  format: OutputFormat,
): Promise<void> {
  const present = presentChoices(await domain.find(SETTINGS_TEMPLATE));
  const choices = Choices.safeParse({
    refreshSeconds: refreshSeconds ?? present.refreshSeconds,
    replicas: replicas ?? present.replicas,
    datedPatterns: [...new Set([...datedPatterns(loadPipelines(PIPELINES)), ...dated])],
  });
  if (!choices.success) throw new CommandError(EXIT.usage, z.prettifyError(choices.error));
  const mode = diff === true ? 'diff' : 'apply';
  const wanted = domainTemplates(choices.data);
  const outcome = await setUpDomain(
    { domain, now: terminal.now, sleep: terminal.sleep },
    { wanted, mode, deadline: terminal.now() + WAIT_MS },
  );
  if (outcome.kind === 'unreachable') {
    throw new CommandError(EXIT.unreachable, `The OpenSearch domain does not answer: ${outcome.reason}`);
  }
  const actions = outcome.actions.map(({ kind, template }) => ({
    action: kind,
    kind: template.kind,
    name: template.name,
  }));
  print(terminal, format, { mode, actions }, () =>
    alignRows(actions.map(({ action, kind, name }) => [action, kind, name])),
  );
  const differs = actions.some(({ action }) => action !== 'unchanged');
  if (differs && mode === 'apply') {
    terminal.note(
      'Indices that are there keep their mapping: the change shows in the next one, or after a rollover.',
    );
  }
  terminal.exit(differs && mode === 'diff' ? EXIT.findings : EXIT.ok);
}
