const KEY = 'posemend-token';

/**
 * The token of the address this window was opened with, kept for reloads of this tab. It is taken out of the
 * address bar, where it would reach bookmarks and screenshots. '' if the address has none.
 */
export function takeToken(page: Window): string {
  const { hash, pathname, search } = page.location;
  const given = new URLSearchParams(hash.slice(1)).get('token');
  if (given === null) return page.sessionStorage.getItem(KEY) ?? '';
  page.sessionStorage.setItem(KEY, given);
  page.history.replaceState(page.history.state, '', pathname + search);
  return given;
}
