# telltale_collect(OUT LIST_FILE PATTERN SUFFIX): writes one line X(stem) for each file that matches PATTERN, in the order of
# their names, so that a new file is registered by being there. SUFFIX is what is cut off the stem ("" or "_format").
function(telltale_collect list_file pattern suffix)
  file(GLOB files CONFIGURE_DEPENDS ${pattern})
  list(SORT files)
  set(lines "")
  foreach(file IN LISTS files)
    get_filename_component(stem ${file} NAME_WE)
    string(REGEX REPLACE "${suffix}$" "" stem ${stem})
    string(APPEND lines "X(${stem})\n")
  endforeach()
  file(CONFIGURE OUTPUT ${list_file} CONTENT "${lines}")
endfunction()
