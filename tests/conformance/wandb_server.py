"""A server that takes what `wandb sync` uploads and remembers it: enough of W&B's API for that, on the loopback interface.

    with Server() as server:
        subprocess.run([..., "wandb", "sync", ...], env={**os.environ, **server.environment(home)})
    server.runs["id"].history, .summary, .config, .upsert, .exit_code
"""
import gzip
import http.server
import json
import threading


class Upload:
    """What the server knows of one run."""

    def __init__(self):
        self.upsert = {}
        self.config = {}
        self.history = []
        self.summary = {}
        self.exit_code = None
        self.files = {}


class Server:
    def __init__(self):
        self.runs = {}
        self.unknown = []
        handler = type("Handler", (_Handler,), {"server_state": self})
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *ignored):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()

    def environment(self, home):
        return {"WANDB_BASE_URL": self.url, "WANDB_API_KEY": "0" * 40, "HOME": str(home), "WANDB_ERROR_REPORTING": "false",
                "WANDB_CONFIG_DIR": f"{home}/config", "WANDB_CACHE_DIR": f"{home}/cache", "WANDB_DATA_DIR": f"{home}/data",
                "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}

    def run(self, name):
        return self.runs.setdefault(name, Upload())

    def graphql(self, request):
        query, variables = request.get("query", ""), request.get("variables") or {}
        if "upsertBucket" in query:
            run = self.run(variables.get("name"))
            run.upsert.update({key: value for key, value in variables.items() if value is not None})
            if variables.get("config"):
                run.config = json.loads(variables["config"])
            project = {"id": "P", "name": variables.get("project") or "p", "entity": {"id": "E", "name": "someone"}}
            bucket = {"id": "B", "name": variables.get("name"), "displayName": variables.get("displayName") or "", "description": None,
                      "config": "{}", "sweepName": None, "historyLineCount": 0, "project": project}
            return {"upsertBucket": {"bucket": bucket, "inserted": True}}
        if "createRunFiles" in query:
            run = variables.get("run") or variables.get("runName")
            files = [{"name": name, "uploadUrl": f"{self.url}/upload/{run}/{name}"} for name in variables.get("files", [])]
            return {"createRunFiles": {"runID": "B", "uploadHeaders": [], "files": files}}
        if "viewer" in query:
            viewer = {"id": "V", "entity": "someone", "username": "someone", "flags": "{}", "teams": {"edges": []}}
            return {"viewer": viewer, "serverInfo": {"features": []}}
        if "serverInfo" in query:
            return {"serverInfo": {"cliVersionInfo": {"max_cli_version": "99.0"}, "latestLocalVersionInfo": None, "features": []}}
        if "model" in query:
            return {"model": None}
        self.unknown.append(query)
        return {}

    def stream(self, name, request):
        run = self.run(name)
        for file, part in (request.get("files") or {}).items():
            lines = [json.loads(line) for line in part.get("content", [])]
            if file == "wandb-history.jsonl":
                run.history[part.get("offset", 0):] = lines
            elif file == "wandb-summary.json" and lines:
                run.summary = lines[-1]
        if request.get("complete"):
            run.exit_code = request.get("exitcode")


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_state = None

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            pass  # the client goes when it is done

    def log_message(self, *ignored):
        pass

    def content(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            content = b""
            while size := int(self.rfile.readline().strip() or b"0", 16):
                content += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return gzip.decompress(content) if self.headers.get("Content-Encoding") == "gzip" else content

    def answer(self, what):
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer({})

    def do_PUT(self):
        content = self.content()
        parts = self.path.split("/", 3)
        if len(parts) == 4 and parts[1] == "upload":
            self.server_state.run(parts[2]).files[parts[3]] = content
        self.answer({})

    def do_POST(self):
        request = json.loads(self.content() or b"{}")
        if self.path.endswith("/graphql"):
            return self.answer({"data": self.server_state.graphql(request)})
        if self.path.endswith("/file_stream"):
            self.server_state.stream(self.path.split("/")[-2], request)
            return self.answer({"exitcode": None, "limits": {}})
        self.answer({})
