// Run by sessions.bench.ts and memory.bench.ts in a process of its own: the real server with so many sessions of one
// person.

import { desktopAgents, mobileAgents } from '../../electron/services/features/sessions/agent/fixtures/agent-cases.ts';
import { argon2id } from '../../server/security/passwords.ts';
import { startTestServer } from '../../server/testing/test-server.ts';

const count = Number(process.argv[2]);
const agents = [...desktopAgents, ...mobileAgents].map(([userAgent]) => userAgent);
const devices = Array.from({ length: count }, (_, index) => ({
  userAgent: agents[index % agents.length] ?? '',
  ipAddress: `192.0.2.${String(index % 256)}`,
}));

const { server, address, identifier, password, signIn, close } = await startTestServer(undefined, undefined, [], [], {
  maxSessions: 100_000,
  passwords: argon2id,
});
const { sessions, accounts } = server.stores;
sessions.startAll(accounts.find(identifier) ?? '', devices);
const { accessToken } = await signIn();
console.log(JSON.stringify({ address, identifier, password, accessToken }));
process.once('SIGTERM', () => void close());
