# libcsv comes without CMake and pkg-config files: Csv::csv, wherever it is.
if(NOT TARGET Csv::csv)
  find_library(TELLTALE_CSV_LIBRARY csv)
  find_path(TELLTALE_CSV_INCLUDE csv.h)
  if(NOT TELLTALE_CSV_LIBRARY OR NOT TELLTALE_CSV_INCLUDE)
    message(FATAL_ERROR "Telltale needs libcsv (Debian and Ubuntu: libcsv-dev)")
  endif()
  add_library(Csv::csv UNKNOWN IMPORTED)
  set_target_properties(Csv::csv PROPERTIES IMPORTED_LOCATION "${TELLTALE_CSV_LIBRARY}"
                                            INTERFACE_INCLUDE_DIRECTORIES "${TELLTALE_CSV_INCLUDE}")
endif()
