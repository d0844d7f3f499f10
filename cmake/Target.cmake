# telltale_target(NAME): what every target of ours is compiled with. Nothing is set globally.
function(telltale_target name)
  target_compile_features(${name} PUBLIC cxx_std_20)
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wconversion -Wshadow
                                         $<$<BOOL:${TELLTALE_WERROR}>:-Werror>)
  if(TELLTALE_SANITIZE)
    target_compile_options(${name} PUBLIC -fsanitize=${TELLTALE_SANITIZE} -fno-sanitize-recover=all
                                          -fno-omit-frame-pointer)
    target_link_options(${name} PUBLIC -fsanitize=${TELLTALE_SANITIZE})
  endif()
endfunction()
