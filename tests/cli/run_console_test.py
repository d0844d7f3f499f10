"""The console runner tells a match from a mismatch."""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
os.environ.setdefault("TELLTALE", "/bin/true")
import run_console  # noqa: E402


class Runner(unittest.TestCase):
    def check(self, text, update=False, name="case.console"):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, name)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            ok = run_console.check_file(path, update)
            with open(path, encoding="utf-8") as f:
                return ok, f.read()

    def test_accepts_output_and_status(self):
        self.assertTrue(self.check("# why\n$ echo a; exit 3\na\n? 3\n\n$ true\n")[0])

    def test_refuses_other_output(self):
        self.assertFalse(self.check("$ echo a\nb\n")[0])
        self.assertFalse(self.check("$ echo a\n")[0])
        self.assertFalse(self.check("$ true\na\n")[0])

    def test_refuses_other_status(self):
        self.assertFalse(self.check("$ exit 1\n")[0])
        self.assertFalse(self.check("$ true\n? 1\n")[0])

    def test_refuses_a_file_without_commands(self):
        self.assertFalse(self.check("# nothing\n")[0])

    def test_dots_stand_for_lines(self):
        self.assertTrue(self.check("$ printf 'a\\nb\\nc\\n'\na\n...\nc\n")[0])
        self.assertTrue(self.check("$ printf 'a\\nc\\n'\na\n...\nc\n")[0])
        self.assertFalse(self.check("$ printf 'a\\nb\\n'\na\n...\nc\n")[0])
        self.assertTrue(self.check("$ seq 9\n1\n...\n4\n5\n...\n9\n")[0])
        self.assertFalse(self.check("$ seq 9\n1\n...\n5\n4\n...\n9\n")[0])
        self.assertFalse(self.check("$ echo a\na\n...\na\n")[0])

    def test_runs_markdown_blocks_only(self):
        text = "$ false\n```console\n$ echo a\na\n```\n```sh\n$ false\n```\n"
        self.assertTrue(self.check(text, name="case.md")[0])

    def test_update_writes_what_is(self):
        ok, text = self.check("# why\n$ echo a; exit 3\nb\n\n$ echo c\nc\n", update=True)
        self.assertTrue(ok)
        self.assertEqual(text, "# why\n$ echo a; exit 3\na\n? 3\n\n$ echo c\nc\n")


if __name__ == "__main__":
    unittest.main()
