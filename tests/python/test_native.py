"""Long native work: other threads go on, and Ctrl-C ends it."""

import os
import pathlib
import signal
import subprocess
import sys
import threading

import pytest
import telltale

MAKE_LOGDIR = os.environ.get("TELLTALE_MAKE_LOGDIR", "")


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    if not MAKE_LOGDIR:
        pytest.skip("no TELLTALE_MAKE_LOGDIR")
    path = tmp_path_factory.mktemp("large")
    subprocess.run([MAKE_LOGDIR, str(path), "1000000"], check=True, stdout=subprocess.DEVNULL)
    return path


def test_other_threads_run_while_files_are_read(large):
    go, counted = threading.Event(), [0]

    def count():
        while not go.is_set():
            counted[0] += 1

    before = sys.getswitchinterval()
    sys.setswitchinterval(1000)  # a thread gives the interpreter up only when it waits or is told to
    thread = threading.Thread(target=count, daemon=True)
    try:
        # With the GIL held by the reader the other would stand still; it would never get it back either.
        sys.setswitchinterval(0.0005)
        thread.start()
        counted[0] = 0
        experiment = telltale.read(large, jobs=1)
        during = counted[0]
    finally:
        go.set()
        thread.join()
        sys.setswitchinterval(before)
    assert sum(len(series) for series in experiment.series) > 900000
    assert during > 1000


def read_for_ever(path):
    while True:
        telltale.read(path, jobs=1)


def test_ctrl_c_ends_a_read(large):
    script = (
        "import sys, telltale\n"
        "try:\n"
        "    print('ready', flush=True)\n"
        "    while True: telltale.read(sys.argv[1], jobs=1)\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(large)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert out == "interrupted\n"
    assert process.returncode == 0


def test_the_handler_of_a_signal_runs_during_a_read(large):
    class Stop(Exception):
        pass

    def handler(number, frame):
        raise Stop

    before = signal.signal(signal.SIGALRM, handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.03)
        with pytest.raises(Stop):
            read_for_ever(large)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_reads_from_several_threads_at_once(demo):
    results = []
    threads = [threading.Thread(target=lambda: results.append(telltale.diagnose(demo).to_dict())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert all(result == results[0] for result in results)


def test_nothing_of_ours_is_visible_to_other_extensions():
    import telltale._core as core

    symbols = subprocess.check_output(["nm", "-D", "--defined-only", core.__file__], text=True)
    names = [line.split()[-1] for line in symbols.splitlines()]
    assert "PyInit__core" in names
    assert not [name for name in names if "telltale" in name and not name.startswith("_ZT")]
    assert pathlib.Path(core.__file__).exists()
