// Promises an SDK leaves refused with nobody waiting, as its own errands are when a login ends under them. A page
// notes them in its console and goes on; the test runner would fail the file.

/** Whether an error is one an SDK made: they carry a code and come from its package. */
const ofSdk = (error) => typeof error?.code === "number" && /node_modules\/(@tencentcloud|chat-|tim-)/.test(error.stack);

const { emit } = process;
process.emit = function (event, reason, ...rest) {
  if (event !== "unhandledRejection" || !ofSdk(reason)) return emit.call(this, event, reason, ...rest);
  console.log(`an SDK left a promise refused: ${reason.code} ${reason.message}`);
  return true;
};
