import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './create-app.ts';
import { createChaos } from './create-chaos.ts';
import { createLogger, type Log } from './create-logger.ts';
import { readSettings, type Settings, SettingsError } from './read-settings.ts';
import { type Notice, WeirShipper } from './weir-shipper.ts';

const SERVICE = 'orders-api';
const SHUTDOWN_GRACE_MS = 5000;

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

/** The shipper's own news are log lines too: they reach Weir as soon as it can be reached. */
function reportTo(log: Log): (notice: Notice) => void {
  return (notice) => {
    switch (notice.kind) {
      case 'dropped':
        return log('WARN', `${notice.lines} log lines dropped: the buffer was full or the time was up`, {
          event: { action: 'logs_dropped', lines: notice.lines },
        });
      case 'refused':
        return log('ERROR', `Weir refused ${notice.lines} log lines: ${notice.reason}`, {
          event: { action: 'logs_refused', lines: notice.lines, reason: notice.reason },
        });
      case 'unreachable':
        return log('WARN', `Weir cannot be reached: ${notice.reason}; log lines wait`, {
          event: { action: 'logs_waiting', reason: notice.reason },
        });
      case 'recovered':
        return log('INFO', 'Weir can be reached again', { event: { action: 'logs_recovered' } });
    }
  };
}

const settings = settingsOrExit();
const shipper =
  settings.intake &&
  new WeirShipper({
    target: settings.intake,
    source: SERVICE,
    report: (notice) => reportTo(log)(notice),
  });
const log = createLogger(SERVICE, () => new Date(), [
  (line) => process.stdout.write(`${line}\n`),
  (line) => shipper?.ship(line),
]);
const server = createServer(
  createApp({
    log,
    chaos: createChaos(settings.chaosSeed),
    shipping: () => shipper?.stats ?? { buffered: 0, dropped: 0 },
  }),
);

server.listen(settings.port, settings.host, () => {
  const { port } = server.address() as AddressInfo;
  log('INFO', `listening on http://${settings.host}:${port}`, { event: { action: 'started' } });
});

function stop(): void {
  server.close(() => {
    log('INFO', 'stopped', { event: { action: 'stopped' } });
    void shipper?.close(SHUTDOWN_GRACE_MS);
  });
  server.closeIdleConnections();
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
