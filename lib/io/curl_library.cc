#include "lib/io/curl_library.h"

#include <dlfcn.h>

#include "lib/base/str.h"

namespace telltale::io {
namespace {

// Debian has the same interface on OpenSSL and on GnuTLS; either serves.
constexpr const char* kNames[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};

template <typename Function>
bool Find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

absl::StatusOr<CurlLibrary> Load() {
  void* library = nullptr;
  for (const char* name : kNames) {
    if (library == nullptr) library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
  }
  if (library == nullptr) {
    return absl::NotFoundError(
        "libcurl.so.4 is not on this machine, and speaking to a server needs it (package "
        "libcurl4)");
  }
  CurlLibrary curl;
  const bool whole =
      Find(library, "curl_global_init", curl.global_init) &&
      Find(library, "curl_easy_init", curl.easy_init) &&
      Find(library, "curl_easy_cleanup", curl.easy_cleanup) &&
      Find(library, "curl_easy_reset", curl.easy_reset) &&
      Find(library, "curl_easy_setopt", curl.easy_setopt) &&
      Find(library, "curl_easy_perform", curl.easy_perform) &&
      Find(library, "curl_easy_getinfo", curl.easy_getinfo) &&
      Find(library, "curl_easy_strerror", curl.easy_strerror) &&
      Find(library, "curl_slist_append", curl.slist_append) &&
      Find(library, "curl_slist_free_all", curl.slist_free_all) &&
      Find(library, "curl_url", curl.url) && Find(library, "curl_url_cleanup", curl.url_cleanup) &&
      Find(library, "curl_url_set", curl.url_set) && Find(library, "curl_url_get", curl.url_get) &&
      Find(library, "curl_free", curl.free);
  if (!whole) return absl::NotFoundError("libcurl on this machine is older than 7.62");
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return absl::InternalError("libcurl cannot be initialised");
  }
  return curl;
}

}  // namespace

absl::StatusOr<const CurlLibrary*> LoadCurl() {
  static const absl::StatusOr<CurlLibrary> loaded = Load();
  if (!loaded.ok()) return loaded.status();
  return &*loaded;
}

}  // namespace telltale::io
