// libcurl, loaded when it is first needed: it brings thirty other libraries, which would double the
// start-up time of every command that speaks to nobody.
#pragma once

#include <curl/curl.h>

#include "absl/status/statusor.h"

namespace telltale::io {

// The functions of libcurl that we call, by their names there.
struct CurlLibrary {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) easy_init = nullptr;
  decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&curl_easy_reset) easy_reset = nullptr;
  decltype(&curl_easy_setopt) easy_setopt = nullptr;
  decltype(&curl_easy_perform) easy_perform = nullptr;
  decltype(&curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&curl_easy_strerror) easy_strerror = nullptr;
  decltype(&curl_slist_append) slist_append = nullptr;
  decltype(&curl_slist_free_all) slist_free_all = nullptr;
  decltype(&curl_url) url = nullptr;
  decltype(&curl_url_cleanup) url_cleanup = nullptr;
  decltype(&curl_url_set) url_set = nullptr;
  decltype(&curl_url_get) url_get = nullptr;
  decltype(&curl_free) free = nullptr;
};

// Loads it once a process, from any thread. NotFound, with what to install, where it is missing.
absl::StatusOr<const CurlLibrary*> LoadCurl();

}  // namespace telltale::io
