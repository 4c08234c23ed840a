/** Fonts installed on this computer, where the browser can list them. */

type QueryLocalFonts = () => Promise<readonly { readonly family: string }[]>;

const query = (globalThis as { queryLocalFonts?: QueryLocalFonts }).queryLocalFonts;

/** Asks the host, then gives every family once; `undefined` where browsers cannot. */
export const localFonts: (() => Promise<readonly string[]>) | undefined =
  query && (() => list(query));

async function list(ask: QueryLocalFonts): Promise<readonly string[]> {
  try {
    const fonts = await ask.call(globalThis);
    return [...new Set(fonts.map(({ family }) => family))].filter((name) => !name.includes('"'));
  } catch {
    // Not allowed: the field takes a name typed by hand.
    return [];
  }
}
