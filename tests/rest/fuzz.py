"""Puts the REST API through what its description allows and does not.

Starts `surtitle serve` on a free port and an empty folder, and lets
schemathesis make requests from docs/openapi.json: first in the name of an
admin, so that commands are reached, then with a query of its own. Fails on a
status over 499, a status, type or shape the description does not have, and if
the program ends or panics.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
BINARY = os.environ.get("SURTITLE_BIN", str(TARGET / "debug/surtitle"))
APP, ADMIN = "1400000001", "administrator"
CHECKS = ",".join([
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "allow_header_conformance",
    "unsupported_method",
])
# Seconds of the two runs; a run ends by itself sooner if it has tried everything.
REACHING, OUTSIDE = 60, 15


class Program:
    """A running `surtitle serve`."""

    def __init__(self, data):
        own = {name: value for name, value in os.environ.items() if not name.startswith("SURTITLE_")}
        self.process = subprocess.Popen(
            [BINARY, "serve", "--listen", "127.0.0.1:0", "--data", data],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=own,
        )
        self.said = []
        threading.Thread(target=lambda: self.said.extend(self.process.stderr), daemon=True).start()
        line = self.process.stdout.readline().strip()
        if not line.startswith("listening on "):
            sys.exit(f"the program did not start: {line} {''.join(self.said)}")
        self.url = line.removeprefix("listening on ")
        signed = subprocess.run([BINARY, "usersig", ADMIN, "--data", data], env=own,
                                check=True, capture_output=True, text=True)
        self.usersig = signed.stdout.strip()

    def call(self, path, body):
        """One call by the admin."""
        query = f"sdkappid={APP}&identifier={ADMIN}&usersig={self.usersig}"
        request = urllib.request.Request(f"{self.url}/v4/{path}?{query}", json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def stop(self):
        """Ends it; a panic fails the test."""
        alive = self.process.poll() is None
        self.process.terminate()
        self.process.wait(timeout=20)
        said = "".join(self.said)
        if not alive or "panicked" in said:
            sys.exit(f"the program did not survive:\n{said}")


def run(program, config, seconds):
    """One run of schemathesis; its settings come by a file, so that no secret is an argument."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "schemathesis.toml"
        path.write_text(config)
        env = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE)}
        command = [
            str(pathlib.Path(sys.executable).parent / "schemathesis"), "--config-file", str(path),
            "run", str(ROOT / "docs/openapi.json"), "--url", program.url, "--checks", CHECKS,
            "--phases", "coverage,fuzzing", "--seed", "7", "--workers", "1", "--max-examples", "60",
            "--max-time", str(seconds), "--request-timeout", "10", "--suppress-health-check", "all",
            "--no-color", "--warnings", "off", "--continue-on-failure",
        ]
        return subprocess.run(command, cwd=folder, env=env, check=False).returncode


def main():
    with tempfile.TemporaryDirectory() as data:
        program = Program(data)
        try:
            for user in ["alice", "bob"]:
                program.call("im_open_login_svc/account_import", {"UserID": user})
            reaching = f"""
[parameters]
"query.sdkappid" = {APP}
"query.identifier" = "{ADMIN}"
"query.usersig" = "{program.usersig}"
"query.random" = 7
"query.contenttype" = "json"
"""
            codes = [run(program, reaching, REACHING), run(program, "", OUTSIDE)]
            answer = program.call("group_open_http_svc/get_online_member_num", {"GroupId": "main"})
            if answer["ErrorCode"] != 0:
                sys.exit(f"after it all the room does not answer: {answer}")
        finally:
            program.stop()
    sys.exit(max(codes))


if __name__ == "__main__":
    main()
