import { randomUUID } from 'node:crypto';
import { isReportUrl, REPORT_HOST, REPORT_POLICY, SCHEME } from './app-scheme.ts';

/** Reports live in a session in memory (no `persist:`), apart from the application's. */
export const REPORT_PARTITION = 'posemend-report';

/** Pages shown in windows of their own, for as long as the window is open. */
export class ReportPages {
  readonly #pages = new Map<string, string>();

  /** Keeps a page; returns its address. */
  add(html: string): string {
    const address = `${SCHEME}://${REPORT_HOST}/${randomUUID()}`;
    this.#pages.set(address, html);
    return address;
  }

  remove(address: string): void {
    this.#pages.delete(address);
  }

  /** Answers a request of a report's window: the page itself, nothing else. */
  answer(address: string): Response {
    const page = isReportUrl(address) ? this.#pages.get(address) : undefined;
    return new Response(page ?? null, {
      status: page === undefined ? 404 : 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': REPORT_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    });
  }
}
