// How Trackio (0.43) names things, and how it writes times.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/model/experiment.h"

namespace telltale::formats::trackio {

// `tag` as a key of logged metrics: valid UTF-8, not empty, and none of the keys that a log line of
// Trackio has itself ("step"), which it, too, writes with two underscores before them. Idempotent.
std::string FitTag(std::string_view tag);

// `name` as a run's name: valid UTF-8 of at most 250 bytes. Never empty.
std::string FitRunName(std::string_view name);

// A run's name without its project before it, which the file's name says already.
std::string TitleOf(const model::Run& run);

// "<project>.db", with the letters, digits, '-' and '_' of the project's name and nothing else.
std::string FileNameOf(std::string_view project);

// "2026-11-21T04:26:33.631374+00:00" in microseconds since the Unix epoch. Without a zone it is
// taken for UTC. Nothing where it is no such text.
std::optional<int64_t> ParseTime(std::string_view text);
std::string FormatTime(int64_t microseconds);

// What FormatTime can write of `seconds`: 0 for what is no time.
int64_t Microseconds(double seconds);

}  // namespace telltale::formats::trackio
