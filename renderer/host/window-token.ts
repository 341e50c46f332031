import { NotAdmitted } from './server-calls.ts';

const KEY = 'posemend-token';

/**
 * The token of the address this window was opened with, kept for reloads of this tab. A ticket in its place, from a
 * browser the program started, gets it from the server. Either is taken out of the address bar, where it would reach
 * bookmarks and screenshots. '' if the address has none; throws NotAdmitted for a ticket that is used up.
 */
export async function takeToken(page: Window): Promise<string> {
  const { hash, pathname, search } = page.location;
  const given = new URLSearchParams(hash.slice(1));
  const ticket = given.get('ticket');
  const own = given.get('token');
  if (ticket === null && own === null) return page.sessionStorage.getItem(KEY) ?? '';
  page.history.replaceState(page.history.state, '', pathname + search);
  const token = own ?? (await redeem(ticket ?? ''));
  page.sessionStorage.setItem(KEY, token);
  return token;
}

async function redeem(ticket: string): Promise<string> {
  const headers = { authorization: `Ticket ${ticket}` };
  const answer: { readonly token?: string; readonly message?: string } = await fetch('/api/token', {
    method: 'POST',
    headers,
  }).then(
    (response) => response.json(),
    // The ticket is out of the address bar, so that loading the page again would not help.
    () => ({ message: 'PoseMend does not answer; open the address it printed, or start it again' }),
  );
  if (answer.token === undefined) throw new NotAdmitted(answer.message ?? 'this address has been used');
  return answer.token;
}
