"""The man page and the completions in tools/telltale/share are what the commands' tables say, and the shells accept them.

TELLTALE_UPDATE_GOLDEN=1 in the environment writes them anew.
"""
import os
import shutil
import subprocess
import unittest

SHARE = os.path.join(os.environ["TELLTALE_SOURCE_DIR"], "tools", "telltale", "share")
GENERATOR = os.path.join(os.path.dirname(os.environ["TELLTALE"]), "tools", "telltale", "telltale_share")
FILES = {"man": "telltale.1", "bash": "telltale.bash", "zsh": "_telltale", "fish": "telltale.fish"}


def complete_in_bash(line):
    words = line.split(" ")
    script = f"""
        source {os.path.join(SHARE, "telltale.bash")}
        compopt() {{ :; }}
        COMP_WORDS=({" ".join(repr(w) for w in words)}) COMP_CWORD={len(words) - 1}
        _telltale
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    env = dict(os.environ, PATH=os.path.dirname(os.environ["TELLTALE"]) + os.pathsep + os.environ["PATH"])
    return subprocess.run(["bash", "-c", script], env=env, check=True, capture_output=True, text=True).stdout.split()


class Share(unittest.TestCase):
    def test_is_up_to_date(self):
        for what, name in FILES.items():
            with self.subTest(name):
                path = os.path.join(SHARE, name)
                generated = subprocess.run([GENERATOR, what], check=True, capture_output=True).stdout
                if os.environ.get("TELLTALE_UPDATE_GOLDEN") == "1":
                    with open(path, "wb") as f:
                        f.write(generated)
                with open(path, "rb") as f:
                    self.assertEqual(f.read(), generated, "TELLTALE_UPDATE_GOLDEN=1 ctest --preset dev -R cli_share")

    def test_bash_completes(self):
        self.assertEqual(complete_in_bash("telltale dia"), ["diagnose"])
        self.assertEqual(complete_in_bash("telltale diagnose --fail"), ["--fail-on"])
        self.assertEqual(complete_in_bash("telltale diagnose --fail-on e"), ["error"])
        self.assertEqual(sorted(complete_in_bash("telltale diagnose --from tensorb")), ["tensorboard", "tensorboard-csv"])
        self.assertEqual(complete_in_bash("telltale rules overf"), ["overfitting"])

    def test_shells_parse_them(self):
        for shell, name in (("zsh", "_telltale"), ("fish", "telltale.fish")):
            if shutil.which(shell):
                with self.subTest(shell):
                    subprocess.run([shell, "-n", os.path.join(SHARE, name)], check=True)

    def test_man_has_no_warning(self):
        if shutil.which("groff") is None:
            return
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", os.path.join(SHARE, "telltale.1")], check=True,
                              capture_output=True, text=True)
        self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    unittest.main()
