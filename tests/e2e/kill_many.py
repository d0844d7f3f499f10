"""Commands that are killed at any moment (kill -9), again and again: see interrupted.py for what must hold then.

    kill_many.py --moments 200 [COMMAND...]     prints a line a command; the commands are those of interrupted.commands()
"""
import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import interrupted


def kill_many(name, moments, size, seed=0):
    """Returns how many of `moments` runs were interrupted, and how many of those left nothing, something and all."""
    random.seed(f"{name} {seed}")
    directory = tempfile.mkdtemp(prefix="telltale-kill-")
    try:
        command = interrupted.commands()[name](directory, size)
        command.start()
        begin = time.monotonic()
        subprocess.run(command.argv(), capture_output=True)
        duration = time.monotonic() - begin
        command.learn()
        command.check_done()
        killed = 0
        command.start()
        for i in range(moments):
            if i % 3 == 0:  # from nothing as well as onto what is there
                command.start()
            process = subprocess.Popen(command.argv(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(duration * random.random() if i % 4 else 0.01 * random.random())
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            command.check()
        done = subprocess.run(command.argv(), capture_output=True, text=True)
        assert done.returncode in (0, 3), done.stderr
        command.check_done()
        return killed
    finally:
        shutil.rmtree(directory)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--size", type=int, default=20000, help="events a run")
    parser.add_argument("commands", nargs="*", help="default: all")
    arguments = parser.parse_args()
    failed = False
    for name in arguments.commands or sorted(interrupted.commands()):
        begin = time.monotonic()
        try:
            killed = kill_many(name, arguments.moments, arguments.size)
            print(f"{name:24} {arguments.moments} moments, {killed} interrupted, all held, {time.monotonic() - begin:.0f} s", flush=True)
        except AssertionError as error:
            failed = True
            print(f"{name:24} BROKEN: {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    os.environ.setdefault("TELLTALE", interrupted.TELLTALE)
    sys.exit(main())
