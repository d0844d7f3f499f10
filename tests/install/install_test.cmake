# Run by ctest (cmake -P): see CMakeLists.txt beside it.
set(source $ENV{TELLTALE_SOURCE_DIR})
set(prefix ${SCRATCH}/prefix)
set(consumer ${SCRATCH}/consumer)
file(REMOVE_RECURSE ${prefix} ${consumer})

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  string(REPLACE ";" " " command "${ARGV}")
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${command}\nexited with ${result}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect what pattern)
  if(NOT output MATCHES "${pattern}")
    message(FATAL_ERROR "${what}: expected a match of '${pattern}' in:\n${output}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install ${BINARY_DIR} --prefix ${prefix})

# The binary stands alone, and the rest is where the tools of the system look for it.
run(${prefix}/bin/telltale --version)
expect("telltale --version" "${VERSION}")
foreach(file share/man/man1/telltale.1 share/bash-completion/completions/telltale share/zsh/site-functions/_telltale
             share/fish/vendor_completions.d/telltale.fish share/doc/Telltale/LICENSE)
  if(NOT EXISTS ${prefix}/${file})
    message(FATAL_ERROR "${file} was not installed")
  endif()
endforeach()

# The consumer includes every installed header, so that none needs another that stayed behind ...
file(GLOB_RECURSE headers RELATIVE ${prefix}/include/telltale ${prefix}/include/telltale/*.h)
list(LENGTH headers count)
if(count LESS 15)
  message(FATAL_ERROR "only ${count} headers were installed: ${headers}")
endif()
list(TRANSFORM headers REPLACE "(.+)" "#include \"\\1\"\n")
string(JOIN "" includes ${headers})
file(WRITE ${consumer}/all_headers.cc "${includes}")

# ... and its main() is what README.md shows: the block's includes, then its statements.
file(READ ${source}/README.md readme)
if(NOT readme MATCHES "```cpp\n([^`]*)```")
  message(FATAL_ERROR "README.md shows no C++")
endif()
string(REGEX MATCH "(.*#include [^\n]*\n)(.*)" shown "${CMAKE_MATCH_1}")
file(WRITE ${consumer}/main.cc "${CMAKE_MATCH_1}\nint main() {${CMAKE_MATCH_2}}\n")

file(WRITE ${consumer}/CMakeLists.txt "cmake_minimum_required(VERSION 3.22)
project(Consumer LANGUAGES CXX)
find_package(Telltale ${VERSION} REQUIRED)
add_executable(consumer main.cc all_headers.cc)
target_link_libraries(consumer PRIVATE Telltale::telltale)
")
run(${CMAKE_COMMAND} -G ${GENERATOR} -S ${consumer} -B ${consumer}/build -DCMAKE_PREFIX_PATH=${prefix}
    -DCMAKE_CXX_COMPILER=${CXX} "-DCMAKE_CXX_FLAGS=${FLAGS}")
run(${CMAKE_COMMAND} --build ${consumer}/build)

file(COPY ${source}/testdata/demo/tiny-trainset DESTINATION ${consumer}/logs)
run(${CMAKE_COMMAND} -E chdir ${consumer} ${consumer}/build/consumer)
expect("the consumer" "tiny-trainset: Validation loss rises")
