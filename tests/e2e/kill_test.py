"""A few of the moments of kill_many.py, for each command."""
import os
import unittest

import interrupted
import kill_many

MOMENTS = int(os.environ.get("MOMENTS", "8"))
EVENTS = 20000


class Killed(unittest.TestCase):
    def check(self, name):
        killed = kill_many.kill_many(name, MOMENTS, EVENTS)
        self.assertGreater(killed, 0, "nothing was interrupted: the test shows nothing")


for each in interrupted.commands():
    setattr(Killed, "test_" + each, lambda self, each=each: self.check(each))

if __name__ == "__main__":
    unittest.main()
