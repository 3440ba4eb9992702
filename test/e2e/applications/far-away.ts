import { once } from 'node:events';
import { AddressInfo, connect, createServer, Socket } from 'node:net';

/** A long way to an address. */
export interface LongWay {
  /** Where it begins: `http://127.0.0.1:port`. */
  readonly address: string;
  close(): void;
}

/**
 * A proxy before an address that passes on everything, ends and resets included, so much later in each direction: what travels
 * towards each other meets half-way, as between a real client and its server, and as it hardly ever does on one machine.
 */
export async function farAway(address: string, oneWayMs: number): Promise<LongWay> {
  const { hostname, port } = new URL(address);
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ host: hostname, port: Number(port || 80), allowHalfOpen: true });
    for (const [from, to] of [[near, far], [far, near]]) {
      open.add(from);
      from.setNoDelay(true);
      from.on('data', (data) => setTimeout(() => to.write(data), oneWayMs));
      from.on('end', () => setTimeout(() => to.end(), oneWayMs));
      from.on('error', () => setTimeout(() => to.resetAndDestroy(), oneWayMs));
      from.on('close', () => open.delete(from));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
