import type { CustomScheme } from 'electron';

/** Windows load from a scheme of their own: no file:// page, no port that another program could reach. */
export const SCHEME = 'posemend';
export const APP_HOST = 'app';
export const REPORT_HOST = 'report';
export const APP_ENTRY = `${SCHEME}://${APP_HOST}/index.html`;

/** Standard and secure, so that the pages have an origin, storage and workers; nothing bypasses the policy. */
export const SCHEME_PRIVILEGES: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** What the application's page may load. Inline styles are Mantine's and React's style attributes. */
export const APP_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A report is text, inline styles and inline pictures. */
export const REPORT_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox',
].join('; ');

/** Whether an address is a page of the application. */
export function isAppUrl(address: string): boolean {
  return hasHost(address, APP_HOST);
}

/** Whether an address is a report. */
export function isReportUrl(address: string): boolean {
  return hasHost(address, REPORT_HOST);
}

function hasHost(address: string, host: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${SCHEME}:` && url.host === host && url.username === '';
}
