// Text from files as it is shown, and notes that people wrote.
#include <nlohmann/json.hpp>

#include "lib/base/glob.h"
#include "lib/base/text.h"
#include "lib/edit/pattern.h"
#include "lib/formats/note_section.h"
#include "lib/model/downsample.h"
#include "lib/records/json_words.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(text) {
  const std::string shown = Printable(bytes);
  FUZZ_CHECK(Printable(shown) == shown);
  FUZZ_CHECK(ValidUtf8(shown) == shown);
  for (const char c : shown) FUZZ_CHECK(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  const std::string valid = ValidUtf8(bytes);
  FUZZ_CHECK(ValidUtf8(valid) == valid);
  const std::string json = nlohmann::json(valid).dump();
  FUZZ_CHECK(nlohmann::json::parse(PrintableJson(json)) == nlohmann::json(valid));
  for (const size_t width : {size_t{1}, size_t{10}, size_t{40}}) {
    FUZZ_CHECK(DisplayWidth(FitEnd(shown, width)) <= width);
    FUZZ_CHECK(DisplayWidth(FitMiddle(shown, width)) <= width);
    FUZZ_CHECK(!Wrap(shown, width).empty());
  }
  FUZZ_CHECK(EscapeMarkdown(bytes).find('\n') == std::string::npos);
  FUZZ_CHECK(MarkdownCode(bytes).find('\n') == std::string::npos);
  const std::string words = records::QuoteJsonWords(bytes);
  FUZZ_CHECK(words.size() >= bytes.size());

  Input input(bytes);
  const std::string pattern(input.Piece());
  const std::string_view rest = input.Rest();
  GlobMatches(pattern, rest);
  if (const auto parsed = edit::Pattern::Parse(pattern); parsed.ok()) parsed->Matches(rest);
  (void)model::ParseDownsampling(pattern);
  const std::string note = formats::WithNoteSection(valid, "ours");
  FUZZ_CHECK(note.find("ours") != std::string::npos);
  FUZZ_CHECK(formats::WithNoteSection(note, "ours") == note);
}
