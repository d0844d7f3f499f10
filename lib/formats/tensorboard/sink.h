// Writing whole runs as event files: the target side of a conversion.
#pragma once

#include "lib/formats/sink.h"

namespace telltale::formats::tensorboard {

// One directory a run below the destination, with one event file, "events.out.tfevents.<start of
// the run>.telltale-convert", whose first record says "telltale-convert <version>". Events are in
// the order of their wall times, and within a series in the order of its points. Images,
// histograms and all that is kept as opaque values goes through byte for byte. A directory that
// holds event files of others is never written to.
extern const Sink kSink;

}  // namespace telltale::formats::tensorboard
