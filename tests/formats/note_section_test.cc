#include "lib/formats/note_section.h"

#include <string>

#include "gtest/gtest.h"

namespace telltale::formats {
namespace {

TEST(NoteSection, GoesBelowWhatAPersonWrote) {
  const std::string note = WithNoteSection("by hand", "ours");
  EXPECT_TRUE(note.starts_with("by hand\n\n<!--"));
  EXPECT_NE(note.find("\n\nours\n\n<!--"), std::string::npos);
}

TEST(NoteSection, ReplacesItselfAndNothingAround) {
  const std::string first = WithNoteSection("before", "one") + "\nafter";
  const std::string second = WithNoteSection(first, "two");
  EXPECT_EQ(second, WithNoteSection("before", "two") + "\nafter");
  EXPECT_EQ(WithNoteSection(second, "two"), second);
}

TEST(NoteSection, KeepsWhatStandsBehindABeginningWithoutAnEnd) {
  const std::string ours = WithNoteSection("", "one");
  const std::string half = ours.substr(0, ours.find("<!-- telltale: end")) + "by hand";
  const std::string once = WithNoteSection(half, "two");
  EXPECT_EQ(WithNoteSection(once, "two"), once);
  EXPECT_TRUE(WithNoteSection(once, "three").starts_with(half));
}

TEST(NoteSection, IsAllWhereNobodyWroteAnything) {
  EXPECT_TRUE(WithNoteSection("", "ours").starts_with("<!--"));
}

}  // namespace
}  // namespace telltale::formats
