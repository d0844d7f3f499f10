# telltale_target(NAME): what every target of ours is compiled with. Nothing is set globally.
function(telltale_target name)
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
    target_compile_options(${name} PUBLIC -fsanitize=${TELLTALE_SANITIZE} -fno-sanitize-recover=all
                                          -fno-omit-frame-pointer)
    target_link_options(${name} PUBLIC -fsanitize=${TELLTALE_SANITIZE})
  endif()
endfunction()
