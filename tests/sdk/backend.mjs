// A host's back end as the vendor's documents have it: calls the REST API and is asked and told by webhooks.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { until } from "../e2e/program.mjs";
import { usersig } from "./client.mjs";
import { another, ask } from "./post.mjs";

export class Backend {
  /** What it was asked and told, in order: `{ command, query, body }`. */
  calls = [];
  /** By command: what it answers with, a function of the body. */
  answers = {};

  constructor(program) {
    this.program = program;
    another();
    this.identifier = "administrator";
    this.sig = usersig(program, this.identifier);
  }

  /** Asks the REST API and wants a good answer. */
  async rest(command, body) {
    const answer = await this.try(command, body);
    assert.deepEqual([command, answer.ErrorCode, answer.ErrorInfo], [command, 0, answer.ErrorInfo], answer.ErrorInfo);
    return answer;
  }

  async try(command, body) {
    const query = new URLSearchParams({
      sdkappid: this.program.secrets.sdkappid, identifier: this.identifier, usersig: this.sig,
      random: Math.floor(Math.random() * 2 ** 32), contenttype: "json",
    });
    const url = new URL(`/v4/${command}?${query}`, this.program.url);
    const { status, text } = await ask(url, { body: JSON.stringify(body) }).done;
    assert.equal(status, 200, text);
    return JSON.parse(text);
  }

  /** Has the server ask and tell it these, at a port of its own. */
  async hook(commands) {
    const url = new URL(`/api/apps/${this.program.secrets.sdkappid}/hooks`, this.program.url);
    const headers = { authorization: `Bearer ${this.program.secrets.host}`, "content-type": "application/json" };
    const body = { url: await this.#listen(), commands, refuse_on_failure: false, retry: false };
    const { status, text } = await ask(url, { method: "PUT", headers, body: JSON.stringify(body) }).done;
    assert.equal(status, 200, text);
  }

  async #listen() {
    this.server = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      const query = Object.fromEntries(new URL(request.url, "http://localhost").searchParams);
      const body = JSON.parse(text);
      const call = { command: query.CallbackCommand, query, body };
      this.calls.push(call);
      const answer = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", ...await this.answers[call.command]?.(body) };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answer));
    });
    await new Promise((ready) => this.server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${this.server.address().port}/hook`;
  }

  /** The call of that command which `accepts` takes. */
  called(command, accepts = () => true, ms) {
    return until(`back end is told ${command}`, () =>
      this.calls.find((call) => call.command === command && accepts(call.body, call.query)), ms);
  }

  close() {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}
