// Prints one line a test, what it measured, and, last, how many passed and failed.
export default async function* reporter(source) {
  let [passed, failed] = [0, 0];
  for await (const { type, data } of source) {
    // What a test measured; node's own counts are below.
    if (type === "test:diagnostic" && !/^[a-z_]+ [\d.]+$/.test(data.message)) yield `      ${data.message}\n`;
    if (type !== "test:pass" && type !== "test:fail") continue;
    // A suite fails with its tests; it counts by itself only if its own hooks failed.
    const { details } = data;
    if (details.type === "suite" && (type === "test:pass" || details.error?.failureType === "subtestsFailed")) continue;
    if (/does not match pattern/.test(data.skip)) continue;
    const seconds = (details.duration_ms / 1000).toFixed(1);
    if (data.skip !== undefined) {
      yield `skip  ${data.name}: ${data.skip}\n`;
    } else if (type === "test:pass") {
      passed += 1;
      yield `ok    ${data.name} (${seconds} s)\n`;
    } else {
      failed += 1;
      const { error } = details;
      yield `FAIL  ${data.name} (${seconds} s)\n      ${String(error?.cause?.stack ?? error?.cause ?? error).replaceAll("\n", "\n      ")}\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
}
