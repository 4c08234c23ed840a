/** Puts a picture up for the background of a page. */

/** `token` is the host's; without one nothing is put up. */
export function upload(token: () => string | undefined) {
  return async (file: File): Promise<string | undefined> => {
    const answer = await fetch("/api/board/picture", {
      method: "PUT",
      headers: { Authorization: `Bearer ${token() ?? ""}` },
      body: file,
    });
    const { picture } = (await answer.json()) as { picture?: string };
    return answer.ok ? picture : undefined;
  };
}
