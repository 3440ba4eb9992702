import { Agent } from 'node:http';
import type { ClientContext, RunningClient } from './client';
import { sendHttpRequest } from './http-request';
import { startPaced } from './paced';

/**
 * A client with a pool of connections that it uses in turn.
 *
 * A connection is silent for connections / ratePerSecond seconds between two requests: 20 connections at 4 requests a second
 * are idle for 5 s each, and so are as many as `idleSeconds: 5` takes at any rate.
 */
export interface ReusedClientOptions {
  readonly kind: 'reused';
  /** @default 'reused' */
  readonly name?: string;
  /** Requests a second, 0.01 to 5,000. */
  readonly ratePerSecond: number;
  /** Size of the pool, 1 to 5,000. @default 10, or as `idleSeconds` says */
  readonly connections?: number;
  /**
   * How long each connection is silent between two requests, 0.01 to 600, in place of `connections`. All are opened within the first
   * second, so that they are there, and silent, before anything is done; for the first time each is silent for less.
   * @default - as `connections` gives
   */
  readonly idleSeconds?: number;
  /** @default '/' */
  readonly path?: string;
}

/**
 * Starts a client that reuses its connections as HTTP pools do: a close (or `Connection: close`) that it noticed before sending
 * means a new connection; once something was sent, nothing is sent again.
 */
export function startReused(options: ReusedClientOptions, context: ClientContext): RunningClient {
  const { name: client = 'reused', ratePerSecond, idleSeconds = 0, path = '/' } = options;
  const connections = poolSize(options);
  const url = new URL(path, context.address);
  // One agent a connection, so that they take turns; an agent makes a second one only while its first is busy, and keeps one.
  const pool = Array.from({ length: connections }, () => new Agent({ keepAlive: true, maxFreeSockets: 1 }));
  const send = (index: number) =>
    sendHttpRequest({ client, url, agent: pool[index % connections], timeoutMs: context.timeoutMs, underWay: context.underWay });
  // A pool that takes no longer than a second to be filled by its own rate is.
  const paced = startPaced(ratePerSecond, context, send, idleSeconds > 1 ? connections - 1 : 0);
  return {
    stop: async () => {
      const latestMs = await paced.stop();
      for (const agent of pool) agent.destroy();
      return latestMs;
    },
  };
}

/** How many connections a client needs, so that each is as long silent as it was asked for. */
export function poolSize({ ratePerSecond, connections = 10, idleSeconds }: ReusedClientOptions): number {
  return idleSeconds === undefined ? connections : Math.max(1, Math.ceil(ratePerSecond * idleSeconds));
}
