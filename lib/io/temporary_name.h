// The names under which files and directories are filled before they take their places.
#pragma once

#include <string>

namespace telltale::io {

// "<directory>/.telltale-<host>-<process id>-<n>.tmp". No reader takes it for a log: readers take
// any name with "tfevents" in it for an event file, so nothing of the final name is in it. Host and
// process keep two writers apart, the number two files of one writer.
std::string TemporaryName(const std::string& directory, int n);

// Removes from `directory` what writers that are no more left under such names, files and
// directories with all that is in them. Whether a writer of another machine or container lives
// cannot be told from here: its files go when nothing has changed them for a day. What cannot be
// removed stays.
void RemoveLeftovers(const std::string& directory);

}  // namespace telltale::io
