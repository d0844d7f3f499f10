# `cmake --install`: the binary, the library with its headers, a package file for find_package(Telltale), man pages and shell
# completions. tests/install builds a consumer against an installed tree.
include(CMakePackageConfigHelpers)

if(TARGET telltale_cli)
  install(TARGETS telltale_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

install(TARGETS telltale EXPORT TelltaleTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT TelltaleTargets NAMESPACE Telltale:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Telltale)

# Includes are written from the repository's root, so the tree goes as it is below include/telltale/. Headers that speak
# Protobuf, and those that include one of them, are between our own files: who links the library needs neither the .proto files
# nor their headers.
file(GLOB_RECURSE headers RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/lib/*.h)
set(internal "proto/[^\"]*")
set(found TRUE)
while(found)
  set(found FALSE)
  foreach(header IN LISTS headers)
    file(STRINGS ${PROJECT_SOURCE_DIR}/${header} includes REGEX "^#include \"(${internal})\"" LIMIT_COUNT 1)
    if(includes)
      list(REMOVE_ITEM headers ${header})
      string(APPEND internal "|${header}")
      set(found TRUE)
    endif()
  endforeach()
endwhile()
foreach(header IN LISTS headers)
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES ${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/telltale/${folder})
endforeach()

# What the library links by way of pkg-config, as Prefix=module.
set(TELLTALE_PKG_CONFIG_MODULES "")
get_target_property(linked telltale LINK_LIBRARIES)
foreach(library IN LISTS linked)
  if(library MATCHES "^PkgConfig::(.+)$")
    list(APPEND TELLTALE_PKG_CONFIG_MODULES "${CMAKE_MATCH_1}=${${CMAKE_MATCH_1}_MODULE_NAME}")
  endif()
endforeach()
list(JOIN TELLTALE_PKG_CONFIG_MODULES " " TELLTALE_PKG_CONFIG_MODULES)

configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/TelltaleConfig.cmake.in ${PROJECT_BINARY_DIR}/TelltaleConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Telltale)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/TelltaleConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/TelltaleConfig.cmake ${PROJECT_BINARY_DIR}/TelltaleConfigVersion.cmake
              ${PROJECT_SOURCE_DIR}/cmake/YamlCppTarget.cmake ${PROJECT_SOURCE_DIR}/cmake/CsvTarget.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Telltale)

# Where the shells look for completions of the prefix they know; the names are theirs.
set(share ${PROJECT_SOURCE_DIR}/tools/telltale/share)
if(EXISTS ${share}/telltale.1)
  install(FILES ${share}/telltale.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${share}/telltale.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME telltale)
  install(FILES ${share}/_telltale DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${share}/telltale.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
