"""Commands that write, and what must hold of what they wrote wherever they were interrupted: the destination is absent, the old one or
complete; the source is as it was; and the same command again completes it. Used by faults_test.py, kill_test.py and kill_many.py."""
import hashlib
import json
import os
import shutil
import struct
import subprocess

TELLTALE = os.environ.get("TELLTALE", "build/release/telltale")
MAKE_LOGDIR = os.path.join(os.path.dirname(TELLTALE), "tests", "bench", "telltale_make_logdir")
ROOT = os.environ.get("TELLTALE_SOURCE_DIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def is_temporary(relative):
    """Names that no reader looks at: what a process that is killed leaves behind."""
    return any(part.startswith(".telltale-") or part.endswith(("-journal", "-wal", "-shm")) for part in relative.split("/"))


def tree(path):
    """Contents by relative path; "" for a file itself. Temporary names are left out."""
    if os.path.isfile(path):
        with open(path, "rb") as file:
            return {"": hashlib.sha256(file.read()).hexdigest()}
    found = {}
    for directory, _, files in os.walk(path):
        for name in files:
            whole = os.path.join(directory, name)
            relative = os.path.relpath(whole, path)
            if not is_temporary(relative):
                with open(whole, "rb") as file:
                    found[relative] = hashlib.sha256(file.read()).hexdigest()
    return found


def leftovers(path):
    return [os.path.join(directory, name) for directory, folders, files in os.walk(path) for name in folders + files
            if name.startswith(".telltale-")]


def writable_formats():
    out = subprocess.run([TELLTALE, "formats", "--format", "json"], check=True, capture_output=True).stdout
    return [each["id"] for each in json.loads(out)["formats"] if each["writable"]]


def points(path, form):
    """By run, or None where nothing can be read there."""
    done = subprocess.run([TELLTALE, "inspect", path, "--from", form, "--format", "json", "--no-config"], capture_output=True, text=True)
    if done.returncode == 1:
        return None
    assert done.returncode == 0, done.stderr + done.stdout[-2000:]
    runs = {}
    for training_run in json.loads(done.stdout)["training_runs"]:
        for run in training_run["runs"]:
            assert run["name"] not in runs, f"{run['name']} twice"
            runs[run["name"]] = sum(series["points"] for series in run["series"])
    return runs


class Command:
    """One that reads `self.source` and writes below `self.work`. `size` is how many events a run has."""

    def __init__(self, directory, size):
        self.directory = directory
        self.size = size
        self.source = os.path.join(directory, "source")
        self.work = os.path.join(directory, "work")
        self.prepare()
        self.before = tree(self.source)

    def prepare(self):
        subprocess.run([MAKE_LOGDIR, self.source, str(self.size), str(self.runs)], check=True, capture_output=True)

    def start(self):
        """Makes `work` as it is before the command."""
        remove(self.work)
        os.makedirs(self.work)

    def learn(self):
        """Called once after an uninterrupted run."""

    def check(self):
        """After an interruption."""
        assert tree(self.source) == self.before, "the source is not what it was"

    def check_done(self):
        """After the command ran to its end."""
        self.check()

    runs = 3


class Convert(Command):
    def __init__(self, form, directory, size):
        self.form = form
        super().__init__(directory, size)

    @property
    def target(self):
        return os.path.join(self.work, "t" + {"csv": ".csv", "csv-wide": ".csv", "jsonl": ".jsonl", "mlflow": ".db", "trackio": ".db"}.get(self.form, ""))

    def argv(self):
        return [TELLTALE, "convert", self.source, self.target, "--to", self.form, "--no-config", "--jobs", "1"]

    def check(self):
        super().check()
        found = points(self.target, self.form) if os.path.exists(self.target) else None
        for run, count in (found or {}).items():
            assert count == self.size, f"{run} is half there"

    def check_done(self):
        super().check_done()
        assert sorted(points(self.target, self.form).values()) == [self.size] * self.runs
        verified = subprocess.run(self.argv() + ["--verify"], capture_output=True, text=True)
        assert verified.returncode == 0, verified.stderr + verified.stdout


class Tree(Command):
    """One whose output is the same bytes each time. Each file is there whole or not at all."""

    def learn(self):
        self.complete = tree(self.work)
        assert self.complete, "nothing was written"
        self.old = {}

    def check(self):
        super().check()
        for name, contents in tree(self.work).items():
            assert contents in (self.complete.get(name), self.old.get(name)), f"{name} is neither the old nor the new one"

    def check_done(self):
        super().check_done()
        assert tree(self.work) == self.complete, "it is not what one run without interruption writes"


class Annotate(Tree):
    """In place, beside the runs."""

    def start(self):
        remove(self.work)
        shutil.copytree(self.source, self.work)
        self.old = tree(self.work)

    def learn(self):
        self.complete = tree(self.work)
        self.old = tree(self.source)
        assert len(self.complete) > len(self.old), "nothing was annotated"

    def argv(self):
        return [TELLTALE, "annotate", self.work, "--no-config", "--jobs", "1"]

    def check(self):
        super().check()
        now = tree(self.work)
        for name in self.old:
            assert now.get(name) == self.old[name], f"{name} was touched"


class AnnotateOut(Tree):
    def argv(self):
        return [TELLTALE, "annotate", self.source, "--out", os.path.join(self.work, "out"), "--no-config", "--jobs", "1"]


class AnnotateTracker(Command):
    """In a tracker's own files: what was there reads the same, and with the notes in it when it is done."""

    def __init__(self, form, directory, size):
        self.form = form
        super().__init__(directory, size)

    def prepare(self):
        logs = self.source + "-logs"
        subprocess.run([MAKE_LOGDIR, logs, str(self.size), str(self.runs)], check=True, capture_output=True)
        self.name = "t" + {"mlflow": ".db", "trackio": ".db"}.get(self.form, "")
        os.makedirs(self.source)
        subprocess.run([TELLTALE, "convert", logs, os.path.join(self.source, self.name), "--to", self.form, "--no-config"], check=True,
                       capture_output=True)

    def start(self):
        remove(self.work)
        shutil.copytree(self.source, self.work)

    @property
    def target(self):
        return os.path.join(self.work, self.name)

    def argv(self):
        return [TELLTALE, "annotate", self.target, "--from", self.form, "--no-config", "--jobs", "1"]

    def check(self):
        super().check()
        counts = [count for count in points(self.target, self.form).values() if count > 0]
        assert counts == [self.size] * self.runs, f"points of the runs are {counts}"

    def check_done(self):
        super().check_done()
        again = subprocess.run(self.argv(), capture_output=True, text=True)
        assert again.returncode == 0, again.stderr
        assert f"{self.runs} unchanged" in again.stdout, "a second call finds something to write: " + again.stdout


class Repair(Tree):
    def prepare(self):
        super().prepare()
        # A flipped bit in each file, and a torn end.
        for directory, _, files in os.walk(self.source):
            for name in files:
                with open(os.path.join(directory, name), "r+b") as file:
                    data = bytearray(file.read())
                    data[len(data) // 2] ^= 1
                    file.seek(0)
                    file.write(data)
                    file.write(struct.pack("<Q", 100))

    def argv(self):
        return [TELLTALE, "repair", self.source, os.path.join(self.work, "mended")]

    def check(self):
        super().check()
        now = tree(self.work)
        assert not now or now == self.complete, "the destination is there in part"


class Edit(Repair):
    def argv(self):
        return [TELLTALE, "edit", self.source, os.path.join(self.work, "edited"), "--rename", "loss=Loss"]


def commands():
    """By name, functions that make one in a directory with runs of some size."""
    def maker(kind, *arguments):
        return lambda directory, size: kind(*arguments, directory, size)
    made = {f"convert_{form}": maker(Convert, form) for form in writable_formats()}
    made["annotate"] = maker(Annotate)
    made["annotate_out"] = maker(AnnotateOut)
    for form in ("mlflow", "mlruns", "trackio", "wandb"):
        made[f"annotate_{form}"] = maker(AnnotateTracker, form)
    made["repair"] = maker(Repair)
    made["edit"] = maker(Edit)
    return made
