/** Sites the program may open in the user's browser: none of them gets anything of the user's in the address. */
const SITES: readonly string[] = ['https://docs.blender.org', 'https://arxiv.org', 'https://doi.org'];

/** Whether an address may go to the user's browser: https, one of the listed sites, without credentials. */
export function mayOpenLink(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.username === '' && url.password === '' && SITES.includes(url.origin);
}
