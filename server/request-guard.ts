import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is refused. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** A browser that is started by the program asks within this time. */
const TICKET_MILLISECONDS = 60_000;

/**
 * Decides who may ask. A page of another site reaches a port of this machine as easily as ours does; it is kept
 * out by the Host it must send (DNS rebinding), by its Origin, and by a token that only our address carries.
 */
export class RequestGuard {
  /** 256 random bits, base64url. */
  readonly token: string = randomBytes(32).toString('base64url');
  readonly #hosts: ReadonlySet<string>;
  #ticket: { readonly text: string; readonly validUntil: number } | null = null;

  constructor(port: number) {
    // Browsers leave the default port out.
    const suffixes = port === 80 ? ['', ':80'] : [`:${port}`];
    this.#hosts = new Set(suffixes.flatMap((suffix) => [`127.0.0.1${suffix}`, `localhost${suffix}`]));
  }

  /** What every request must pass. */
  refuseHost(request: IncomingMessage): Refusal | null {
    if (this.#hosts.has(hostOf(request))) return null;
    return { status: 421, message: 'PoseMend answers at 127.0.0.1 and localhost only' };
  }

  /** What every call of the interface must pass besides. */
  refuseCall(request: IncomingMessage): Refusal | null {
    const authorization = request.headers.authorization ?? '';
    return this.#refuseOrigin(request) ?? this.#refuseToken(authorization, 'Bearer ');
  }

  /** A secret that gets the token once, soon; the one before is void. */
  makeTicket(): string {
    const text = randomBytes(32).toString('base64url');
    this.#ticket = { text, validUntil: Date.now() + TICKET_MILLISECONDS };
    return text;
  }

  /** What the call that turns a ticket into the token must pass; uses the ticket up. */
  refuseTicket(request: IncomingMessage): Refusal | null {
    const refusal = this.#refuseOrigin(request);
    if (refusal !== null) return refusal;
    const [scheme, given = ''] = (request.headers.authorization ?? '').split(' ');
    const ticket = this.#ticket;
    if (
      ticket === null ||
      scheme !== 'Ticket' ||
      !isSame(given, ticket.text) ||
      Date.now() > ticket.validUntil
    ) {
      return {
        status: 401,
        message: 'this address has been used or is too old; open the one that was printed',
      };
    }
    this.#ticket = null;
    return null;
  }

  /** What a WebSocket must pass; browsers cannot add a header to one, so its token is a subprotocol. */
  refuseSocket(request: IncomingMessage): Refusal | null {
    const protocol = request.headers['sec-websocket-protocol'] ?? '';
    return (
      this.refuseHost(request) ?? this.#refuseOrigin(request) ?? this.#refuseToken(protocol, 'posemend.')
    );
  }

  #refuseOrigin(request: IncomingMessage): Refusal | null {
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    // Browsers send no Origin when a page reads from where it came from, and say so in another header.
    const isOwnRead =
      origin === undefined && request.method === 'GET' && request.headers.upgrade === undefined;
    if (isOwnRead && (site === undefined || site === 'same-origin')) return null;
    if (origin?.toLowerCase() === `http://${hostOf(request)}`) return null;
    return { status: 403, message: 'only the PoseMend window may ask this' };
  }

  #refuseToken(given: string, prefix: string): Refusal | null {
    if (given.startsWith(prefix) && isSame(given.slice(prefix.length), this.token)) return null;
    return {
      status: 401,
      message:
        'this window belongs to another run of PoseMend; open the address that the running one printed',
    };
  }
}

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').toLowerCase();
}

/** Compares in a time that does not depend on where the two differ. */
function isSame(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(first, second);
}
