# telltale_target(NAME [TEST]): what every target of ours is compiled with. Nothing is set globally.
#
# TEST: the target tests the library and is not the library. What is tested is optimised and watched by all sanitizers; doing as
# much for the tests' own code would double the time that they take to build.
function(telltale_target name)
  cmake_parse_arguments(arg "TEST" "" "" ${ARGN})
  target_compile_features(${name} PUBLIC cxx_std_20)
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
  # Position-independent code could be replaced at load time function by function, and is therefore never inlined unless we
  # say that nobody does.
  target_compile_options(${name} PRIVATE -fno-semantic-interposition)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wconversion -Wshadow
                                         $<$<BOOL:${TELLTALE_WERROR}>:-Werror>)
  # GCC 12 sees overlaps in std::string operations that cannot be (GCC bug 105651, mended in 13).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${name} PRIVATE -Wno-restrict)
  endif()
  if(TELLTALE_SANITIZE)
    target_compile_options(${name} PRIVATE -fsanitize=${TELLTALE_SANITIZE} -fno-sanitize-recover=all
                                           -fno-omit-frame-pointer)
    target_link_options(${name} PUBLIC -fsanitize=${TELLTALE_SANITIZE})
    if(arg_TEST)
      target_compile_options(${name} PRIVATE -fno-sanitize=undefined)
    endif()
  endif()
  if(arg_TEST)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
endfunction()

# telltale_precompile(NAME HEADER... | NAME REUSE_FROM OTHER): these headers of other people are parsed once for all files of
# NAME, where TELLTALE_PCH is on: most of a small file's compile time is theirs. A file still includes what it uses; the dev
# preset builds without.
function(telltale_precompile name)
  if(NOT TELLTALE_PCH)
    return()
  endif()
  if(ARGV1 STREQUAL "REUSE_FROM")
    target_precompile_headers(${name} ${ARGN})
  else()
    target_precompile_headers(${name} PRIVATE ${ARGN})
  endif()
  # By -fpch-preprocess ccache sees which precompiled header is used. GCC forgets that a precompiled header belongs to the
  # system, and then shows what it suspects of std::string's own code; the dev preset still has these warnings.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${name} PRIVATE -fpch-preprocess -Wno-array-bounds -Wno-stringop-overflow
                                           -Wno-stringop-overread)
  endif()
endfunction()

# telltale_together(NAME [ALONE GLOB...]): the files of NAME are compiled several at a time where TELLTALE_TOGETHER is on, for most
# of a small file's compile time is that of what it includes. Names in unnamed namespaces then have to differ from file to file;
# files that ALONE matches are compiled by themselves: those that register something call the same things by the same names.
function(telltale_together name)
  cmake_parse_arguments(arg "" "" "ALONE" ${ARGN})
  if(NOT TELLTALE_TOGETHER)
    return()
  endif()
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  if(arg_ALONE)
    file(GLOB alone CONFIGURE_DEPENDS ${arg_ALONE})
    set_source_files_properties(${alone} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
endfunction()
