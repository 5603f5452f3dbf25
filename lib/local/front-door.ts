/**
 * The loopback front door: `node front-door.ts EMULATOR_URL PORT=FUNCTION_URL_HOST...` listens on each PORT and leads to
 * the function whose URL has that host, for clients that cannot set a Host header themselves.
 */
import { Agent, createServer } from 'node:http';
import { forwardRequest } from './forward-request.ts';

const IDLE_SOCKET_MS = 20_000; // below the emulator's own 75 s, so that no request goes into a closing socket

const [emulatorUrl, ...doors] = process.argv.slice(2);
if (!emulatorUrl || doors.length === 0) throw new Error('Usage: front-door.ts EMULATOR_URL PORT=HOST...');

for (const door of doors) {
  const [port, host] = door.split('=');
  if (!port || !host) throw new Error(`Not PORT=HOST: ${door}`);
  const agent = new Agent({ keepAlive: true, timeout: IDLE_SOCKET_MS });
  const server = createServer((incoming, outgoing) => {
    void forwardRequest(incoming, outgoing, { emulatorUrl, host }, agent);
  });
  server.requestTimeout = 0; // a slow shipper is the function's to judge
  server.listen(Number(port), '127.0.0.1');
}
