# cmake -DLIST=FILE -DFOLDER=DIR -DSUFFIX=.curve -P Embed.cmake: writes one line X("stem", "contents") for each file DIR/STEM.SUFFIX
# whose stem has no dot, in the order of their names. Run at build time, so that an edited file is built in again.
file(GLOB files ${FOLDER}/*${SUFFIX})
list(SORT files)
set(lines "")
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME)
  string(REGEX REPLACE "\\${SUFFIX}$" "" stem ${name})
  if(NOT stem MATCHES "\\.")
    file(READ ${file} text)
    string(APPEND lines "X(\"${stem}\", R\"embed(${text})embed\")\n")
  endif()
endforeach()
file(WRITE ${LIST} "${lines}")
