"""What depends on the terminal: colour, width, a reader that goes away, a full disk, progress."""
import fcntl
import os
import pty
import select
import struct
import subprocess
import tempfile
import termios
import unittest

TELLTALE = os.environ["TELLTALE"]
DEMO = os.path.join(os.environ["TELLTALE_SOURCE_DIR"], "testdata", "demo")


def environment(**more):
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "TERM")}
    env.update({"TERM": "xterm", **more})
    return env


def on_terminal(*args, columns=80, **env):
    """What the command writes to a terminal of that width."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with tempfile.TemporaryDirectory() as directory:
        process = subprocess.Popen([TELLTALE, *args], stdin=subprocess.DEVNULL, stdout=side, stderr=side, cwd=directory,
                                   env=environment(**env))
        os.close(side)
        out = b""
        while True:
            ready, _, _ = select.select([main], [], [], 60)
            try:
                block = os.read(main, 65536) if ready else b""
            except OSError:  # Linux says so when the other side is closed
                block = b""
            if not block:
                break
            out += block
        os.close(main)
        process.wait(60)
    return out.decode("utf-8")


class Terminal(unittest.TestCase):
    def test_colours_a_terminal(self):
        self.assertIn("\x1b[31m", on_terminal("diagnose", DEMO))

    def test_honours_no_color(self):
        self.assertNotIn("\x1b", on_terminal("diagnose", DEMO, NO_COLOR="1"))
        self.assertIn("\x1b", on_terminal("diagnose", DEMO, NO_COLOR=""))  # empty is not set, says no-color.org
        self.assertIn("\x1b", on_terminal("diagnose", DEMO, "--color", "always", NO_COLOR="1"))
        self.assertNotIn("\x1b", on_terminal("diagnose", DEMO, "--color", "never"))
        self.assertNotIn("\x1b", on_terminal("diagnose", DEMO, TERM="dumb"))

    def test_does_not_colour_a_pipe(self):
        out = subprocess.run([TELLTALE, "diagnose", DEMO], env=environment(), capture_output=True, check=True).stdout
        self.assertNotIn(b"\x1b", out)

    def test_uses_the_width(self):
        def widest(columns):
            return max(len(line) for line in on_terminal("diagnose", DEMO, columns=columns, NO_COLOR="1").splitlines())

        self.assertLessEqual(widest(60), 60)
        self.assertLessEqual(widest(80), 80)
        self.assertGreater(widest(140), 80)

    def test_shows_no_progress_for_short_work(self):
        self.assertNotIn("reading", on_terminal("diagnose", DEMO))

    def test_watch_says_how_things_are(self):
        out = on_terminal("watch", DEMO, "--once", "--no-annotate")
        self.assertIn("5 training runs  1785 points", out)
        # It is off the screen when something else is printed, and at the end.
        self.assertIn("\x1b[K", out)
        self.assertNotIn("watching", out.split("\x1b[K")[-1])
        self.assertNotIn("watching", on_terminal("watch", DEMO, "--once", "--no-annotate", "--quiet"))

    def test_is_quiet_when_the_reader_goes_away(self):
        for args in (["diagnose", DEMO, "--format", "jsonl"], ["inspect", DEMO], ["rules"], ["--help"]):
            read, write = os.pipe()
            os.close(read)
            done = subprocess.run([TELLTALE, *args], stdout=write, stderr=subprocess.PIPE, env=environment(), check=False)
            os.close(write)
            self.assertEqual(done.stderr, b"", args)
            self.assertEqual(done.returncode, 1, args)

    def test_complains_when_the_output_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([TELLTALE, "diagnose", DEMO], stdout=full, stderr=subprocess.PIPE, env=environment(),
                                  check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"cannot write", done.stderr)


if __name__ == "__main__":
    unittest.main()
