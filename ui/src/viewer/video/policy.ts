/**
 * The page's policy names the origin of the stream that was set when the page
 * was loaded. A stream from elsewhere, set later, is blocked until the page
 * is loaded again: this does so, once for each address.
 */

const KEY = "surtitle.stream.loaded";

/** `address` is the stream's now; `refused` is told when loading again did not help. */
export function blocked(address: () => string, refused: () => void): void {
  let going = false;
  document.addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
    if (!["connect-src", "media-src"].includes(effectiveDirective) || going) return;
    const now = address();
    if (!now || !/^https?:/.test(blockedURI)) return;
    try {
      if (originOf(blockedURI) !== originOf(now) || sessionStorage.getItem(KEY) === now) {
        return refused();
      }
      sessionStorage.setItem(KEY, now);
    } catch {
      // Without storage nobody would know that it was tried.
      return refused();
    }
    going = true;
    location.reload();
  });
}

function originOf(address: string): string {
  return new URL(address, location.href).origin;
}
