// Prints one line a test and, last, how many passed and failed.
export default async function* reporter(source) {
  let [passed, failed] = [0, 0];
  for await (const { type, data } of source) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    if (data.details?.type === "suite" && type === "test:pass") continue;
    const seconds = (data.details.duration_ms / 1000).toFixed(1);
    if (data.skip !== undefined) {
      yield `skip  ${data.name}: ${data.skip}\n`;
    } else if (type === "test:pass") {
      passed += 1;
      yield `ok    ${data.name} (${seconds} s)\n`;
    } else {
      failed += 1;
      const error = data.details.error;
      yield `FAIL  ${data.name} (${seconds} s)\n      ${String(error?.cause?.stack ?? error?.cause ?? error).replaceAll("\n", "\n      ")}\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
}
