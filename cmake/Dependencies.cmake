# Every library we stand on, and why it is here rather than code of our own. All are Debian packages.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

find_package(Protobuf REQUIRED)   # Event, Summary and plugin messages: the schema is Protobuf's, so is the parser
find_package(absl REQUIRED)       # Status/StatusOr, strings, flat_hash_map, time: the vocabulary of our interfaces
find_package(ZLIB REQUIRED)       # gzip'd event files, as people keep them in archives
find_package(yaml-cpp REQUIRED)   # telltale.yaml: a YAML parser that knows line numbers
include(YamlCppTarget)
find_package(nlohmann_json REQUIRED)  # JSON output with members in the order we write them
pkg_check_modules(Re2 REQUIRED IMPORTED_TARGET re2)          # --include/--exclude: patterns from users, in linear time
pkg_check_modules(Isal REQUIRED IMPORTED_TARGET libisal)     # crc32_iscsi: CRC-32C at the speed of the machine
pkg_check_modules(Cxxopts REQUIRED IMPORTED_TARGET cxxopts)  # the command line
pkg_check_modules(Utf8proc REQUIRED IMPORTED_TARGET libutf8proc)  # width and category of Unicode characters from the Unicode tables
pkg_check_modules(Sqlite3 REQUIRED IMPORTED_TARGET sqlite3)  # MLflow's and Trackio's databases
pkg_check_modules(Simdjson REQUIRED IMPORTED_TARGET simdjson)  # reading JSON, at the speed at which files come in
pkg_check_modules(Xxhash REQUIRED IMPORTED_TARGET libxxhash)  # XXH3: ids of converted runs, the same on each machine
include(CsvTarget)  # libcsv: quoting and line ends of CSV as all programs write them, streaming
# libcurl: MLflow's tracking server. Its header only: the library is loaded when an address is first spoken to (lib/io/http),
# since it brings thirty others, which would double the start-up time of every command.
pkg_check_modules(Curl REQUIRED libcurl)
