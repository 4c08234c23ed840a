/** The link that opens a room in the viewer window of the desktop program. */

/**
 * The link to the room of a viewer page; nothing for a page of another
 * server, whose rooms such a link does not reach.
 */
export function roomLink(viewerPath: string, here: string): string | undefined {
  const page = new URL(viewerPath, here);
  const [, room] = /^\/viewer\/([^/]+)$/.exec(page.pathname) ?? [];
  return page.origin === new URL(here).origin && room ? `surtitle://join/${room}` : undefined;
}
