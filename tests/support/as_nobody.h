// Whom the rights of files stop.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>
#include <unistd.h>

namespace telltale::testing {

// Root may do everything, so where tests run as root they are the user "nobody" for as long as this
// lives.
class AsNobody {
 public:
  AsNobody() : user_(::geteuid()) {
    constexpr uid_t kNobody = 65534;
    if (user_ == 0) Become(kNobody);
  }
  ~AsNobody() {
    if (user_ == 0) Become(user_);
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  static void Become(uid_t user) { EXPECT_EQ(::seteuid(user), 0); }

  const uid_t user_;
};

}  // namespace telltale::testing
