import { ClientHttp2Session, connect } from 'node:http2';
import { connect as connectSocket, Socket } from 'node:net';

/** One HTTP/2 session, and what is known of it. */
export interface Session {
  readonly http2: ClientHttp2Session;
  /** Requests sent over it so far. */
  sent: number;
  /** The server said that it takes no more. */
  goneAway: boolean;
  /** First line of the last answer that came over it. @default - none came yet */
  lastAnsweredBy?: string;
}

/** A connection that is made again when the server lets go of it: by GOAWAY, or by closing it. */
export class Http2Connection {
  private current?: Session;
  /** Each session with what is below it. */
  private readonly open = new Map<ClientHttp2Session, Socket>();

  /** @param address `http://host[:port]`. */
  constructor(private readonly address: string) {}

  /** The session for the next request: the one in use, unless its server let go of it. */
  public session(): Session {
    const { current } = this;
    if (current && !current.goneAway && !current.http2.closed && !current.http2.destroyed) return current;
    return this.current = this.connect();
  }

  /** Ends all of it, at once. */
  public destroy(): void {
    for (const [session, socket] of this.open) {
      session.destroy();
      if (socket.connecting) socket.destroy(); // a session waits for its connection before it lets go of it
    }
  }

  private connect(): Session {
    const { hostname, port } = new URL(this.address);
    const socket = connectSocket(Number(port || 80), hostname.replace(/^\[|\]$/g, '')); // IPv6 stands in brackets
    const http2 = connect(this.address, { createConnection: () => socket });
    const session: Session = { http2, sent: 0, goneAway: false };
    this.open.set(http2, socket);
    http2.on('goaway', () => session.goneAway = true);
    http2.on('error', () => {}); // each request under way hears of it itself
    http2.on('close', () => this.open.delete(http2));
    return session;
  }
}
