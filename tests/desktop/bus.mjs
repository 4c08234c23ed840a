// Stands for a program of the desktop: owns a name on the session bus and
// answers what it is asked. Just enough D-Bus for that, little endian, no library.
import { connect } from "node:net";

const [CALL, REPLY] = [1, 2];
const [PATH, INTERFACE, MEMBER, REPLY_SERIAL, DESTINATION, SENDER, SIGNATURE] = [1, 2, 3, 5, 6, 7, 8];

/** Owns `name`; `answer(member, reader)` gives `[signature, body]`, or nothing. Resolves to a function that ends it. */
export async function own({ env }, name, answer) {
  const socket = connect(/unix:path=([^,]+)/.exec(env.DBUS_SESSION_BUS_ADDRESS)[1]);
  await new Promise((ready, fail) => socket.once("connect", ready).once("error", fail));
  const uid = Buffer.from(String(process.getuid())).toString("hex");
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`);
  await new Promise((ready) => socket.once("data", ready));
  socket.write("BEGIN\r\n");

  let serial = 0;
  const send = (type, fields, body = Buffer.alloc(0)) => socket.write(message(type, ++serial, fields, body));
  const bus = [[PATH, "o", "/org/freedesktop/DBus"], [INTERFACE, "s", "org.freedesktop.DBus"], [DESTINATION, "s", "org.freedesktop.DBus"]];
  let owned;
  const named = new Promise((ready) => { owned = ready; });

  let waiting = Buffer.alloc(0);
  socket.on("data", (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (let next = take(waiting); next; next = take(waiting)) {
      waiting = waiting.subarray(next.size);
      if (next.type === REPLY && next.fields[REPLY_SERIAL] === 2) owned();
      if (next.type !== CALL) continue;
      const [signature, body] = answer(next.fields[MEMBER], new Reader(next.body)) ?? [];
      const fields = [[REPLY_SERIAL, "u", next.serial], [DESTINATION, "s", next.fields[SENDER]]];
      send(REPLY, signature ? [...fields, [SIGNATURE, "g", signature]] : fields, body);
    }
  });
  send(CALL, [...bus, [MEMBER, "s", "Hello"]]);
  send(CALL, [...bus, [MEMBER, "s", "RequestName"], [SIGNATURE, "g", "su"]], new Writer().text(name).number(0).bytes);
  await named;
  return () => socket.destroy();
}

export class Writer {
  bytes = Buffer.alloc(0);

  add(bytes) {
    this.bytes = Buffer.concat([this.bytes, bytes]);
    return this;
  }

  align(to) {
    return this.add(Buffer.alloc((to - (this.bytes.length % to)) % to));
  }

  number(value) {
    const four = Buffer.alloc(4);
    four.writeUInt32LE(value);
    return this.align(4).add(four);
  }

  text(value) {
    return this.number(Buffer.byteLength(value)).add(Buffer.from(`${value}\0`));
  }

  texts(values) {
    const list = new Writer();
    for (const value of values) list.text(value);
    return this.number(list.bytes.length).add(list.bytes);
  }

  signature(value) {
    return this.add(Buffer.from([value.length])).add(Buffer.from(`${value}\0`));
  }
}

/** Reads numbers and texts from the beginning of a message's body. */
export class Reader {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  number() {
    this.at = Math.ceil(this.at / 4) * 4 + 4;
    return this.bytes.readUInt32LE(this.at - 4);
  }

  text() {
    const length = this.number();
    this.at += length + 1;
    return this.bytes.toString("utf8", this.at - length - 1, this.at - 1);
  }

  rest() {
    return this.bytes.toString("latin1", this.at);
  }
}

function message(type, serial, fields, body) {
  const header = new Writer();
  for (const [code, kind, value] of fields) {
    header.align(8).add(Buffer.from([code])).signature(kind);
    if (kind === "g") header.signature(value);
    else if (kind === "u") header.number(value);
    else header.text(value);
  }
  const start = Buffer.from(["l".charCodeAt(0), type, 0, 1]);
  const whole = new Writer().add(start).number(body.length).number(serial).number(header.bytes.length);
  return Buffer.concat([whole.add(header.bytes).align(8).bytes, body]);
}

/** The first whole message in `bytes`, if there is one. */
function take(bytes) {
  if (bytes.length < 16) return undefined;
  const fieldsEnd = 16 + bytes.readUInt32LE(12);
  const bodyAt = Math.ceil(fieldsEnd / 8) * 8;
  const size = bodyAt + bytes.readUInt32LE(4);
  if (bytes.length < size) return undefined;
  const fields = {};
  for (let at = 16; at < fieldsEnd;) {
    at = Math.ceil(at / 8) * 8;
    const code = bytes[at];
    const kind = String.fromCharCode(bytes[at + 2]);
    at += 4; // code, and a signature of one letter
    if (kind === "g") {
      fields[code] = bytes.toString("utf8", at + 1, at + 1 + bytes[at]);
      at += bytes[at] + 2;
      continue;
    }
    const number = bytes.readUInt32LE(at);
    at += 4;
    fields[code] = kind === "u" ? number : bytes.toString("utf8", at, at + number);
    if (kind !== "u") at += number + 1;
  }
  return { type: bytes[1], serial: bytes.readUInt32LE(8), size, fields, body: bytes.subarray(bodyAt, size) };
}
